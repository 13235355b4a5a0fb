import type { NoteWords } from './en.ts'

/** Notes on debtors, in Polish. */
export const notesPl: NoteWords = {
  title: (name: string) => `Notatka o: ${name}`,
  text: 'Notatka',
  pinned: 'Przypnij do karty dłużnika',
  invoices: 'Dotyczy tych faktur; puste: całego dłużnika',
  help: 'napisać notatkę o dłużniku',
}
