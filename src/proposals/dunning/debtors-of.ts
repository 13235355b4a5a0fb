import { isLedgerStale } from '#ledger'
import type { Db } from '#platform'
import type { ProposalsDeps } from '../deps.ts'

/** All debtors that something is about, where there are several: the one that it is written to, and whose items it has. Its entry is for who sees all of them. */
export function severalOf({ debtorId, items }: { debtorId: number; items: readonly { debtorId: number }[] }): { debtorIds?: number[] } {
  const debtorIds = [...new Set([debtorId, ...items.map(each => each.debtorId)])]
  return debtorIds.length > 1 ? { debtorIds } : {}
}

/** Whether amounts of any of these debtors are too old to be told to anybody. */
export async function isAnyLedgerStale(db: Db, debtorIds: readonly number[], { clock, config }: Pick<ProposalsDeps, 'clock' | 'config'>): Promise<boolean> {
  const where = { id: { in: [...debtorIds] } }
  const debtors = await db.debtor.findMany({ where, distinct: ['administrationId'], select: { administrationId: true }, orderBy: { administrationId: 'asc' } })
  for (const { administrationId } of debtors) if (await isLedgerStale(db, administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)) return true
  return false
}
