import { Temporal } from 'temporal-polyfill'

// The database driver speaks `Date`; rules speak Temporal. These four are the only crossing.

/** The calendar day of a `date` column (which arrives as UTC midnight). */
export const toPlainDate = (date: Date): Temporal.PlainDate => Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO('UTC').toPlainDate()

/** A calendar day as a `date` column wants it: UTC midnight. */
export const fromPlainDate = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)

/** The moment of a `timestamptz` column. */
export const toInstant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/** A moment as a `timestamptz` column wants it. */
export const fromInstant = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
