import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in German. */
export const platformsDe: PlatformsWords = {
  working: 'In Arbeit…',
  loading: 'Einen Augenblick…',
  sharedBy: name => `Geteilt von ${name}`,
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
  inConsole: 'Es steht in der Konsole:',
  linked: (name: string) => `Dieses Konto gehört jetzt zu ${name}.`,
  linkFailed: 'Dieser Code ist falsch, schon benutzt oder älter als 15 Minuten. Die Konsole gibt einen neuen: /duncan link.',
  linkCode: (code: string) => `Ihr Code: ${code}`,
  linkCodeText: (minutes: number) =>
    `Geben Sie innerhalb von ${minutes} Minuten in Slack oder Teams ein: /duncan link und dahinter den Code. Das Konto, in dem Sie das tun, gehört dann zu Ihnen.`,
  helpLink: 'Ihr Konto in Slack oder Teams mit Ihnen verknüpfen',
  lists: {
    title: (count: number) => (count === 1 ? '1 Karte zu entscheiden' : `${count} Karten zu entscheiden`),
    hidden: 'Nicht für alle, die hier lesen',
    more: (count: number) => `${count} weitere in der Konsole`,
  },
  shareRefused: 'Nicht geteilt: Nicht alle, die hier mitlesen, dürfen das sehen, oder es ist nicht bekannt, wer mitliest.',
}
