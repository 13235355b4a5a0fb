import type { PlatformsWords } from './en.ts'

/** What is said on chat platforms beside what every surface says, in Dutch. */
export const platformsNl: PlatformsWords = {
  working: 'Bezig…',
  loading: 'Een ogenblik…',
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
  linkTitle: 'Aan een debiteur koppelen',
  linkQuery: 'Naam, debiteurnummer of factuurnummer',
  search: 'Zoeken',
}
