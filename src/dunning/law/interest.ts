import { Temporal } from 'temporal-polyfill'
import { currencyDigits, type Money } from '#ledger'
import { Prisma } from '#platform'
import { type ReferenceRate, rateOn } from './reference-rates.ts'
import type { InterestLaw } from './statutes.ts'

/** Simple interest on a sum at one rate: `days` with the first and the last, `percentage` a year, of a year of `yearDays`. Days are ISO. */
export type InterestLine = {
  kind: 'interest'
  invoice: string
  principal: Money
  from: string
  until: string
  days: number
  percentage: string
  yearDays: number
  amount: Money
  source: string
}

/** The rate that counts: the law's, or one that was agreed, percent a year; `most`: the law that it may not exceed. */
export type RateRule = { kind: 'law'; law: InterestLaw } | { kind: 'agreed'; percentage: string; most?: InterestLaw | undefined }

/** What interest is counted on: a sum that is late from the day after `lateAfter`. */
export type Claim = { invoice: string; principal: Money; lateAfter: Temporal.PlainDate }

type Told = { kind: 'told'; lines: InterestLine[] }
/** No rate is known for that ISO day: nothing is told of the claim at all, as a part of it would look like the whole. */
type Untold = { kind: 'untold'; why: 'no_rate'; on: string }

// More digits than any amount, rate and number of days have together, so that only the end rounds.
const Exact = Prisma.Decimal.clone({ precision: 60 })

/**
 * Simple interest from the day after the claim was late, until a day and with it, a line for each rate and each year; each line is rounded
 * once, half up, to the currency's smallest unit.
 */
export function interestOn(claim: Claim, rule: RateRule, rates: readonly ReferenceRate[], until: Temporal.PlainDate): Told | Untold {
  const first = claim.lateAfter.add({ days: 1 })
  const lines: InterestLine[] = []
  for (let from = first; Temporal.PlainDate.compare(from, until) <= 0; ) {
    const rate = rateFrom(rule, rates, from, first)
    if (rate === undefined) return { kind: 'untold', why: 'no_rate', on: from.toString() }
    const last = earliest(until, rate.until, Temporal.PlainDate.from({ year: from.year, month: 12, day: 31 }))
    lines.push(lineOf(claim, rate, from, last))
    from = last.add({ days: 1 })
  }
  return { kind: 'told', lines }
}

/** Percent a year by a rule on a day, as it would be told to somebody who is late from then on; undefined where no rate is known. */
export const yearlyRate = (rule: RateRule, rates: readonly ReferenceRate[], day: Temporal.PlainDate): string | undefined =>
  rateFrom(rule, rates, day, day)?.percentage.toFixed()

type Rate = { percentage: Prisma.Decimal; until: Temporal.PlainDate; counts: InterestLaw['counts']; source: string }

const endless = Temporal.PlainDate.from('9999-12-31')

/** The rate from a day on, and how long it lasts. */
function rateFrom(rule: RateRule, rates: readonly ReferenceRate[], day: Temporal.PlainDate, first: Temporal.PlainDate): Rate | undefined {
  if (rule.kind === 'law') return statutoryRate(rule.law, rates, day, first)
  const agreed: Rate = { percentage: new Prisma.Decimal(rule.percentage), until: endless, counts: 'actual', source: 'agreed in the terms of sale' }
  if (rule.most === undefined) return agreed
  const most = statutoryRate(rule.most, rates, day, first)
  return most && (agreed.percentage.lte(most.percentage) ? { ...agreed, until: most.until } : most)
}

function statutoryRate(law: InterestLaw, rates: readonly ReferenceRate[], day: Temporal.PlainDate, first: Temporal.PlainDate): Rate | undefined {
  const { reference, points, roundedUpTo, changes, counts } = law
  const found = rateOn(rates, reference, (changes === 'never' ? first : day).toString())
  if (!found) return undefined
  const exact = new Prisma.Decimal(found.percentage).add(points)
  const percentage = roundedUpTo === undefined ? exact : exact.div(roundedUpTo).ceil().mul(roundedUpTo)
  const until = changes === 'never' ? endless : lastDayOf(rates, found, day)
  return { percentage, until, counts, source: `${law.source}; ${found.source}` }
}

/** A rate lasts until its own last day, or the day before another one takes its place. */
function lastDayOf(rates: readonly ReferenceRate[], found: ReferenceRate, day: Temporal.PlainDate): Temporal.PlainDate {
  const next = rates
    .filter(({ reference, from }) => reference === found.reference && from > day.toString() && from <= found.until)
    .map(({ from }) => Temporal.PlainDate.from(from).subtract({ days: 1 }))
  return earliest(Temporal.PlainDate.from(found.until), ...next)
}

function lineOf({ invoice, principal }: Claim, { percentage, counts, source }: Rate, from: Temporal.PlainDate, until: Temporal.PlainDate): InterestLine {
  const days = from.until(until).days + 1
  const yearDays = counts === 'actual' ? from.daysInYear : counts
  const exact = new Exact(principal.amount).mul(percentage).mul(days).div(100).div(yearDays)
  const amount = new Prisma.Decimal(exact.toFixed(currencyDigits(principal.currency), Exact.ROUND_HALF_UP))
  return {
    kind: 'interest',
    invoice,
    principal,
    from: from.toString(),
    until: until.toString(),
    days,
    percentage: percentage.toFixed(),
    yearDays,
    amount: { currency: principal.currency, amount },
    source,
  }
}

const earliest = (...days: Temporal.PlainDate[]): Temporal.PlainDate => days.reduce((first, day) => (Temporal.PlainDate.compare(day, first) < 0 ? day : first))
