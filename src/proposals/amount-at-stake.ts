import { type Db, Prisma } from '#platform'
import { invoiceIdsOf, isWholeDebtor, type StoredAction, type StoredProposal } from './store.ts'

/**
 * Open amount of the invoices that the actions touch, in the reporting currency; null when one of them is in another currency,
 * for which there is no rate: what cannot be converted counts as above every limit.
 */
export async function amountAtStake(db: Db, proposal: StoredProposal, actions: StoredAction[], reportingCurrency: string): Promise<Prisma.Decimal | null> {
  const { debtorId } = proposal
  if (debtorId === null) return new Prisma.Decimal(0)
  const where = actions.some(isWholeDebtor) ? { status: 'open' } : { id: { in: actions.flatMap(invoiceIdsOf) } }
  const invoices = await db.invoice.findMany({ where: { debtorId, ...where }, select: { currency: true, openAmount: true } })
  if (invoices.some(({ currency }) => currency !== reportingCurrency)) return null
  return invoices.reduce((sum, { openAmount }) => sum.add(openAmount), new Prisma.Decimal(0))
}
