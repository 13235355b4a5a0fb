import type { NoteWords } from './en.ts'

/** Notes on debtors, in French. */
export const notesFr: NoteWords = {
  title: (name: string) => `Note sur ${name}`,
  text: 'Texte de la note',
  pinned: 'Épingler à la fiche du débiteur',
  invoices: 'Sur ces factures ; vide : le débiteur en entier',
  help: 'écrire une note sur un débiteur',
}
