import type { Temporal } from 'temporal-polyfill'
import { currenciesKind, ratesOn } from '#ledger'
import type { Sight } from '#people'
import type { Clock, Db, Prisma } from '#platform'
import type { ReportingRates, SearchContext } from './fields/field.ts'

/** For whom and when a search runs, with the rates of today: an asker's sight, and the time zone (IANA name) of their days. */
export async function readSearchContext(db: Db, { sight, clock, timeZone }: { sight: Sight; clock: Clock; timeZone: string }): Promise<SearchContext> {
  const today = clock.today(timeZone)
  return { sight, today, timeZone, rates: await reportingRates(db, today) }
}

/** What each currency is worth in the reporting currency of the settings; undefined when there are no rates at all. */
async function reportingRates(db: Db, today: Temporal.PlainDate): Promise<ReportingRates | undefined> {
  // Currency by currency along the index: a table of every day's rates is not read to learn their few names.
  const rows = await db.$queryRaw<{ currency: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT currency FROM "CurrencyRate" ORDER BY currency LIMIT 1)
      UNION ALL SELECT (SELECT r.currency FROM "CurrencyRate" r WHERE r.currency > known.currency ORDER BY r.currency LIMIT 1) FROM known WHERE known.currency IS NOT NULL
    ) SELECT currency FROM known WHERE currency IS NOT NULL`
  if (rows.length === 0) return undefined
  const { reporting, maxAgeDays } = await rules(db)
  const perEuro = await ratesOn(db, [reporting, ...rows.map(({ currency }) => currency)], today, maxAgeDays)
  const target = perEuro.get(reporting)
  if (!target || 'missing' in target) return undefined
  const rates = [...perEuro].flatMap(([currency, rate]): [string, Prisma.Decimal][] => ('missing' in rate ? [] : [[currency, target.rate.div(rate.rate)]]))
  return { currency: reporting, rates: new Map(rates) }
}

/** The reporting currency of the settings. */
export const readReportingCurrency = async (db: Db): Promise<string> => (await rules(db)).reporting

async function rules(db: Db) {
  const [version] = await db.$queryRaw<{ currencies: unknown }[]>`SELECT content->'currencies' AS currencies FROM "SettingsVersion" ORDER BY id DESC LIMIT 1`
  return currenciesKind.schema.parse(version?.currencies ?? {})
}
