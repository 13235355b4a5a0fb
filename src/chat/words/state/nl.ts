import type { StateWords } from './en.ts'

/** How Duncan itself stands, in Dutch. */
export const stateNl: StateWords = {
  helpMailboxes: 'of de postbussen die u ziet worden gelezen',
  helpImport: 'wanneer het grootboek het laatst werd ingelezen',
  helpAutonomy: 'wat Duncan doet zonder te vragen',
  helpSettings: 'uw taal, stille uren en ochtendlijst',
  mailboxes: 'Postbussen',
  mailbox: 'Postbus',
  status: 'Toestand',
  lastRead: 'Laatst gelezen',
  never: 'nooit',
  noMailboxes: 'U ziet geen enkele postbus.',
  statuses: { starting: 'start', ok: 'wordt gelezen', failing: 'kan niet worden gelezen', paused: 'staat stil', removed: 'staat niet meer in de instellingen' },
  sendingHeld: 'versturen wacht sinds een herstel',
  imports: 'Grootboek',
  administration: 'Administratie',
  imported: 'Laatste import',
  age: 'Uren geleden',
  noAdministrations: 'U ziet geen enkele administratie.',
  autonomy: 'Wat Duncan alleen doet',
  asks: 'Duncan vraagt het vóór elke actie. Er wordt niets verstuurd, geboekt of gewijzigd bij een debiteur voordat iemand op de kaart beslist.',
  protects:
    'Eén uitzondering, die op de kaart ongedaan kan worden gemaakt: wat een debiteur beschermt gebeurt meteen, zoals aanmanen opschorten bij betwisting of insolventie.',
  ceilings:
    'Meer wordt verdiend, per soort actie, bedoeling en taal, uit wat mensen ongewijzigd goedkeuren; een manager staat het toe. Nu is niets toegestaan.',
}
