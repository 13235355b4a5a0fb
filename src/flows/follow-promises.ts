import type { Log } from '#platform'
import type { Proposals } from '#proposals'
import { type FollowDeps, followPayments } from './follow-payments.ts'

type MorningDeps = Omit<FollowDeps, 'proposals'> & { proposals: Pick<Proposals, 'paymentsChanged' | 'releaseHolds' | 'followUp'>; log: Log }

/** Every morning: with all money that is known by then, says what became of promises and payment plans, and opens what is to be followed up. */
export async function followPromises(deps: MorningDeps): Promise<void> {
  await followPayments(deps, { again: true })
  const count = await deps.proposals.followUp()
  if (count > 0) deps.log.info({ count }, 'promises, claims and instalments are followed up')
}
