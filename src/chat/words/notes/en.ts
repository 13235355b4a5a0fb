/** Notes on debtors, in English. */
export const notesEn = {
  title: (name: string) => `Note on ${name}`,
  text: 'Note',
  pinned: 'Pin it to the debtor’s card',
  invoices: 'About these invoices; empty: the debtor as a whole',
  help: 'write a note on a debtor',
}

export type NoteWords = typeof notesEn
