import { reviewActions } from '#dunning'
import type { Proposals } from '#proposals'
import type { DunningDeps } from './dunning-day.ts'

type Deps = Pick<DunningDeps, 'database' | 'clock' | 'timeZone' | 'rules'> & { proposals: Pick<Proposals, 'paymentsChanged'> }

/** A debtor paid by link, or that was taken back: what waits to be sent loses what is held now, and says what is open now. */
export async function followOnlinePayment({ database, clock, timeZone, rules, proposals }: Deps, debtorId: number): Promise<void> {
  const [today, now] = [clock.today(timeZone), clock.now()]
  await database.client.$transaction(tx => reviewActions(tx, { today, now, rules, debtorIds: [debtorId] }))
  await proposals.paymentsChanged([debtorId])
}
