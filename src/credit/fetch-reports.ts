import { errorText, fromInstant } from '#platform'
import { BureauError, type CreditReport } from './bureau.ts'
import type { Night } from './night.ts'
import { sideBySide } from './side-by-side.ts'
import { storeReport } from './store-report.ts'
import { width } from './width.ts'

type Due = { id: number; bureauId: string; country: string }

const pageSize = 500
/** So many failures in a row are no fault of single companies: the run stops, and goes on when it is tried again. */
const mostFailures = 12

/** Orders the reports that are due, within the quota, and keeps each in a transaction of its own. Throws BureauError when the bureau is away. */
export async function fetchReports(night: Night): Promise<void> {
  const { client, bureau, log, runId } = night
  const left = new Map((await bureau.quotas()).map(({ country, paid, used }) => [country, paid - used]))
  let failures = 0
  await sideBySide(dueCompanies(night), width, async company => {
    const rest = left.get(company.country)
    if (rest !== undefined && rest <= 0) return settle(company, 'over_quota')
    if (rest !== undefined) left.set(company.country, rest - 1)
    try {
      await fetchOne(night, company)
      failures = 0
    } catch (error) {
      if (!(error instanceof BureauError) || error.problem === 'refused') throw error
      log.warn({ company: company.id, problem: error.problem, correlationId: error.correlationId }, 'a report could not be fetched')
      if (error.problem === 'unknown') return leave(company)
      failures += 1
      if (failures >= mostFailures) throw error
      await settle(company, 'failed', errorText(error))
    }
  })

  async function settle({ id }: Due, outcome: string, problem?: string): Promise<void> {
    await client.creditRunCompany.update({ where: { runId_companyId: { runId, companyId: id } }, data: { outcome, problem: problem ?? null } })
  }

  /** The bureau has the company no more: what is known of it stays, and its debtors are listed as not monitored. */
  async function leave({ id }: Due): Promise<void> {
    await client.$transaction([
      client.creditCompany.update({ where: { id }, data: { monitoring: 'gone', reportOwed: false } }),
      client.creditRunCompany.update({ where: { runId_companyId: { runId, companyId: id } }, data: { outcome: 'gone' } }),
    ])
  }
}

async function fetchOne({ client, clock, bureau, runId, onChanges }: Night, { id: companyId, bureauId }: Due): Promise<void> {
  const order = await client.creditOrder.create({ data: { runId, companyId, askedAt: fromInstant(clock.now()) }, select: { id: true } })
  let report: CreditReport
  try {
    report = await bureau.report(bureauId)
  } catch (error) {
    const isUnsure = error instanceof BureauError && error.problem === 'unsure'
    const correlationId = error instanceof BureauError ? (error.correlationId ?? null) : null
    await client.creditOrder.update({ where: { id: order.id }, data: { outcome: isUnsure ? 'unsure' : 'refused', correlationId } })
    throw error
  }
  await client.$transaction(async tx => {
    const changes = await storeReport(tx, companyId, report, runId)
    const outcome = changes.length > 0 ? 'changed' : 'unchanged'
    await tx.creditRunCompany.update({ where: { runId_companyId: { runId, companyId } }, data: { outcome } })
    await tx.creditOrder.update({ where: { id: order.id }, data: { outcome: 'stored', correlationId: report.correlationId ?? null } })
    if (changes.length > 0) await onChanges?.(tx, changes)
  })
}

/** Pages of what is due; what a page settled is not due any more, and what it left is behind its last id. */
async function* dueCompanies({ client, runId }: Night): AsyncIterable<Due> {
  for (let after = 0; ; ) {
    const page = await client.$queryRaw<Due[]>`
      SELECT c.id, c."bureauId", c.country FROM "CreditRunCompany" r JOIN "CreditCompany" c ON c.id = r."companyId"
      WHERE r."runId" = ${runId} AND r.outcome = 'due' AND c.id > ${after} ORDER BY c.id LIMIT ${pageSize}`
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}
