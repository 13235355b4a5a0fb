import type { ReportWords } from './en.ts'

/** Short figures of what is open and what was done, in German. */
export const reportDe: ReportWords = {
  help: 'kurze Zahlen: Saldo, überfällig, gehaltene Zusagen, Reklamationen, Entscheidungen',
  title: 'Zahlen',
  ownTitle: 'Zahlen Ihrer Kunden',
  summary: (balance: string, overdue: string) => `${balance} offen, ${overdue} überfällig`,
  nothing: 'Nichts ist offen.',
  debtors: 'Debitoren mit Gefährdetem',
  promises: (days: number) => `Zusagen der letzten ${days} Tage`,
  kept: (kept: number, decided: number, percent: string) => `${kept} von ${decided} gehalten (${percent})`,
  noPromises: 'keine wurde fällig',
  disputes: 'Offene Reklamationen',
  proposals: (days: number) => `Entscheidungen der letzten ${days} Tage`,
  decided: (decided: number, edited: number, rejected: number) => `${decided} entschieden, davon ${edited} geändert und ${rejected} abgelehnt`,
  answer: 'Die Hälfte ist entschieden nach',
  hours: (hours: string) => `${hours} Stunden`,
  minutes: (minutes: string) => `${minutes} Minuten`,
  exports: 'Dateien für andere Programme',
  exported: (name: string, when: string) => `${name}, ${when}`,
  period: (days: number) => `${days} Tage`,
}
