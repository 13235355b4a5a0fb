import type { ComposeWords } from './en.ts'

/** Mails that colleagues write themselves, in French. */
export const composeFr: ComposeWords = {
  help: 'écrire un e-mail à un débiteur, ou y répondre',
  helpMove: 'déplacer une conversation et ses e-mails vers un autre débiteur',
  write: 'Nouvel e-mail',
  reply: 'Répondre',
  title: (name: string) => `E-mail · ${name}`,
  from: (address: string) => `Part de ${address}`,
  conversation: 'Conversation',
  newConversation: 'Nouvelle conversation',
  template: 'Partir de',
  templates: {
    free: 'formules de politesse seules',
    statement: 'relevé des postes ouverts',
    payment_proof_request: 'demander une preuve de paiement',
    promise_date_request: 'demander une date de paiement',
    invoice_number_request: 'demander les numéros de facture',
    question_received: 'question reçue, réponse à suivre',
  },
  language: 'Langue',
  text: 'Texte',
  apply: 'Remplir le texte à nouveau',
  send: 'Envoyer',
  notSent: 'Pas envoyé',
  noMailbox: 'Aucune boîte n’est encore connue pour ce débiteur. Répondez à l’un de ses e-mails, ou demandez à un administrateur.',
  noRecipient: 'Personne ne peut être contacté chez ce débiteur : aucun contact vérifié dont l’adresse fonctionne.',
  waits:
    'Une proposition attend sur cette conversation. Elle se ferme quand votre e-mail part, avec tout ce qu’elle contient : approuvez d’abord ce qui doit rester.',
  copies: 'Copies de factures (numéros)',
  move: 'Déplacer une conversation',
  moveTitle: 'Quelle conversation est mal classée ?',
  moveTo: (subject: string) => `Déplacer « ${subject} »`,
  moveHint: 'Tous ses e-mails suivent. Ce qui a été décidé reste.',
  away: 'Ne concerne aucun débiteur',
  moved: (name: string) => `Déplacée vers ${name}.`,
  stays: (count: string, name: string) =>
    `Ce qui a été décidé sur ces e-mails (${count}) reste chez ${name}, avec promesses, litiges et suspensions : vérifiez-le là-bas.`,
  unlinked: 'La conversation ne concerne plus aucun débiteur.',
  already: 'Elle y est déjà.',
  undecided: 'Une proposition attend encore sur cette conversation : décidez-la d’abord.',
  none: 'Aucune conversation visible.',
}
