import type { Calendars } from '#ledger'
import { readPreference, restUntil, type Staff } from '#people'
import { type Clock, type DbClient, fromInstant } from '#platform'
import { workingDaysOf } from '../working-days.ts'

/** `calendars`: as the settings stand now. `timeZone`: the installation's, for people who have none of their own. */
export type RestDeps = { client: DbClient; clock: Clock; calendars: () => Calendars; timeZone: string }

/** Until when this person is left in peace on the chat platforms; undefined when they may be disturbed now. In the console a post stands at once. */
export async function restOf({ client, clock, calendars, timeZone }: RestDeps, staff: Staff): Promise<Date | undefined> {
  const preference = await readPreference(client, staff.id)
  if (!preference.quietFrom) return undefined
  const until = restUntil(preference, clock.now(), staff.timeZone ?? timeZone, await workingDaysOf(client, calendars(), staff))
  return until && fromInstant(until)
}
