import { Temporal } from 'temporal-polyfill'

/** Where rules get the time from; they never read the system's clock themselves. */
export type Clock = {
  now: () => Temporal.Instant
  /** The calendar day in a time zone (IANA name). */
  today: (timeZone: string) => Temporal.PlainDate
}

const clockFrom = (now: () => Temporal.Instant): Clock => ({ now, today: timeZone => now().toZonedDateTimeISO(timeZone).toPlainDate() })

export const systemClock: Clock = clockFrom(() => Temporal.Now.instant())

/** A clock for tests that stands still until it is moved. */
export function fixedClock(at: string): Clock & { set: (at: string) => void; advance: (duration: Temporal.DurationLike) => void } {
  let now = Temporal.Instant.from(at)
  return {
    ...clockFrom(() => now),
    set: to => void (now = Temporal.Instant.from(to)),
    advance: duration => void (now = now.add(duration)),
  }
}
