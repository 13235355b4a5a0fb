import type { Temporal } from 'temporal-polyfill'
import { type Db, fromPlainDate, Prisma } from '#platform'
import { currencyDigits } from '../money.ts'

export type Money = { currency: string; amount: Prisma.Decimal }

/** `rate`: units of the one currency for one of the other; `rateDay`: ISO day of the older of the two rates, null when none was needed. */
export type Converted = { kind: 'converted'; amount: Prisma.Decimal; rate: Prisma.Decimal; rateDay: string | null }
/** There is no rate, or none young enough: `newest` is the ISO day of the newest before the day that was asked for. */
export type MissingRate = { kind: 'missing'; currency: string; newest: string | null }

/** How amounts are counted together: in which currency, and how old a rate may be on the day in question. */
export type ReportingRules = { reporting: string; maxAgeDays: number }

type Rate = { rate: Prisma.Decimal; day: string } | { missing: string | null }

/** More digits than any amount and rate have together, so that only the last step rounds. */
const Exact = Prisma.Decimal.clone({ precision: 60 })
const one = new Prisma.Decimal(1)

/**
 * The rates for one euro of currencies on a day: of each the newest set on that day or in the `maxAgeDays` before it. Read once for
 * as many conversions as are needed.
 */
export async function ratesOn(db: Db, currencies: Iterable<string>, day: Temporal.PlainDate, maxAgeDays: number): Promise<Map<string, Rate>> {
  const wanted = [...new Set(currencies)].filter(currency => currency !== 'EUR')
  const rates = new Map<string, Rate>([['EUR', { rate: one, day: day.toString() }]])
  if (wanted.length === 0) return rates
  const rows = await db.$queryRaw<{ currency: string; rate: Prisma.Decimal; day: string }[]>`
    SELECT w.currency, r.rate, r.day::text AS day FROM unnest(${wanted}::text[]) AS w(currency)
    CROSS JOIN LATERAL (SELECT rate, day FROM "CurrencyRate" WHERE currency = w.currency AND day <= ${fromPlainDate(day)} ORDER BY day DESC LIMIT 1) r`
  const oldest = day.subtract({ days: maxAgeDays }).toString()
  for (const currency of wanted) {
    const found = rows.find(row => row.currency === currency)
    rates.set(currency, found && found.day >= oldest ? found : { missing: found?.day ?? null })
  }
  return rates
}

/** An amount in another currency, by way of the euro, rounded half up to that currency's decimals. Never one to one for want of a rate. */
export function convertBy(rates: Map<string, Rate>, { currency: from, amount }: Money, to: string): Converted | MissingRate {
  if (from === to) return { kind: 'converted', amount, rate: one, rateDay: null }
  const [source, target] = [rates.get(from) ?? { missing: null }, rates.get(to) ?? { missing: null }]
  if ('missing' in source) return { kind: 'missing', currency: from, newest: source.missing }
  if ('missing' in target) return { kind: 'missing', currency: to, newest: target.missing }
  const rate = new Exact(target.rate).div(source.rate)
  const converted = new Exact(amount).mul(target.rate).div(source.rate).toDecimalPlaces(currencyDigits(to), Exact.ROUND_HALF_UP)
  // The euro's own rate has every day's date.
  const days = [...(from === 'EUR' ? [] : [source.day]), ...(to === 'EUR' ? [] : [target.day])]
  return { kind: 'converted', amount: new Prisma.Decimal(converted.toFixed()), rate: new Prisma.Decimal(rate.toFixed(12)), rateDay: days.toSorted()[0] ?? null }
}

/** One amount on a day; see `convertBy`. */
export async function convert(db: Db, money: Money, to: string, day: Temporal.PlainDate, maxAgeDays: number): Promise<Converted | MissingRate> {
  return convertBy(await ratesOn(db, [money.currency, to], day, maxAgeDays), money, to)
}

/** Amounts of any currencies added up in the reporting currency; the oldest rate day that it rests on, or what rates are missing. */
export type ReportingTotal = { kind: 'total'; currency: string; amount: Prisma.Decimal; rateDay: string | null } | { kind: 'missing'; missing: MissingRate[] }

/** The total of amounts in the reporting currency by the rates of a day. One missing rate makes the whole total missing. */
export async function reportingTotal(db: Db, amounts: Money[], { reporting, maxAgeDays }: ReportingRules, day: Temporal.PlainDate): Promise<ReportingTotal> {
  const rates = await ratesOn(db, [reporting, ...amounts.map(({ currency }) => currency)], day, maxAgeDays)
  // Added up by currency first: each currency is rounded once.
  const sums = [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    amount: own.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)),
  }))
  const converted = sums.map(sum => convertBy(rates, sum, reporting))
  const missing = converted.flatMap(each => (each.kind === 'missing' ? [each] : []))
  if (missing.length > 0) return { kind: 'missing', missing }
  const known = converted.flatMap(each => (each.kind === 'converted' ? [each] : []))
  const days = known.flatMap(({ rateDay }) => rateDay ?? []).toSorted()
  return { kind: 'total', currency: reporting, amount: known.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)), rateDay: days[0] ?? null }
}
