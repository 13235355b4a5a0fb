import { fromInstant } from '#platform'
import type { Night } from './night.ts'
import { wantsMonitoring } from './scope.ts'
import { sideBySide } from './side-by-side.ts'
import { width } from './width.ts'

/** Brings the bureau's portfolio in line with the debtors in scope: each of their companies once, no other company. Throws BureauError. */
export async function alignPortfolio({ client, clock, bureau, rules, timeZone, runId }: Night): Promise<void> {
  const scope = wantsMonitoring(rules, clock.today(timeZone))
  const missing = await client.$queryRaw<{ id: number; bureauId: string; reference: string }[]>`
    SELECT c.id, c."bureauId", min(d.number) AS reference FROM "CreditCompany" c JOIN "CreditLink" l ON l."companyId" = c.id JOIN "Debtor" d ON d.id = l."debtorId"
    WHERE c.bureau = ${bureau.name} AND c.monitoring = 'none' AND ${scope} GROUP BY c.id ORDER BY c.id`
  await sideBySide(missing, width, async ({ id, bureauId, reference }) => {
    const outcome = (await bureau.portfolio?.add(bureauId, reference)) ?? 'added'
    const monitored = { monitoring: 'monitored', monitoredSince: fromInstant(clock.now()), reportOwed: true }
    await client.$transaction([
      client.creditCompany.update({ where: { id }, data: outcome === 'added' ? monitored : { monitoring: 'gone' } }),
      ...(outcome === 'unknown' ? [client.creditRunCompany.createMany({ data: [{ runId, companyId: id, outcome: 'gone' }], skipDuplicates: true })] : []),
    ])
  })

  const settled = await client.$queryRaw<{ id: number; bureauId: string }[]>`
    SELECT c.id, c."bureauId" FROM "CreditCompany" c WHERE c.bureau = ${bureau.name} AND c.monitoring = 'monitored'
      AND NOT EXISTS (SELECT 1 FROM "CreditLink" l JOIN "Debtor" d ON d.id = l."debtorId" WHERE l."companyId" = c.id AND ${scope}) ORDER BY c.id`
  await sideBySide(settled, width, async ({ id, bureauId }) => {
    await bureau.portfolio?.remove(bureauId)
    await client.creditCompany.update({ where: { id }, data: { monitoring: 'none', monitoredSince: null, listed: {}, reportOwed: false } })
  })
}
