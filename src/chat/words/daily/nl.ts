import type { DailyWords } from './en.ts'

/** The morning list and the list of what waits, in Dutch. */
export const dailyNl: DailyWords = {
  goodMorning: (name: string) => `Goedemorgen ${name}`,
  since: (needs: number, handled: number, day: string) => `${needs} wachten op u · ${handled} afgehandeld sinds ${day}`,
  held: 'Herinneringen die kwamen terwijl u niet gestoord wilde worden',
  openSince: (time: string) => `open sinds ${time}`,
  today: (handled: number, needs: number) => `vandaag ${handled} afgehandeld, ${needs} wachten op u`,
  sorted: {
    oldest: 'langst wachtend eerst',
    risk: 'meeste risico eerst',
    amount: 'hoogste saldo eerst',
    due: 'oudste vervaldatum eerst',
    invoices: 'meeste facturen eerst',
  },
  sort: { oldest: 'Langst wachtend', risk: 'Meeste risico', amount: 'Hoogste saldo', due: 'Oudste vervaldatum', invoices: 'Meeste facturen' },
  onlyMailbox: (key: string) => `Alleen postbus ${key}`,
  onlyPromise: 'Alleen verlopen toezeggingen',
  only: {
    second: 'Alleen wat op uw tweede stem wacht',
    snoozed: 'Alleen wat vandaag terugkomt',
    dunning: 'Alleen herinneringen, gesprekken en taken',
    calls: 'Alleen telefoongesprekken',
    tasks: 'Alleen taken',
  },
  /** What people may type in this language instead of the English word. */
  typed: {
    mine: 'mijn mij',
    team: 'allen iedereen',
    oldest: 'oudste langst',
    risk: 'risico',
    amount: 'bedrag saldo hoogste',
    due: 'vervaldag vandaag',
    invoices: 'facturen meeste',
    promise: 'belofte beloftes',
    second: 'tweede stem',
    snoozed: 'uitgesteld terug',
    dunning: 'herinneringen aanmanen',
    calls: 'bellen telefoon',
    tasks: 'taken taak',
  },
  open: 'Openen',
  unfiltered: 'Zonder filter',
  atRisk: (amount: string) => `${amount} met risico`,
  balance: (amount: string) => `${amount} openstaand`,
  invoices: (count: number) => (count === 1 ? '1 open factuur' : `${count} open facturen`),
  dueSince: (day: string) => `vervallen sinds ${day}`,
  next: (left: number) => `Volgende (nog ${left})`,
  listDone: 'Er wacht verder niets in deze lijst.',
  usage: (word: string) =>
    `Op “${word}” kan niet worden gekozen. Typ: /actions [mine | team | @naam] [oldest | risk | amount | due | invoices] [mailbox:<key>] [promise | dunning | calls | tasks]`,
}
