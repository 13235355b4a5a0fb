import { errorText, fromInstant } from '#platform'
import { BureauError, type CreditReport } from './bureau.ts'
import { rowsInPages } from './in-pages.ts'
import { leaveCompany } from './leave-company.ts'
import type { Night } from './night.ts'
import { createPatience } from './patience.ts'
import { sideBySide } from './side-by-side.ts'
import { storeReport } from './store-report.ts'
import { width } from './width.ts'

type Due = { id: number; bureauId: string; country: string }

/**
 * Orders the reports that are due, within the quota, and keeps each in a transaction of its own; what failed is asked for once more at the
 * end. Throws BureauError when the bureau is away.
 */
export async function fetchReports(night: Night): Promise<void> {
  const { client, bureau, log, runId } = night
  const left = new Map((await bureau.quotas()).map(({ country, paid, used }) => [country, paid - used]))
  const patience = createPatience(log)
  for (const round of ['due', 'failed']) await sideBySide(companiesOf(night, round), width, fetchWithin)

  async function fetchWithin(company: Due): Promise<void> {
    const rest = left.get(company.country)
    if (rest !== undefined && rest <= 0) return settle(company, 'over_quota')
    if (rest !== undefined) left.set(company.country, rest - 1)
    const fault = await patience({ company: company.id }, () => fetchOne(night, company))
    if (fault?.problem === 'unknown') return leaveCompany(night, company.id)
    // No report of this country is left, or none was contracted: the next one would be refused, too.
    if (fault?.problem === 'forbidden') left.set(company.country, 0)
    if (fault) await settle(company, fault.problem === 'forbidden' ? 'over_quota' : 'failed', errorText(fault))
  }

  async function settle({ id }: Due, outcome: string, problem?: string): Promise<void> {
    await client.creditRunCompany.update({ where: { runId_companyId: { runId, companyId: id } }, data: { outcome, problem: problem ?? null } })
  }
}

async function fetchOne({ client, clock, bureau, runId, onChanges }: Night, { id: companyId, bureauId }: Due): Promise<void> {
  const data = { runId, companyId, askedAt: fromInstant(clock.now()) }
  const order = bureau.isPaid ? await client.creditOrder.create({ data, select: { id: true } }) : undefined
  let report: CreditReport
  try {
    report = await bureau.report(bureauId)
  } catch (error) {
    const isUnsure = error instanceof BureauError && error.problem === 'unsure'
    const correlationId = error instanceof BureauError ? (error.correlationId ?? null) : null
    if (order) await client.creditOrder.update({ where: { id: order.id }, data: { outcome: isUnsure ? 'unsure' : 'refused', correlationId } })
    throw error
  }
  await client.$transaction(async tx => {
    const changes = await storeReport(tx, companyId, report, runId)
    const outcome = changes.length > 0 ? 'changed' : 'unchanged'
    await tx.creditRunCompany.update({ where: { runId_companyId: { runId, companyId } }, data: { outcome, problem: null } })
    if (order) await tx.creditOrder.update({ where: { id: order.id }, data: { outcome: 'stored', correlationId: report.correlationId ?? null } })
    if (changes.length > 0) await onChanges?.(tx, changes)
  })
}

/** The companies of a run that still have an outcome; what is settled meanwhile has it no more. */
const companiesOf = ({ client, runId }: Night, outcome: string): AsyncIterable<Due> =>
  rowsInPages(
    (after, limit) => client.$queryRaw<Due[]>`
      SELECT c.id, c."bureauId", c.country FROM "CreditRunCompany" r JOIN "CreditCompany" c ON c.id = r."companyId"
      WHERE r."runId" = ${runId} AND r.outcome = ${outcome} AND c.monitoring = 'monitored' AND c.id > ${after} ORDER BY c.id LIMIT ${limit}`,
  )
