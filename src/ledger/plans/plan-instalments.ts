import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import { addWorkingDays, type WorkCalendar } from '../work-calendar.ts'

/** `dueOn`: ISO day. `amount`: decimal string in the plan's currency. */
export type PlannedInstalment = { dueOn: string; amount: string }

/**
 * What a debtor asks for, as far as they say it: how many parts, how much each (a decimal string), on which days (ISO). `amounts`: one for each part, in
 * the order of the days.
 */
export type AskedInstalments = { count?: number | undefined; amount?: string | undefined; amounts?: readonly string[]; dates: readonly string[] }

type Terms = { total: Prisma.Decimal; asked: AskedInstalments; today: Temporal.PlainDate; calendar: WorkCalendar; usualCount: number }

export const mostInstalments = 36

/** Days until the first instalment where the debtor names none. */
const untilFirst = 14

/**
 * The instalments that a plan for `total` would have: as the debtor asks for them, and where they say nothing, equal ones a month apart, the first
 * one in two weeks. The last one takes what is left, so that they add up to the total; empty when nothing is open, or where amounts of their
 * own cannot be agreed: they leave nothing for the last one, or have days that are over or are more than they are.
 */
export function planInstalments({ total, asked, today, calendar, usualCount }: Terms): PlannedInstalment[] {
  if (!total.gt(0)) return []
  if (asked.amounts) return eachOfItsOwn({ total, asked, today, calendar, usualCount }, asked.amounts)
  const dates = [...new Set(asked.dates)].filter(day => day >= today.toString()).toSorted()
  const amount = asked.amount !== undefined && new Prisma.Decimal(asked.amount).gt(0) ? new Prisma.Decimal(asked.amount) : undefined
  const wanted = asked.count ?? (dates.length > 1 ? dates.length : amount ? total.div(amount).ceil().toNumber() : usualCount)
  const most = Math.min(mostInstalments, total.mul(100).floor().toNumber())
  const count = Math.max(1, Math.min(wanted, most))
  const each = amount && amount.mul(count - 1).lt(total) ? amount : total.div(count).toDecimalPlaces(2, Prisma.Decimal.ROUND_DOWN)
  return Array.from({ length: count }, (_, index) => ({
    dueOn: dayOf(index, dates, today, calendar),
    amount: (index < count - 1 ? each : total.sub(each.mul(count - 1))).toFixed(2),
  }))
}

function eachOfItsOwn({ total, asked, today, calendar }: Terms, amounts: readonly string[]): PlannedInstalment[] {
  const dates = [...new Set(asked.dates)]
  const isOrdered = dates.every((day, at) => day >= (dates[at - 1] ?? today.toString()))
  const others = amounts.slice(0, -1).reduce((sum, amount) => sum.add(amount), new Prisma.Decimal(0))
  const isAgreeable =
    isOrdered && dates.length <= amounts.length && amounts.length <= mostInstalments && amounts.every(amount => new Prisma.Decimal(amount).gt(0))
  if (!isAgreeable || !total.sub(others).gt(0)) return []
  return amounts.map((amount, at) => ({
    dueOn: dayOf(at, dates, today, calendar),
    amount: (at < amounts.length - 1 ? new Prisma.Decimal(amount) : total.sub(others)).toFixed(2),
  }))
}

/** Days that are named, then the last of them a month later each time. */
function dayOf(index: number, dates: readonly string[], today: Temporal.PlainDate, calendar: WorkCalendar): string {
  const named = dates[index]
  if (named !== undefined) return named
  const last = dates.at(-1)
  const first = last === undefined ? workingDayFrom(calendar, today.add({ days: untilFirst })) : Temporal.PlainDate.from(last)
  // Counted from the first, so that the 31st comes back after a short month.
  return first.add({ months: last === undefined ? index : index - dates.length + 1 }).toString()
}

const workingDayFrom = (calendar: WorkCalendar, day: Temporal.PlainDate): Temporal.PlainDate =>
  calendar.isWorkingDay(day) ? day : addWorkingDays(calendar, day, 1)

/** What is wrong with instalments that somebody typed; undefined when they can be agreed. `today`: ISO day. */
export function instalmentProblem(
  instalments: readonly PlannedInstalment[],
  today: string,
): 'none' | 'too_many' | 'amount' | 'day_is_over' | 'order' | undefined {
  if (instalments.length === 0) return 'none'
  if (instalments.length > mostInstalments) return 'too_many'
  if (instalments.some(({ amount }) => !new Prisma.Decimal(amount).gt(0))) return 'amount'
  if (instalments.some(({ dueOn }) => dueOn < today)) return 'day_is_over'
  return instalments.every(({ dueOn }, index) => index === 0 || dueOn > (instalments[index - 1]?.dueOn ?? '')) ? undefined : 'order'
}
