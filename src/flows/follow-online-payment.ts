import { reviewActions } from '#dunning'
import type { Clock, DbClient } from '#platform'
import type { Proposals } from '#proposals'

type Deps = { client: DbClient; clock: Clock; timeZone: string; proposals: Pick<Proposals, 'paymentsChanged'> }

/** A debtor paid by link, or that was taken back: what waits to be sent loses what is held now, and says what is open now. */
export async function followOnlinePayment({ client, clock, timeZone, proposals }: Deps, debtorId: number): Promise<void> {
  const [today, now] = [clock.today(timeZone), clock.now()]
  await client.$transaction(tx => reviewActions(tx, { today, now, debtorIds: [debtorId] }))
  await proposals.paymentsChanged([debtorId])
}
