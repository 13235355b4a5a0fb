import { basename } from 'node:path'
import { type DbClient, recordAudit } from '#platform'
import { inspectFile, readText } from '../imports/open-text.ts'
import { readRates } from './read-ecb.ts'

/** `changed`: rates that were there with another value. Days are ISO. */
export type RatesResult = { rates: number; created: number; changed: number; currencies: number; from: string; until: string }

/** Imports a file of dated rates, as a whole or not at all. Throws `rates.file` with the line of what cannot be read. */
export async function importRates(client: DbClient, file: string, actor: string): Promise<RatesResult> {
  const source = await inspectFile(file, 'auto')
  return storeRates(client, readText(source), basename(file), actor)
}

/** The same of text that was fetched; `name` is what errors call it. */
export async function storeRates(client: DbClient, chunks: AsyncIterable<string>, name: string, actor: string): Promise<RatesResult> {
  return client.$transaction(
    async tx => {
      const result: RatesResult = { rates: 0, created: 0, changed: 0, currencies: 0, from: '9999-12-31', until: '0001-01-01' }
      const currencies = new Set<string>()
      for await (const rates of readRates(chunks, name)) {
        for (const { day, currency } of rates) {
          currencies.add(currency)
          if (day < result.from) result.from = day
          if (day > result.until) result.until = day
        }
        result.rates += rates.length
        const written = await tx.$queryRaw<{ isNew: boolean }[]>`
          INSERT INTO "CurrencyRate" AS r (day, currency, rate)
          SELECT DISTINCT ON (n.currency, n.day) n.day, n.currency, n.rate FROM jsonb_to_recordset(${JSON.stringify(rates)}::jsonb) AS n(day date, currency text, rate numeric)
          ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate WHERE r.rate <> excluded.rate RETURNING xmax = 0 AS "isNew"`
        const created = written.filter(({ isNew }) => isNew).length
        result.created += created
        result.changed += written.length - created
      }
      result.currencies = currencies.size
      const { from, until, created, changed } = result
      if (created + changed > 0)
        await recordAudit(tx, { actor, event: 'rates.imported', subject: `rates:${until}`, detail: { name, from, until, created, changed } })
      return result
    },
    { timeout: 600_000, maxWait: 60_000 },
  )
}
