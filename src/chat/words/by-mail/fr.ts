import type { ByMailWords } from './en.ts'

export const byMailFr: ByMailWords = {
  many: count => `${count} décisions vous attendent`,
  whyAway: 'Les cartes n’arrivent pas dans votre messagerie pour le moment ; Duncan vous demande donc par e-mail.',
  whyWanted: 'Vous avez voulu recevoir les décisions aussi par e-mail.',
  open: 'Voir et décider',
  replyHow: (approve, label, reject) =>
    `Ou répondez à cet e-mail par ${approve} seul sur la première ligne (« ${label} »), ou par ${reject} suivi du motif en dessous.`,
  byReply: 'Par e-mail :',
  more: count => `${count} autres attendent dans la console.`,
  keys: until => `Les liens et les réponses valent comme les vôtres : ne transférez pas cet e-mail. Chacun sert une fois, jusqu’au ${until}.`,
  console: 'Tout le reste, comme modifier, se fait dans la console :',
  decideAs: name => `Vous décidez en tant que ${name}.`,
  unknown: 'Ce lien ne mène à rien que vous puissiez décider.',
  unknownText: 'Il vient peut-être d’un e-mail plus ancien. Ce qui vous attend est dans la console.',
  expired: 'Le délai pour décider ceci par e-mail est passé.',
  used: 'Il y a déjà été répondu une fois par e-mail. Voyez la console.',
  changed: 'La carte a changé depuis cet e-mail. Regardez-la dans la console, puis décidez.',
  tooMany: 'Trop de mauvais liens ont été essayés. Attendez une minute.',
  rejectedByMail: 'Rejeté par e-mail',
  answerDone: what => `Fait : ${what}`,
  answerDoneText: 'Tant que le délai court, vous pouvez l’annuler dans la console.',
  answerRefused: 'Votre e-mail n’a rien décidé.',
  answerStranger: address =>
    `Un e-mail de ${address} a voulu décider ceci en votre nom. Rien n’a été décidé ; l’e-mail se trouve dans la boîte. Ne transférez pas ces e-mails.`,
  answerUnproven: 'Rien n’a été décidé : il n’a pas pu être prouvé que l’e-mail venait de vous (DMARC, DKIM). Utilisez le lien du premier e-mail.',
  answerNoKey: 'Rien n’a été décidé : votre réponse ne dit pas de quelle décision il s’agit. Utilisez les liens du premier e-mail et laissez l’objet tel quel.',
  answerNoWord: (approve, reject) => `Rien n’a été décidé : la première ligne d’une réponse doit être ${approve} ou ${reject}, et rien d’autre.`,
  preference: 'Décisions aussi par e-mail',
}
