import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in French. */
export const platformsFr: PlatformsWords = {
  working: 'En cours…',
  loading: 'Un instant…',
  sharedBy: name => `Partagé par ${name}`,
  share: 'Partager',
  choose: 'Choisir',
  cancel: 'Annuler',
  close: 'Fermer',
  moreInThread: messages => (messages === 1 ? 'La suite est dans le fil' : `La suite est dans le fil, en ${messages} messages`),
  moreBelow: 'La suite est ci-dessous',
  continued: (part, parts) => `Suite, ${part} sur ${parts}`,
  shortened: 'Ceci est abrégé. Le tout se trouve dans la console.',
  part: (label, part, parts) => `${label} (${part} sur ${parts})`,
  notLinked: 'Duncan ne sait pas encore qui vous êtes. Demandez un code dans la console, puis tapez : /duncan link <code>',
  linkUsage: 'Tapez le code que la console vous a donné : /duncan link <code>',
  foreign: 'Duncan ne travaille que pour les membres de l’espace de travail auquel il appartient.',
  tooLateToOpen: 'Le formulaire n’a pas pu s’ouvrir à temps. Appuyez encore une fois sur le bouton.',
  failed: 'Cela a échoué, rien n’est perdu. Réessayez ; si cela continue, dites-le à un administrateur.',
  nothingHere: 'Ce message ne contient rien de Duncan.',
  inConsole: 'À voir dans la console :',
  linked: (name: string) => `Ce compte est désormais associé à ${name}.`,
  linkFailed: 'Ce code est erroné, déjà utilisé ou date de plus de 15 minutes. La console en donne un nouveau : /duncan link.',
  linkCode: (code: string) => `Votre code : ${code}`,
  linkCodeText: (minutes: number) =>
    `Tapez dans Slack ou Teams, dans les ${minutes} minutes : /duncan link suivi du code. Le compte dans lequel vous le tapez vous sera associé.`,
  helpLink: 'associer votre compte Slack ou Teams à vous',
  lists: {
    title: (count: number) => (count === 1 ? '1 carte à décider' : `${count} cartes à décider`),
    hidden: 'Pas pour tous ceux qui lisent ici',
    more: (count: number) => `${count} de plus dans la console`,
  },
  shareRefused: 'Non partagé : une personne qui lit ici n’a pas le droit de le voir, ou on ne sait pas qui lit.',
}
