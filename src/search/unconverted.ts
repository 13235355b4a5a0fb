import { codeInSight } from '#people'
import { type Db, Prisma } from '#platform'
import type { SearchContext } from './fields/field.ts'

/** Currencies of open items in sight that no rate joins with others, by code; none where all items are in one currency. */
export async function unconvertedCurrencies(db: Db, { sight, rates }: SearchContext): Promise<string[]> {
  const rows = await db.$queryRaw<{ currency: string }[]>`
    SELECT DISTINCT i.currency FROM "Invoice" i WHERE i.status = 'open' AND ${
      sight.administrations === 'all'
        ? Prisma.sql`TRUE`
        : Prisma.sql`i."administrationId" IN (SELECT a.id FROM "Administration" a WHERE ${codeInSight(sight, Prisma.sql`a.code`)})`
    } ORDER BY 1`
  const held = rows.map(({ currency }) => currency)
  if (!rates) return held.length > 1 ? held : []
  return held.filter(currency => currency !== rates.currency && !rates.rates.has(currency))
}
