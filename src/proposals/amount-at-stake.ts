import { reportingTotal } from '#ledger'
import { type Db, Prisma } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { type AnyAction, invoiceIdsOf, isWholeDebtor } from './store.ts'

type StakeDeps = Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>

/** Open amount of the invoices that the actions touch, as `openAmount` counts it. */
export async function amountAtStake(
  db: Db,
  deps: StakeDeps,
  { debtorId }: { debtorId: number | null },
  actions: readonly AnyAction[],
): Promise<Prisma.Decimal | null> {
  if (debtorId === null) return new Prisma.Decimal(0)
  return openAmount(db, deps, [debtorId], actions.some(isWholeDebtor) ? 'all' : actions.flatMap(invoiceIdsOf))
}

/**
 * Open amount of some of these debtors' invoices, or of all that are open, in the reporting currency by today's rates; null when a rate is
 * missing: what cannot be converted counts as above every limit.
 */
export async function openAmount(db: Db, { clock, config, rules }: StakeDeps, debtorIds: number[], ids: number[] | 'all'): Promise<Prisma.Decimal | null> {
  const where = ids === 'all' ? { status: 'open' } : { id: { in: ids } }
  const invoices = await db.invoice.findMany({ where: { debtorId: { in: debtorIds }, ...where }, select: { currency: true, openAmount: true } })
  const amounts = invoices.map(({ currency, openAmount: amount }) => ({ currency, amount }))
  const total = await reportingTotal(db, amounts, rules().reporting, clock.today(config.DUNCAN_TIME_ZONE))
  return total.kind === 'total' ? total.amount : null
}
