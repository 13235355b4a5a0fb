import type { Db } from '#platform'

export type NoteView = { id: number; text: string; pinned: boolean; authorId: number | null; createdAt: Date; invoices: { id: number; number: string }[] }

/** The notes of a debtor, or those that stand on one invoice: pinned ones first, then the newest. */
export async function notesOf(db: Db, of: { debtorId: number } | { invoiceId: number }): Promise<NoteView[]> {
  const notes = await db.note.findMany({
    where: 'debtorId' in of ? { debtorId: of.debtorId } : { invoices: { some: { invoiceId: of.invoiceId } } },
    orderBy: [{ pinned: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, text: true, pinned: true, authorId: true, createdAt: true, invoices: { select: { invoice: { select: { id: true, number: true } } } } },
  })
  return notes.map(({ invoices, ...note }) => ({ ...note, invoices: invoices.map(({ invoice }) => invoice) }))
}
