import type { Temporal } from 'temporal-polyfill'
import { fromInstant } from '#platform'
import { criterionIn } from '../bureau-mails/criterion-words.ts'
import { settledByMail } from '../bureau-mails/is-standing.ts'
import type { BureauEvent, ListedCompany } from '../bureaus/bureau.ts'
import { inPages } from './in-pages.ts'
import type { Night } from './run-night.ts'

/**
 * Marks the companies whose report this run has to order: those that the cheap list or an event says something new of, those that a
 * report is still owed of, and those whose last one is old. The values of the list are kept with the mark. Throws BureauError.
 */
export async function noticeChanges(night: Night, eventsFrom: Temporal.Instant): Promise<void> {
  const { client, clock, bureau, rules, runId } = night
  if (bureau.portfolio) {
    const listed: number[] = []
    for await (const page of inPages(bureau.portfolio.companies())) listed.push(...(await compareListed(night, page)))
    await oweVanished(night, listed)
    for await (const page of inPages(bureau.portfolio.events(eventsFrom))) await keepEvents(night, page)
  }
  const oldest = fromInstant(clock.now().subtract({ hours: rules.reportAgeDays * 24 }))
  await client.$executeRaw`
    INSERT INTO "CreditRunCompany" ("runId", "companyId", outcome) SELECT ${runId}, id, 'due' FROM "CreditCompany"
    WHERE bureau = ${bureau.name} AND monitoring = 'monitored' AND ("reportOwed" OR "reportedAt" IS NULL OR "reportedAt" < ${oldest})
    ON CONFLICT ("runId", "companyId") DO UPDATE SET outcome = 'due'`
}

/**
 * A list is compared with the list before it: reports word the same thing differently, and would be ordered for ever. Returns the companies
 * of the page that are ours.
 */
async function compareListed({ client, bureau, runId }: Night, page: ListedCompany[]): Promise<number[]> {
  const rows = page.map(({ companyId, values }) => ({ bureauId: companyId, listed: Object.fromEntries(values.map(({ criterion, raw }) => [criterion, raw])) }))
  const ours = await client.$queryRaw<{ id: number }[]>`
    WITH told AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told("bureauId" text, listed jsonb)),
      changed AS (UPDATE "CreditCompany" c SET listed = told.listed, "reportOwed" = TRUE FROM told
        WHERE c.bureau = ${bureau.name} AND c."bureauId" = told."bureauId" AND c.monitoring = 'monitored' AND c.listed IS DISTINCT FROM told.listed RETURNING c.id),
      due AS (INSERT INTO "CreditRunCompany" ("runId", "companyId", outcome) SELECT ${runId}, id, 'due' FROM changed
        ON CONFLICT ("runId", "companyId") DO UPDATE SET outcome = 'due')
    SELECT c.id FROM "CreditCompany" c JOIN told ON told."bureauId" = c."bureauId" WHERE c.bureau = ${bureau.name}`
  return ours.map(({ id }) => id)
}

/** A company that is monitored and not listed may be gone: asking for its report tells. */
async function oweVanished({ client, bureau }: Night, listed: number[]): Promise<void> {
  await client.$executeRaw`
    UPDATE "CreditCompany" SET "reportOwed" = TRUE WHERE bureau = ${bureau.name} AND monitoring = 'monitored' AND id <> ALL(${listed}::int[])`
}

/** Keeps events that are new; each makes a report due, whatever the list says, unless a mail of the same made one due before. */
async function keepEvents({ client, bureau, runId }: Night, told: BureauEvent[]): Promise<void> {
  // Of the overlap nearly all are known, and asking costs far less than offering them again.
  const known = await client.creditEvent.findMany({ where: { bureau: bureau.name, eventId: { in: told.map(({ id }) => id) } }, select: { eventId: true } })
  const knownIds = new Set(known.map(({ eventId }) => eventId))
  const page = told.filter(({ id }) => !knownIds.has(id))
  if (page.length === 0) return
  const companies = await client.creditCompany.findMany({
    where: { bureau: bureau.name, bureauId: { in: page.map(({ companyId }) => companyId) } },
    select: { id: true, bureauId: true },
  })
  const ids = new Map(companies.map(({ id, bureauId }) => [bureauId, id]))
  const data = page.map(({ id, companyId, rule, oldValue, newValue, happenedAt, mailedAt }) => ({
    bureau: bureau.name,
    eventId: id,
    companyId: ids.get(companyId) ?? null,
    bureauId: companyId,
    rule,
    oldValue,
    newValue,
    happenedAt: fromInstant(happenedAt),
    source: 'interface',
    criterion: criterionIn(rule) ?? null,
    mailedAt,
    runId,
  }))
  await client.$transaction(async tx => {
    const kept = await tx.creditEvent.createManyAndReturn({ data, skipDuplicates: true })
    const settled = await settledByMail(tx, kept)
    const touched = [...new Set(kept.filter(({ id }) => !settled.has(id)).flatMap(({ companyId }) => companyId ?? []))]
    if (touched.length === 0) return
    await tx.$executeRaw`
      WITH owed AS (UPDATE "CreditCompany" SET "reportOwed" = TRUE WHERE id = ANY(${touched}::int[]) RETURNING id)
      INSERT INTO "CreditRunCompany" ("runId", "companyId", outcome) SELECT ${runId}, id, 'due' FROM owed
      ON CONFLICT ("runId", "companyId") DO UPDATE SET outcome = 'due'`
  })
}
