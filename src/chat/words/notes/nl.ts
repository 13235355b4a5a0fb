import type { NoteWords } from './en.ts'

/** Notes on debtors, in Dutch. */
export const notesNl: NoteWords = {
  title: (name: string) => `Notitie bij ${name}`,
  text: 'Notitie',
  pinned: 'Vastmaken op de kaart van de debiteur',
  invoices: 'Over deze facturen; leeg: de debiteur als geheel',
  help: 'een notitie bij een debiteur schrijven',
}
