import type { Db } from '#platform'

export type NoteInput = {
  debtorId: number
  text: string
  pinned?: boolean | undefined
  invoiceIds?: number[] | undefined
  authorId?: number | undefined
  actionId?: number | undefined
}

/** Writes a note on a debtor, or on some of its invoices, and returns its id; a second call for one action returns the first one's. */
export async function addNote(tx: Db, { debtorId, text, pinned, invoiceIds = [], authorId, actionId }: NoteInput): Promise<number> {
  const known = actionId === undefined ? null : await tx.note.findUnique({ where: { actionId }, select: { id: true } })
  if (known) return known.id
  const { id } = await tx.note.create({
    data: {
      debtorId,
      text,
      pinned: pinned ?? false,
      authorId: authorId ?? null,
      actionId: actionId ?? null,
      invoices: { createMany: { data: [...new Set(invoiceIds)].map(invoiceId => ({ invoiceId })) } },
    },
  })
  return id
}

/** Removes the note that an action wrote. Says whether there was one. */
export async function removeNote(tx: Db, actionId: number): Promise<boolean> {
  const { count } = await tx.note.deleteMany({ where: { actionId } })
  return count > 0
}
