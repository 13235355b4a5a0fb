import type { DailyWords } from './en.ts'

/** The morning list and the list of what waits, in German. */
export const dailyDe: DailyWords = {
  goodMorning: (name: string) => `Guten Morgen, ${name}`,
  since: (needs: number, handled: number, day: string) => `${needs} warten auf Sie · ${handled} erledigt seit ${day}`,
  held: 'Erinnerungen aus Ihrer Ruhezeit',
  openSince: (time: string) => `offen seit ${time}`,
  today: (handled: number, needs: number) => `heute ${handled} erledigt, ${needs} warten auf Sie`,
  sorted: {
    oldest: 'am längsten wartend zuerst',
    risk: 'höchstes Risiko zuerst',
    amount: 'höchster Saldo zuerst',
    due: 'älteste Fälligkeit zuerst',
    invoices: 'meiste Rechnungen zuerst',
  },
  sort: { oldest: 'Am längsten wartend', risk: 'Höchstes Risiko', amount: 'Höchster Saldo', due: 'Älteste Fälligkeit', invoices: 'Meiste Rechnungen' },
  onlyMailbox: (key: string) => `Nur Postfach ${key}`,
  onlyPromise: 'Nur überfällige Zusagen',
  only: {
    second: 'Nur was Ihre zweite Stimme braucht',
    snoozed: 'Nur was heute zurückkommt',
    dunning: 'Nur Mahnungen, Anrufe und Aufgaben',
    calls: 'Nur Anrufe',
    tasks: 'Nur Aufgaben',
  },
  /** What people may type in this language instead of the English word. */
  typed: {
    mine: 'meine mir',
    team: 'alle',
    oldest: 'älteste längste',
    risk: 'risiko',
    amount: 'betrag saldo höchste',
    due: 'fällig heute',
    invoices: 'rechnungen meiste',
    promise: 'zusage zusagen',
    second: 'zweite stimme',
    snoozed: 'zurückgestellt zurück',
    dunning: 'mahnungen mahnen',
    calls: 'anrufe anruf',
    tasks: 'aufgaben aufgabe',
  },
  open: 'Öffnen',
  unfiltered: 'Ohne Filter',
  atRisk: (amount: string) => `${amount} gefährdet`,
  balance: (amount: string) => `${amount} offen`,
  invoices: (count: number) => (count === 1 ? '1 offene Rechnung' : `${count} offene Rechnungen`),
  dueSince: (day: string) => `fällig seit ${day}`,
  next: (left: number) => `Weiter (noch ${left})`,
  listDone: 'Sonst wartet nichts in dieser Liste.',
  usage: (word: string) =>
    `Nach „${word}“ lässt sich nicht wählen. Tippen Sie: /actions [mine | team | @name] [oldest | risk | amount | due | invoices] [mailbox:<key>] [promise | dunning | calls | tasks]`,
}
