import { type Calendars, calendarOf, plainWeek } from '#ledger'
import { type Staff, sightOf, type WorksOn } from '#people'
import type { DbClient } from '#platform'

/** On which days a person works: those on which any administration in their sight does; Monday to Friday where there is none. */
export async function workingDaysOf(client: DbClient, calendars: Calendars, staff: Staff): Promise<WorksOn> {
  const { administrations: codes } = sightOf(staff)
  const administrations = await client.administration.findMany({
    where: codes === 'all' ? {} : { code: { in: [...codes] } },
    select: { code: true, country: true },
  })
  const own = administrations.map(administration => calendarOf(calendars, administration))
  const followed = own.length > 0 ? own : [plainWeek]
  return day => followed.some(calendar => calendar.isWorkingDay(day))
}
