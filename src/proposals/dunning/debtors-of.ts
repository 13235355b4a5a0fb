import type { WrittenAction } from '#dunning'
import { isLedgerStale } from '#ledger'
import type { Db } from '#platform'
import type { ProposalsDeps } from '../deps.ts'

/** All debtors that an action is about: the one that it is written to first, then the others whose items it has. */
export const debtorsOf = ({ debtorId, items }: Pick<WrittenAction, 'debtorId' | 'items'>): number[] => [
  ...new Set([debtorId, ...items.map(each => each.debtorId)]),
]

/** The same as an entry names them, which is for who sees all of them; nothing where there is one. */
export function severalOf(action: Pick<WrittenAction, 'debtorId' | 'items'>): { debtorIds?: number[] } {
  const debtorIds = debtorsOf(action)
  return debtorIds.length > 1 ? { debtorIds } : {}
}

/** Whether amounts of any of these debtors are too old to be told to anybody. */
export async function isAnyLedgerStale(db: Db, debtorIds: readonly number[], { clock, config }: Pick<ProposalsDeps, 'clock' | 'config'>): Promise<boolean> {
  const where = { id: { in: [...debtorIds] } }
  const debtors = await db.debtor.findMany({ where, distinct: ['administrationId'], select: { administrationId: true }, orderBy: { administrationId: 'asc' } })
  for (const { administrationId } of debtors) if (await isLedgerStale(db, administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)) return true
  return false
}
