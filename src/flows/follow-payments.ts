import { judgePlans, judgePromises, type MatchDeps, matchPayments, paymentChanges } from '#ledger'
import type { Log } from '#platform'
import type { Proposals } from '#proposals'

export type FollowDeps = {
  /** As the settings stand now. */
  matching: () => Promise<MatchDeps>
  log: Log
  proposals: Pick<Proposals, 'paymentsChanged' | 'releaseHolds'>
  /** Draws, or draws again, the card of the payments that wait for a person. */
  postPayments: (administrationId: number) => Promise<unknown>
}

const atOnce = 500

/**
 * Matches the bank payments that wait (`again`: also those about which a person is still to decide, and says what became of promises
 * and payment plans), and follows what changed: cards of claims "already paid" get their answer, the card of payments to decide is drawn anew.
 */
export async function followPayments({ matching, log, proposals, postPayments }: FollowDeps, { again = false } = {}): Promise<void> {
  const deps = await matching()
  const { client } = deps
  const counts = await matchPayments(deps, { again })
  if (counts.matched + counts.review + counts.unapplied + counts.reversed > 0) log.info(counts, 'bank payments were matched')
  if (again) {
    await client.$transaction(
      async tx => {
        await judgePromises(tx, deps, 'due')
        await judgePlans(tx, deps)
      },
      { timeout: 120_000, maxWait: 20_000 },
    )
    await proposals.releaseHolds()
  }
  for (;;) {
    const changes = await paymentChanges(client, atOnce)
    if (changes.paymentIds.length === 0) return
    await proposals.paymentsChanged(changes.debtorIds)
    for (const administrationId of changes.administrationIds) await postPayments(administrationId)
    await changes.done()
  }
}
