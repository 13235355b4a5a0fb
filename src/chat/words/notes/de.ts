import type { NoteWords } from './en.ts'

/** Notes on debtors, in German. */
export const notesDe: NoteWords = {
  title: (name: string) => `Notiz zu ${name}`,
  text: 'Notiz',
  pinned: 'An die Karte des Debitors heften',
  invoices: 'Zu diesen Rechnungen; leer: zum Debitor als Ganzem',
  help: 'eine Notiz zu einem Debitor schreiben',
}
