import { Temporal } from 'temporal-polyfill'

const morningHour = 8

/** Eight in the morning of an ISO day in a time zone; undefined when it is no day. */
export function morningOf(day: string, timeZone: string): Date | undefined {
  try {
    const morning = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour: morningHour } })
    return new Date(morning.epochMilliseconds)
  } catch {
    return undefined
  }
}
