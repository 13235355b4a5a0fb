import type { Clock } from '#platform'

/** The Monday, as an ISO day, of the week whose cards a night may post; a night that begins on Sunday at 23:00 is the new week's. */
export function creditWeek(clock: Clock): string {
  const night = clock.now().toZonedDateTimeISO('Europe/Brussels').add({ hours: 2 }).toPlainDate()
  return night.subtract({ days: night.dayOfWeek - 1 }).toString()
}
