/** Short figures of what is open and what was done, in English. */
export const reportEn = {
  help: 'short figures: balance, overdue, promises kept, disputes, decisions',
  title: 'Figures',
  ownTitle: 'Figures of your accounts',
  summary: (balance: string, overdue: string) => `${balance} open, ${overdue} overdue`,
  nothing: 'Nothing is open.',
  debtors: 'Debtors with something at risk',
  promises: (days: number) => `Promises of the last ${days} days`,
  kept: (kept: number, decided: number, percent: string) => `${kept} of ${decided} kept (${percent})`,
  noPromises: 'none came due',
  disputes: 'Open disputes',
  proposals: (days: number) => `Decisions of the last ${days} days`,
  decided: (decided: number, edited: number, rejected: number) => `${decided} decided, of which ${edited} edited and ${rejected} rejected`,
  answer: 'Half are decided within',
  hours: (hours: string) => `${hours} hours`,
  minutes: (minutes: string) => `${minutes} minutes`,
  exports: 'Files for other programs',
  exported: (name: string, when: string) => `${name}, ${when}`,
  period: (days: number) => `${days} days`,
}

export type ReportWords = typeof reportEn
