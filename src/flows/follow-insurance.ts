import { coverDebtors, followInsurance } from '#credit'
import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import { membersOf, readSearchContext } from '#search'

type Deps = { client: DbClient; clock: Clock; timeZone: string }

/** Which policies cover whom, as the settings and the ledger stand now; then what the insurers must hear becomes work. */
export async function followInsured({ client, clock, timeZone }: Deps): Promise<void> {
  await coverDebtors(client, async (db, segments) => membersOf(db, await readSearchContext(db, { sight: fullSight, clock, timeZone }), segments))
  await followInsurance({ client, now: clock.now(), today: clock.today(timeZone) })
}
