import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toPlainDate } from '#platform'
import { type DeadlineState, type Deadlines, deadlinesOf, type PolicyTerms, stateOf, type TermStart } from './deadlines.ts'

/** An open item of an insured debtor with its deadlines, and how they stand. */
export type InsuredItem = {
  invoiceId: number
  debtorId: number
  number: string
  openAmount: Prisma.Decimal
  currency: string
  dueOn: Temporal.PlainDate
  policy: { id: string; insurer: string; number: string; warnDays: number }
  deadlines: Deadlines
  reportedOn: Temporal.PlainDate | undefined
  /** `none`: the policy has no such term. */
  report: DeadlineState | 'none'
  handOver: DeadlineState | 'none'
}

type Row = {
  invoiceId: number
  debtorId: number
  number: string
  openAmount: Prisma.Decimal
  currency: string
  dueDate: Date
  firstDueOn: Date
  policyId: string
  insurer: string
  policyNumber: string
  warnDays: number
  extendDays: number | null
  extendFrom: TermStart | null
  reportDays: number | null
  reportFrom: TermStart | null
  handOverDays: number | null
  handOverFrom: TermStart | 'extension_end' | null
  reportedOn: Date | null
  isHandedOver: boolean
}

/** From which tables an insured item is read: `i` its invoice, `c` its cover, `p` its policy, `n` (perhaps) what is noted of it. */
const itemTables = Prisma.sql`"InsuredDebtor" c JOIN "InsurancePolicy" p ON p.id = c."policyId"
  JOIN "Invoice" i ON i."debtorId" = c."debtorId" AND i.status = 'open' AND i.kind = 'invoice' AND i."openAmount" > 0
  LEFT JOIN "InsuredItem" n ON n."invoiceId" = i.id`

const firstDueOn = Prisma.sql`COALESCE(n."firstDueOn", i."firstDueDate", i."dueDate")`

/** When it was reported; null: it was not, or that was taken back. */
const reportedOn = Prisma.sql`(SELECT max(r."reportedOn") FROM "InsuranceReportItem" x JOIN "InsuranceReport" r ON r.id = x."reportId"
  WHERE x."invoiceId" = i.id AND r."takenBackAt" IS NULL)`

const isHandedOver = Prisma.sql`EXISTS (SELECT 1 FROM "DunningHold" h WHERE h."debtorId" = i."debtorId" AND h.reason = 'handed_over' AND h."endedAt" IS NULL)`

/** The insured open items of some debtors, those that are due first; `where`: more conditions on the rows of `i`. */
export async function insuredItems(
  db: Db,
  today: Temporal.PlainDate,
  { debtorIds, where = Prisma.sql`TRUE` }: { debtorIds: readonly number[]; where?: Prisma.Sql },
): Promise<InsuredItem[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT i.id AS "invoiceId", i."debtorId", i.number, i."openAmount", i.currency, i."dueDate", ${firstDueOn} AS "firstDueOn", p.id AS "policyId", p.insurer,
      p.number AS "policyNumber", p."warnDays", p."extendDays", p."extendFrom", p."reportDays", p."reportFrom", p."handOverDays", p."handOverFrom",
      ${reportedOn} AS "reportedOn", ${isHandedOver} AS "isHandedOver"
    FROM ${itemTables} WHERE c."debtorId" = ANY(${[...debtorIds]}::int[]) AND ${where} ORDER BY i."dueDate", i.id`
  return rows.map(row => asItem(row, today))
}

function asItem(row: Row, today: Temporal.PlainDate): InsuredItem {
  const { invoiceId, debtorId, number, openAmount, currency, policyId, insurer, policyNumber, warnDays, isHandedOver: handedOver } = row
  const dueOn = toPlainDate(row.dueDate)
  const reported = row.reportedOn ? toPlainDate(row.reportedOn) : undefined
  const deadlines = deadlinesOf(termsOf(row), { dueOn, firstDueOn: toPlainDate(row.firstDueOn) })
  const stands = (deadline: Deadlines['report'], isDone: boolean) => (deadline ? stateOf(deadline, { today, warnDays, isDone }) : ('none' as const))
  return {
    invoiceId,
    debtorId,
    number,
    openAmount,
    currency,
    dueOn,
    policy: { id: policyId, insurer, number: policyNumber, warnDays },
    deadlines,
    reportedOn: reported,
    report: stands(deadlines.report, reported !== undefined),
    handOver: stands(deadlines.handOver, handedOver),
  }
}

const termsOf = ({ extendDays, extendFrom, reportDays, reportFrom, handOverDays, handOverFrom }: Row): PolicyTerms => ({
  extension: termOf(extendDays, extendFrom),
  report: termOf(reportDays, reportFrom),
  handOver: termOf(handOverDays, handOverFrom),
})

const termOf = <From>(days: number | null, from: From | null) => (days === null || from === null ? undefined : { days, from })

const start = (from: Prisma.Sql): Prisma.Sql => Prisma.sql`CASE ${from} WHEN 'original_due_date' THEN ${firstDueOn} ELSE i."dueDate" END`
const extensionEnd = Prisma.sql`(${start(Prisma.sql`p."extendFrom"`)} + p."extendDays")`
const handOverStart = Prisma.sql`CASE p."handOverFrom" WHEN 'extension_end' THEN ${extensionEnd} ELSE ${start(Prisma.sql`p."handOverFrom"`)} END`

/**
 * The debtors with an item that had to be reported or handed over and was not, as SQL rows of ("debtorId"): their cover may be lost. `scope` as in
 * `insuranceClock`.
 */
export function missedDeadlines(today: Temporal.PlainDate, scope: (debtorId: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const day = Prisma.sql`${today.toString()}::date`
  return Prisma.sql`SELECT c."debtorId" FROM ${itemTables} WHERE ${scope(Prisma.sql`c."debtorId"`)}
    AND ((${start(Prisma.sql`p."reportFrom"`)} + p."reportDays" < ${day} AND ${reportedOn} IS NULL) OR (${handOverStart} + p."handOverDays" < ${day} AND NOT ${isHandedOver}))`
}

/**
 * The same as `insuredItems` for many debtors, as SQL rows of ("debtorId", "invoiceId", "isReported", report, "handOver"); the last two as its states. `scope`: of
 * which debtors, as a condition on the column of the id.
 */
export function insuranceClock(today: Temporal.PlainDate, scope: (debtorId: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const day = Prisma.sql`${today.toString()}::date`
  return Prisma.sql`SELECT item."debtorId", item."invoiceId", item."reportDone" AS "isReported", ${stateSql('report')} AS report, ${stateSql('handOver')} AS "handOver"
    FROM (SELECT i."debtorId", i.id AS "invoiceId", p."warnDays", ${start(Prisma.sql`p."reportFrom"`)} AS "reportSince",
        ${start(Prisma.sql`p."reportFrom"`)} + p."reportDays" AS "reportBy", ${reportedOn} IS NOT NULL AS "reportDone",
        ${handOverStart} AS "handOverSince", ${handOverStart} + p."handOverDays" AS "handOverBy", ${isHandedOver} AS "handOverDone"
      FROM ${itemTables} WHERE ${scope(Prisma.sql`c."debtorId"`)}) AS item`

  function stateSql(of: 'report' | 'handOver'): Prisma.Sql {
    const column = (name: string) => Prisma.raw(`item."${of}${name}"`)
    return Prisma.sql`CASE WHEN ${column('By')} IS NULL THEN 'none' WHEN ${column('Done')} THEN 'done' WHEN ${day} <= ${column('Since')} THEN 'fine'
      WHEN ${day} > ${column('By')} THEN 'past' WHEN ${column('By')} - ${day} <= item."warnDays" THEN 'due' ELSE 'fine' END`
  }
}
