import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in German. */
export const platformsDe: PlatformsWords = {
  working: 'In Arbeit…',
  loading: 'Einen Augenblick…',
  share: 'Teilen',
  choose: 'Wählen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  moreInThread: messages => (messages === 1 ? 'Der Rest steht im Thread' : `Der Rest steht im Thread, in ${messages} Nachrichten`),
  moreBelow: 'Der Rest steht darunter',
  continued: (part, parts) => `Fortsetzung, ${part} von ${parts}`,
  shortened: 'Dies ist gekürzt. Das Ganze steht in der Konsole.',
  part: (label, part, parts) => `${label} (${part} von ${parts})`,
  notLinked: 'Duncan weiß noch nicht, wer Sie sind. Holen Sie in der Konsole einen Code und geben Sie ein: /duncan link <Code>',
  linkUsage: 'Geben Sie den Code aus der Konsole ein: /duncan link <Code>',
  foreign: 'Duncan arbeitet nur für Mitglieder des Workspace, zu dem es gehört.',
  tooLateToOpen: 'Das Formular konnte nicht rechtzeitig geöffnet werden. Drücken Sie den Knopf noch einmal.',
  failed: 'Das ist fehlgeschlagen; verloren ist nichts. Versuchen Sie es noch einmal; bleibt es so, sagen Sie es einem Administrator.',
  nothingHere: 'In dieser Nachricht steht nichts von Duncan.',
  linkTitle: 'Mit Debitor verknüpfen',
  linkQuery: 'Name, Debitoren- oder Rechnungsnummer',
  search: 'Suchen',
}
