import type { ReportWords } from './en.ts'

/** Short figures of what is open and what was done, in Polish. */
export const reportPl: ReportWords = {
  help: 'krótkie liczby: saldo, przeterminowane, dotrzymane obietnice, spory, decyzje',
  title: 'Liczby',
  ownTitle: 'Liczby własnych klientów',
  summary: (balance: string, overdue: string) => `${balance} otwarte, ${overdue} przeterminowane`,
  nothing: 'Nic nie jest otwarte.',
  debtors: 'Dłużnicy, u których coś jest zagrożone',
  promises: (days: number) => `Obietnice z ostatnich ${days} dni`,
  kept: (kept: number, decided: number, percent: string) => `dotrzymane: ${kept} z ${decided} (${percent})`,
  noPromises: 'żadna nie stała się wymagalna',
  disputes: 'Otwarte spory',
  proposals: (days: number) => `Decyzje z ostatnich ${days} dni`,
  decided: (decided: number, edited: number, rejected: number) => `decyzji: ${decided}, w tym zmienionych: ${edited}, odrzuconych: ${rejected}`,
  answer: 'Połowa rozstrzygnięta w ciągu',
  hours: (hours: string) => `${hours} godz.`,
  minutes: (minutes: string) => `${minutes} min`,
  exports: 'Pliki dla innych programów',
  exported: (name: string, when: string) => `${name}, ${when}`,
  period: (days: number) => `${days} dni`,
}
