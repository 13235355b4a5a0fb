import type { FiledWords } from './en.ts'

/** Mails that were filed without a card, in Polish. */
export const filedPl: FiledWords = {
  help: 'wiadomości, które o nic nie prosiły i zostały odłożone bez karty',
  title: 'Odłożone bez pytania',
  none: 'W ostatnich 7 dniach nic nie odłożono bez pytania.',
  count: (count: number) => `w ostatnich 7 dniach: ${count}`,
  sample: (count: number) => `Odłożone bez pytania: ${count}. Kilka do sprawdzenia:`,
  reopen: 'Sprawdź',
  reopened: 'Karta czeka teraz na Państwa decyzję.',
}
