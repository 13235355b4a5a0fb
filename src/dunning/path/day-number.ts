import { Temporal } from 'temporal-polyfill'

/** A calendar day as days since 1 January 1970: a plan looks at millions of days, and a number costs nothing. */
export type DayNumber = number

const day = 86_400_000 // milliseconds

/** The number of a calendar day. */
export const dayNumber = ({ year, month, day: dayOfMonth }: Temporal.PlainDate): DayNumber => Date.UTC(year, month - 1, dayOfMonth) / day

/** The calendar day of a number. */
export const plainDateOf = (number: DayNumber): Temporal.PlainDate => Temporal.PlainDate.from(isoDay(number))

const isoDays = new Map<DayNumber, string>() // a plan writes the same few hundred days a million times

/** The ISO day of a number. */
export function isoDay(number: DayNumber): string {
  const known = isoDays.get(number)
  if (known !== undefined) return known
  const text = Temporal.Instant.fromEpochMilliseconds(number * day)
    .toString()
    .slice(0, 10)
  isoDays.set(number, text)
  return text
}
