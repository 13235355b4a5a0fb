import type { DailyWords } from './en.ts'

/** The morning list and the list of what waits, in Polish. */
export const dailyPl: DailyWords = {
  goodMorning: (name: string) => `Dzień dobry, ${name}: poranna lista`,
  since: (needs: number, handled: number, day: string) => `Czeka na Ciebie: ${needs} · załatwione od ${day}: ${handled}`,
  held: 'Przypomnienia z Twoich godzin ciszy',
  openSince: (time: string) => `otwarte od ${time}`,
  today: (handled: number, needs: number) => `dziś załatwione: ${handled}, czeka na Ciebie: ${needs}`,
  sorted: {
    oldest: 'najdłużej czekające najpierw',
    risk: 'największe ryzyko najpierw',
    amount: 'najwyższe saldo najpierw',
    due: 'najstarszy termin najpierw',
    invoices: 'najwięcej faktur najpierw',
  },
  sort: { oldest: 'Najdłużej czekające', risk: 'Największe ryzyko', amount: 'Najwyższe saldo', due: 'Najstarszy termin', invoices: 'Najwięcej faktur' },
  onlyMailbox: (key: string) => `Tylko skrzynka ${key}`,
  onlyPromise: 'Tylko przeterminowane obietnice',
  only: {
    second: 'Tylko czekające na drugi głos',
    snoozed: 'Tylko wracające dziś',
    dunning: 'Tylko przypomnienia, telefony i zadania',
    calls: 'Tylko telefony',
    tasks: 'Tylko zadania',
  },
  /** What people may type in this language instead of the English word. */
  typed: {
    mine: 'moje mnie',
    team: 'zespół wszyscy',
    oldest: 'najstarsze najdłużej',
    risk: 'ryzyko',
    amount: 'kwota saldo',
    due: 'termin dziś',
    invoices: 'faktury najwięcej',
    promise: 'obietnica obietnice',
    second: 'głos głosy',
    snoozed: 'odłożone wraca',
    dunning: 'przypomnienia wezwania',
    calls: 'telefony telefon',
    tasks: 'zadania zadanie',
  },
  open: 'Otwórz',
  unfiltered: 'Bez filtra',
  atRisk: (amount: string) => `${amount} zagrożone`,
  balance: (amount: string) => `${amount} do zapłaty`,
  invoices: (count: number) => (count === 1 ? '1 otwarta faktura' : `otwarte faktury: ${count}`),
  dueSince: (day: string) => `po terminie od ${day}`,
  next: (left: number) => `Następna (zostało ${left})`,
  listDone: 'Nic więcej nie czeka na tej liście.',
  usage: (word: string) =>
    `„${word}” nie jest wyborem. Wpisz: /actions [mine | team | @nazwa] [oldest | risk | amount | due | invoices] [mailbox:<klucz>] [promise | dunning | calls | tasks]`,
}
