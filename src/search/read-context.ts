import type { Temporal } from 'temporal-polyfill'
import { currenciesKind } from '#ledger'
import type { Sight } from '#people'
import { type Clock, type Db, fromPlainDate, Prisma } from '#platform'
import { newestVersion } from '#settings'
import type { ReportingRates, SearchContext } from './fields/field.ts'

/** For whom and when a search runs, with the rates of today: an asker's sight, and the time zone (IANA name) of their days. */
export async function readSearchContext(db: Db, { sight, clock, timeZone }: { sight: Sight; clock: Clock; timeZone: string }): Promise<SearchContext> {
  const today = clock.today(timeZone)
  return { sight, today, timeZone, rates: await reportingRates(db, today) }
}

/** What each currency is worth in the reporting currency of the settings; undefined when there is no rate that is young enough. */
async function reportingRates(db: Db, today: Temporal.PlainDate): Promise<ReportingRates | undefined> {
  const version = await newestVersion(db)
  const { reporting, maxAgeDays } = currenciesKind.schema
    .catch({ reporting: 'EUR', source: 'imported', maxAgeDays: 7 })
    .parse(version?.content.currencies ?? {})
  const rows = await db.$queryRaw<{ currency: string; rate: Prisma.Decimal }[]>`
    SELECT DISTINCT ON (currency) currency, rate FROM "CurrencyRate"
    WHERE day BETWEEN ${fromPlainDate(today.subtract({ days: maxAgeDays }))}::date AND ${fromPlainDate(today)}::date AND rate > 0 ORDER BY currency, day DESC`
  // The table says how many units a euro is; the way from one currency to another leads through it.
  const perEuro = new Map([...rows.map(({ currency, rate }) => [currency, rate] as const), ['EUR', new Prisma.Decimal(1)] as const])
  const target = perEuro.get(reporting)
  if (!target || rows.length === 0) return undefined
  return { currency: reporting, rates: new Map([...perEuro].map(([currency, rate]) => [currency, target.div(rate)])) }
}
