import { errorText, fromInstant } from '#platform'
import { isMonitoredAt } from '../scope.ts'
import { rowsInPages } from './in-pages.ts'
import { leaveCompany } from './leave-company.ts'
import { createPatience } from './patience.ts'
import type { Night } from './run-night.ts'
import { sideBySide } from './side-by-side.ts'
import { width } from './width.ts'

/**
 * Brings the bureau's portfolio in line with the debtors in scope: each of their companies once, no other company. Where it costs nothing, one
 * that was gone is tried again. Throws BureauError when the bureau is away.
 */
export async function alignPortfolio(night: Night): Promise<void> {
  const { client, clock, log, bureau, rules, timeZone, runId } = night
  const scope = isMonitoredAt(rules, clock.today(timeZone), bureau.name)
  const patience = createPatience(log)
  const missing = rowsInPages(
    (after, limit) => client.$queryRaw<{ id: number; bureauId: string; reference: string }[]>`
      SELECT c.id, c."bureauId", min(d.number) AS reference FROM "CreditCompany" c JOIN "CreditLink" l ON l."companyId" = c.id JOIN "Debtor" d ON d.id = l."debtorId"
      WHERE c.bureau = ${bureau.name} AND (c.monitoring = 'none' OR (c.monitoring = 'gone' AND NOT ${bureau.isPaid})) AND c.id > ${after} AND ${scope} GROUP BY c.id ORDER BY c.id LIMIT ${limit}`,
  )
  await sideBySide(missing, width, async ({ id, bureauId, reference }) => {
    const fault = await patience({ company: id }, async () => {
      if ((await bureau.portfolio?.add(bureauId, reference)) === 'unknown') return leaveCompany(night, id)
      await client.$executeRaw`
        WITH own AS (UPDATE "CreditCompany" SET monitoring = 'monitored', "monitoredSince" = ${fromInstant(clock.now())}, "reportOwed" = TRUE WHERE id = ${id} RETURNING id)
        DELETE FROM "CreditGap" g USING "CreditLink" l, own WHERE l."companyId" = own.id AND g."debtorId" = l."debtorId" AND g.reason = 'gone'`
    })
    const failed = { outcome: 'failed', problem: errorText(fault) }
    const where = { runId_companyId: { runId, companyId: id } }
    if (fault) await client.creditRunCompany.upsert({ where, create: { runId, companyId: id, ...failed }, update: failed })
  })

  const settled = rowsInPages(
    (after, limit) => client.$queryRaw<{ id: number; bureauId: string }[]>`
      SELECT c.id, c."bureauId" FROM "CreditCompany" c WHERE c.bureau = ${bureau.name} AND c.monitoring = 'monitored' AND c.id > ${after}
        AND NOT EXISTS (SELECT 1 FROM "CreditLink" l JOIN "Debtor" d ON d.id = l."debtorId" WHERE l."companyId" = c.id AND ${scope}) ORDER BY c.id LIMIT ${limit}`,
  )
  await sideBySide(settled, width, async ({ id, bureauId }) => {
    // One that could not be taken out is no debtor's any more: it counts nowhere, and is taken out next time.
    await patience({ company: id }, async () => {
      await bureau.portfolio?.remove(bureauId)
      await client.creditCompany.update({ where: { id }, data: { monitoring: 'none', monitoredSince: null, listed: {}, reportOwed: false } })
    })
  })
}
