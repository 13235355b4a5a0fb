import { staleAdministrations } from '#ledger'
import type { Clock, DbClient, Ops } from '#platform'

type WatchDeps = { client: DbClient; clock: Clock; ops: Ops; maxAgeHours: number }

/** Raises an alert for each administration whose last import is too old for amounts to be written, and closes it afterwards. */
export async function watchLedger({ client, clock, ops, maxAgeHours }: WatchDeps): Promise<void> {
  const stale = await staleAdministrations(client, clock, maxAgeHours)
  const fresh = await client.administration.findMany({ where: { id: { notIn: stale.map(({ id }) => id) } }, select: { code: true } })
  for (const { code } of fresh) await ops.resolve(`ledger:${code}`)
  for (const { code, name, importedAt } of stale) {
    const since = importedAt ? `was last imported at ${importedAt.toISOString()}` : 'was never imported'
    await ops.raise({
      key: `ledger:${code}`,
      problem: `The ledger of ${name} ${since}, more than ${maxAgeHours} hours ago: replies that state amounts are held back.`,
      remedy: 'Import a fresh export with `duncan import <file>`, or see why the scheduled one did not arrive.',
    })
  }
}
