import type { StateWords } from './en.ts'

/** How Duncan itself stands, in French. */
export const stateFr: StateWords = {
  helpMailboxes: 'si les boîtes que vous voyez sont lues',
  helpImport: 'quand le grand livre a été importé',
  helpAutonomy: 'ce que Duncan fait sans demander',
  helpSettings: 'votre langue, vos heures de silence et votre liste du matin',
  mailboxes: 'Boîtes mail',
  mailbox: 'Boîte',
  status: 'État',
  lastRead: 'Dernière lecture',
  never: 'jamais',
  noMailboxes: 'Vous ne voyez aucune boîte.',
  statuses: { starting: 'démarre', ok: 'est lue', failing: 'ne peut être lue', paused: 'en pause', removed: 'n’est plus dans les réglages' },
  sendingHeld: 'l’envoi attend depuis une restauration',
  imports: 'Grand livre',
  administration: 'Entité',
  imported: 'Dernier import',
  age: 'Heures écoulées',
  noAdministrations: 'Vous ne voyez aucune entité.',
  autonomy: 'Ce que Duncan fait seul',
  asks: 'Duncan demande avant chaque action. Rien n’est envoyé, enregistré ou modifié chez un débiteur avant que quelqu’un décide sur la carte.',
  protects:
    'Une exception, annulable sur la carte : ce qui protège un débiteur se fait aussitôt, comme suspendre les rappels en cas de litige ou d’insolvabilité.',
  ceilings:
    'Le reste se mérite, par type d’action, intention et langue, d’après ce qui est approuvé sans changement ; un responsable l’accorde. Rien n’est accordé pour l’instant.',
}
