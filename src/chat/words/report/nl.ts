import type { ReportWords } from './en.ts'

/** Short figures of what is open and what was done, in Dutch. */
export const reportNl: ReportWords = {
  help: 'korte cijfers: saldo, vervallen, nagekomen beloftes, betwistingen, beslissingen',
  title: 'Cijfers',
  ownTitle: 'Cijfers van uw klanten',
  summary: (balance: string, overdue: string) => `${balance} open, ${overdue} vervallen`,
  nothing: 'Er staat niets open.',
  debtors: 'Debiteuren met iets op het spel',
  promises: (days: number) => `Beloftes van de laatste ${days} dagen`,
  kept: (kept: number, decided: number, percent: string) => `${kept} van ${decided} nagekomen (${percent})`,
  noPromises: 'geen enkele verviel',
  disputes: 'Open betwistingen',
  proposals: (days: number) => `Beslissingen van de laatste ${days} dagen`,
  decided: (decided: number, edited: number, rejected: number) => `${decided} beslist, waarvan ${edited} bewerkt en ${rejected} verworpen`,
  answer: 'De helft wordt beslist binnen',
  hours: (hours: string) => `${hours} uur`,
  minutes: (minutes: string) => `${minutes} minuten`,
  exports: 'Bestanden voor andere programma’s',
  exported: (name: string, when: string) => `${name}, ${when}`,
  period: (days: number) => `${days} dagen`,
}
