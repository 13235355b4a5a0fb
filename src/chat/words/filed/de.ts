import type { FiledWords } from './en.ts'

/** Mails that were filed without a card, in German. */
export const filedDe: FiledWords = {
  help: 'Mails, die nichts wollten und ohne Karte abgelegt wurden',
  title: 'Ohne Rückfrage abgelegt',
  none: 'In den letzten 7 Tagen wurde nichts ohne Rückfrage abgelegt.',
  count: (count: number) => `${count} in den letzten 7 Tagen`,
  sample: (count: number) => `Ohne Rückfrage abgelegt: ${count}. Einige zur Kontrolle:`,
  reopen: 'Doch ansehen',
  reopened: 'Die Karte wartet jetzt auf Sie.',
}
