import { tellsInsolvency } from '#credit'
import type { Db } from '#platform'

/** Reasons of holds with which nothing about a debtor goes its usual way. */
const stopping = ['insolvency', 'legal', 'quarantine']

/** Whether something stands on one of these debtors, or is known of it at the bureau, with which Duncan decides nothing alone. */
export async function isStopped(db: Db, debtorIds: readonly number[], alsoFor: readonly string[] = []): Promise<boolean> {
  const reason = { in: [...stopping, ...alsoFor] }
  const held = await db.dunningHold.count({ where: { debtorId: { in: [...debtorIds] }, reason, endedAt: null } })
  return held > 0 || tellsInsolvency(db, debtorIds)
}
