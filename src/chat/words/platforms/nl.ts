import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in Dutch. */
export const platformsNl: PlatformsWords = {
  working: 'Bezig…',
  loading: 'Een ogenblik…',
  sharedBy: name => `Gedeeld door ${name}`,
  share: 'Delen',
  choose: 'Kiezen',
  cancel: 'Annuleren',
  close: 'Sluiten',
  moreInThread: messages => (messages === 1 ? 'De rest staat in de thread' : `De rest staat in de thread, in ${messages} berichten`),
  moreBelow: 'De rest staat hieronder',
  continued: (part, parts) => `Vervolg, ${part} van ${parts}`,
  shortened: 'Dit is ingekort. Het geheel staat in de console.',
  part: (label, part, parts) => `${label} (${part} van ${parts})`,
  notLinked: 'Duncan weet nog niet wie u bent. Vraag in de console een code en typ dan: /duncan link <code>',
  linkUsage: 'Typ de code die de console u gaf: /duncan link <code>',
  foreign: 'Duncan werkt alleen voor leden van de werkruimte waar het bij hoort.',
  tooLateToOpen: 'Het formulier kon niet op tijd worden geopend. Druk nog eens op de knop.',
  failed: 'Dat ging mis; er is niets verloren. Probeer het nog eens; blijft het misgaan, vertel het een beheerder.',
  nothingHere: 'In dit bericht staat niets van Duncan.',
  inConsole: 'Het staat in de console:',
  linked: (name: string) => `Dit account hoort nu bij ${name}.`,
  linkFailed: 'Deze code klopt niet, is al gebruikt of is ouder dan 15 minuten. De console geeft een nieuwe: /duncan link.',
  linkCode: (code: string) => `Uw code: ${code}`,
  linkCodeText: (minutes: number) =>
    `Typ binnen ${minutes} minuten in Slack of Teams: /duncan link met daarachter de code. Het account waarin u dat typt, hoort dan bij u.`,
  helpLink: 'uw account in Slack of Teams aan u koppelen',
  lists: {
    title: (count: number) => (count === 1 ? '1 kaart om over te beslissen' : `${count} kaarten om over te beslissen`),
    hidden: 'Niet voor iedereen die hier leest',
    more: (count: number) => `Nog ${count} in de console`,
  },
  shareRefused: 'Niet gedeeld: niet iedereen die hier meeleest mag dit zien, of het is niet bekend wie er meeleest.',
}
