import type { ReportWords } from './en.ts'

/** Short figures of what is open and what was done, in French. */
export const reportFr: ReportWords = {
  help: 'chiffres courts : solde, échu, promesses tenues, litiges, décisions',
  title: 'Chiffres',
  ownTitle: 'Chiffres de vos clients',
  summary: (balance: string, overdue: string) => `${balance} ouverts, ${overdue} échus`,
  nothing: 'Rien n’est ouvert.',
  debtors: 'Débiteurs avec quelque chose en risque',
  promises: (days: number) => `Promesses des ${days} derniers jours`,
  kept: (kept: number, decided: number, percent: string) => `${kept} sur ${decided} tenues (${percent})`,
  noPromises: 'aucune n’est arrivée à échéance',
  disputes: 'Litiges ouverts',
  proposals: (days: number) => `Décisions des ${days} derniers jours`,
  decided: (decided: number, edited: number, rejected: number) => `${decided} décidées, dont ${edited} modifiées et ${rejected} refusées`,
  answer: 'La moitié est décidée en moins de',
  hours: (hours: string) => `${hours} heures`,
  minutes: (minutes: string) => `${minutes} min`,
  exports: 'Fichiers pour d’autres programmes',
  exported: (name: string, when: string) => `${name}, ${when}`,
  period: (days: number) => `${days} jours`,
}
