import { reportingTotal } from '#ledger'
import { type Db, Prisma } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { type AnyAction, invoiceIdsOf, isWholeDebtor } from './store.ts'

/**
 * Open amount of the invoices that the actions touch, in the reporting currency by today's rates; null when a rate is missing: what
 * cannot be converted counts as above every limit.
 */
export async function amountAtStake(
  db: Db,
  { clock, config, rules }: Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>,
  { debtorId }: { debtorId: number | null },
  actions: readonly AnyAction[],
): Promise<Prisma.Decimal | null> {
  if (debtorId === null) return new Prisma.Decimal(0)
  const where = actions.some(isWholeDebtor) ? { status: 'open' } : { id: { in: actions.flatMap(invoiceIdsOf) } }
  const invoices = await db.invoice.findMany({ where: { debtorId, ...where }, select: { currency: true, openAmount: true } })
  const amounts = invoices.map(({ currency, openAmount }) => ({ currency, amount: openAmount }))
  const total = await reportingTotal(db, amounts, rules().reporting, clock.today(config.DUNCAN_TIME_ZONE))
  return total.kind === 'total' ? total.amount : null
}
