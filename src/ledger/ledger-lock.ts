import { advisoryLocks, type Db } from '#platform'

/**
 * Waits until this transaction alone changes open amounts: an import and an allocation, or two of either, would otherwise each build
 * on what the other is about to change. Freed at the transaction's end.
 */
export async function lockLedger(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.ledger})`
}

/** How long whoever changes a few amounts may wait for an import that is being merged. */
export const lockedTransaction = { maxWait: 20_000, timeout: 120_000 }
