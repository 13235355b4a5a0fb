import type { Db } from '#platform'

const mostNumbers = 5_000

/** Numbers, as printed, of these debtors' invoices: all that are open and the newest of the rest, at most 5,000. */
export async function invoiceNumbersOf(db: Db, debtorIds: number[]): Promise<string[]> {
  if (debtorIds.length === 0) return []
  const rows = await db.$queryRaw<{ number: string }[]>`
    SELECT number FROM "Invoice" WHERE "debtorId" = ANY(${debtorIds})
    ORDER BY status = 'open' DESC, "invoiceDate" DESC NULLS LAST, id DESC LIMIT ${mostNumbers}`
  return rows.map(({ number }) => number)
}

/** How the newest invoice numbers look, commonest first: digits as 9, capitals as A (`2026-0412` gives `9999-9999`). */
export async function invoiceNumberShapes(db: Db, administrationId: number | null): Promise<string[]> {
  const rows = await db.$queryRaw<{ shape: string }[]>`
    SELECT regexp_replace(regexp_replace(number, '[0-9]', '9', 'g'), '[A-Z]', 'A', 'g') AS shape
    FROM (SELECT number FROM "Invoice" WHERE ${administrationId}::int IS NULL OR "administrationId" = ${administrationId} ORDER BY id DESC LIMIT 500) AS newest
    GROUP BY 1 ORDER BY count(*) DESC LIMIT 10`
  return rows.map(({ shape }) => shape)
}
