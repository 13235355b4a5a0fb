import { z } from 'zod'
import type { Db } from '#platform'

/** What the PO numbers of invoices were before a change. */
export const poNumbersBeforeSchema = z.array(z.object({ invoiceId: z.int(), poNumber: z.string().nullable() }))
export type PoNumbersBefore = z.infer<typeof poNumbersBeforeSchema>

/** Puts a PO number on invoices of the debtor; returns the numbers that stood there before. */
export async function registerPoNumber(tx: Db, input: { debtorId: number; invoiceIds: number[]; poNumber: string }): Promise<PoNumbersBefore> {
  const where = { debtorId: input.debtorId, id: { in: input.invoiceIds } }
  const invoices = await tx.invoice.findMany({ where, select: { id: true, poNumber: true } })
  await tx.invoice.updateMany({ where, data: { poNumber: input.poNumber } })
  return invoices.map(({ id, poNumber }) => ({ invoiceId: id, poNumber }))
}

/** Puts back the PO numbers that stood on invoices before `written` was put there; one that was changed again meanwhile stays. */
export async function restorePoNumbers(tx: Db, before: PoNumbersBefore, written: string): Promise<void> {
  for (const { invoiceId, poNumber } of before) await tx.invoice.updateMany({ where: { id: invoiceId, poNumber: written }, data: { poNumber } })
}
