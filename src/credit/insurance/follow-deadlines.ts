import type { Temporal } from 'temporal-polyfill'
import { createTask, type TaskAbout } from '#ledger'
import { type Db, type DbClient, fromInstant, Prisma, recordAudit } from '#platform'
import { type InsuredItem, insuranceClock, insuredItems } from './insured-items.ts'

type Deps = { client: DbClient; now: Temporal.Instant; today: Temporal.PlainDate }

type Kind = 'report' | 'handOver'
const kinds: Kind[] = ['report', 'handOver']

/** How old bad news may be that the insurer was not told of: this runs every hour, and Duncan may have been away for days. */
const toldWithinDays = 7

/**
 * Makes work of what an insurer must hear, each once: items that must be reported or handed over within the days of the settings, and bad news
 * of the credit bureau that the policy names. Work that nothing open is left of is taken off the list. Returns how many tasks it made.
 */
export async function followInsurance({ client, now, today }: Deps): Promise<number> {
  await client.$transaction(tx => dropSettled(tx))
  let made = 0
  for (const debtorId of await debtorsWithWork(client, today)) made += await client.$transaction(tx => takeUp(tx, { debtorId, today }))
  return made + (await client.$transaction(tx => tellEvents(tx, now)))
}

/** The debtors with items whose deadline is near or past and that are nobody's work. */
async function debtorsWithWork(client: DbClient, today: Temporal.PlainDate): Promise<number[]> {
  const rows = await client.$queryRaw<{ debtorId: number }[]>`
    SELECT DISTINCT clock."debtorId" FROM (${insuranceClock(today, () => Prisma.sql`TRUE`)}) AS clock JOIN "InsuredItem" n ON n."invoiceId" = clock."invoiceId"
    WHERE (clock.report IN ('due', 'past') AND n."reportTaskId" IS NULL) OR (clock."handOver" IN ('due', 'past') AND n."handOverTaskId" IS NULL)
    ORDER BY 1`
  return rows.map(({ debtorId }) => debtorId)
}

async function takeUp(tx: Db, { debtorId, today }: { debtorId: number; today: Temporal.PlainDate }): Promise<number> {
  await tx.$queryRaw`SELECT id FROM "Debtor" WHERE id = ${debtorId} FOR UPDATE`
  const items = await insuredItems(tx, today, { debtorIds: [debtorId] })
  const noted = new Map((await tx.insuredItem.findMany({ where: { debtorId } })).map(item => [item.invoiceId, item]))
  let made = 0
  for (const kind of kinds) {
    const column = kind === 'report' ? 'reportTaskId' : 'handOverTaskId'
    const due = items.filter(item => (item[kind] === 'due' || item[kind] === 'past') && noted.get(item.invoiceId)?.[column] === null)
    const [first] = due
    if (!first) continue
    const taskId = await createTask(tx, { debtorId, about: aboutOf(kind, first, due), ...(await assignee(tx, first.policy.id)) })
    await tx.insuredItem.updateMany({ where: { invoiceId: { in: due.map(({ invoiceId }) => invoiceId) } }, data: { [column]: taskId } })
    await recordAudit(tx, { actor: 'duncan', event: 'insurance.task', subject: `debtor:${debtorId}`, detail: { task: taskId, kind, items: due.length } })
    made += 1
  }
  return made
}

function aboutOf(kind: Kind, { policy }: InsuredItem, items: readonly InsuredItem[]): TaskAbout {
  const days = items.flatMap(item => item.deadlines[kind]?.by.toString() ?? []).toSorted()
  const shared = { insurer: policy.insurer, policy: policy.number, by: days[0] ?? '', invoices: items.map(({ number }) => number) }
  return kind === 'report' ? { code: 'insurance_report', ...shared } : { code: 'insurance_hand_over', ...shared }
}

/** The colleague whom the policy names; without one a task is the debtor's collector's. */
async function assignee(tx: Db, policyId: string): Promise<{ assigneeId?: number }> {
  const { responsible } = await tx.insurancePolicy.findUniqueOrThrow({ where: { id: policyId }, select: { responsible: true } })
  const person = responsible === null ? null : await tx.staff.findFirst({ where: { key: responsible.toLowerCase(), active: true }, select: { id: true } })
  return person ? { assigneeId: person.id } : {}
}

/** What was paid, credited or handed over meanwhile, or is insured no more, is nobody's work. */
async function dropSettled(tx: Db): Promise<void> {
  await tx.$executeRaw`UPDATE "Task" t SET status = 'cancelled' WHERE t.status = 'open'
    AND t.id IN (SELECT unnest(ARRAY[m."reportTaskId", m."handOverTaskId"]) FROM "InsuredItem" m) AND NOT EXISTS (SELECT 1 FROM "InsuredItem" n JOIN "Invoice" i ON i.id = n."invoiceId" AND i.status = 'open' JOIN "InsuredDebtor" c ON c."debtorId" = n."debtorId"
      WHERE n."reportTaskId" = t.id OR (n."handOverTaskId" = t.id
        AND NOT EXISTS (SELECT 1 FROM "DunningHold" h WHERE h."debtorId" = n."debtorId" AND h.reason = 'handed_over' AND h."endedAt" IS NULL)))`
}

/** Bad news of the credit bureau that a policy wants told. */
async function tellEvents(tx: Db, now: Temporal.Instant): Promise<number> {
  const since = fromInstant(now.subtract({ hours: 24 * toldWithinDays }))
  const news = await tx.$queryRaw<{ alertId: number; debtorId: number; criterion: string; policyId: string; insurer: string; number: string }[]>`
    SELECT a.id AS "alertId", d.id AS "debtorId", a.criterion, p.id AS "policyId", p.insurer, p.number FROM "CreditAlert" a
    JOIN "CreditLink" l ON l."companyId" = a."companyId" JOIN "Debtor" d ON d.id = l."debtorId" AND d."administrationId" = a."administrationId"
    JOIN "InsuredDebtor" c ON c."debtorId" = d.id JOIN "InsurancePolicy" p ON p.id = c."policyId" AND a.criterion = ANY(p.tell)
    WHERE a.party = 'debtor' AND a."raisedAt" >= ${since} AND NOT EXISTS (SELECT 1 FROM "InsuranceEvent" e WHERE e."alertId" = a.id AND e."debtorId" = d.id)
    ORDER BY a.id, d.id`
  for (const { alertId, debtorId, criterion, policyId, insurer, number } of news) {
    const taskId = await createTask(tx, { debtorId, about: { code: 'insurance_event', insurer, policy: number, criterion }, ...(await assignee(tx, policyId)) })
    await tx.insuranceEvent.create({ data: { alertId, debtorId, taskId } })
    await recordAudit(tx, { actor: 'duncan', event: 'insurance.task', subject: `debtor:${debtorId}`, detail: { task: taskId, kind: 'event', alert: alertId } })
  }
  return news.length
}
