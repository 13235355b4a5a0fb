import { errorText, fromInstant, Prisma } from '#platform'
import { BureauError, type CreditReport } from '../bureaus/bureau.ts'
import { rowsInPages } from './in-pages.ts'
import { leaveCompany } from './leave-company.ts'
import { createPatience } from './patience.ts'
import type { Night } from './run-night.ts'
import { sideBySide } from './side-by-side.ts'
import { storeReport } from './store-report.ts'
import { width } from './width.ts'

type Due = { id: number; bureauId: string; country: string; known: Record<string, unknown> | null }

/**
 * Orders the reports that are due, within the quota, and keeps each in a transaction of its own; what failed is asked for once more at the
 * end. Throws BureauError when the bureau is away.
 */
export async function fetchReports(night: Night): Promise<void> {
  const { client, bureau, log, runId } = night
  const quotas = await bureau.quotas()
  const left = new Map(quotas.map(({ country, paid, used }) => [country, paid - used]))
  const patience = createPatience(log)
  for (const round of ['due', 'failed']) await sideBySide(companiesOf(night, round), width, fetchWithin)
  const leftOver = quotas.map(({ country, paid, used }) => ({ country, paid, used: paid - (left.get(country) ?? paid - used) }))
  await client.creditAccount.updateMany({ where: { bureau: bureau.name }, data: { quotas: leftOver } })

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

async function fetchOne(
  { client, pool, clock, bureau, runId, onChanges, concerns = async () => true }: Night,
  { id: companyId, bureauId, known }: Due,
): Promise<void> {
  const orderId = bureau.isPaid ? await noteOrder() : undefined
  let report: CreditReport
  try {
    report = await bureau.report(bureauId)
  } catch (error) {
    const isUnsure = error instanceof BureauError && error.problem === 'unsure'
    const correlationId = error instanceof BureauError ? (error.correlationId ?? null) : null
    if (orderId !== undefined) await client.creditOrder.update({ where: { id: orderId }, data: { outcome: isUnsure ? 'unsure' : 'refused', correlationId } })
    throw error
  }
  const { changes, statement } = storeReport(report, { companyId, runId, orderId, known: known ?? {} })
  // Thousands of times a night: past the object mapper a statement costs a quarter.
  if (changes.length === 0 || !onChanges || !(await concerns(changes))) return void (await pool.query(statement))
  await client.$transaction(async tx => {
    await tx.$executeRaw(statement)
    await onChanges(tx, changes)
  })

  async function noteOrder(): Promise<number | undefined> {
    const { rows } = await pool.query<{ id: number }>(Prisma.sql`
      INSERT INTO "CreditOrder" ("runId", "companyId", "askedAt") VALUES (${runId}, ${companyId}, ${fromInstant(clock.now())}) RETURNING id`)
    return rows[0]?.id
  }
}

/** The companies of a run that still have an outcome, with what is known of them; what is settled meanwhile has it no more. */
const companiesOf = ({ client, runId }: Night, outcome: string): AsyncIterable<Due> =>
  rowsInPages(
    (after, limit) => client.$queryRaw<Due[]>`
      SELECT c.id, c."bureauId", c.country, (SELECT jsonb_object_agg(v.criterion, v.value) FROM "CreditValue" v WHERE v."companyId" = c.id) AS known
      FROM "CreditRunCompany" r JOIN "CreditCompany" c ON c.id = r."companyId"
      WHERE r."runId" = ${runId} AND r.outcome = ${outcome} AND c.monitoring = 'monitored' AND c.id > ${after} ORDER BY c.id LIMIT ${limit}`,
  )
