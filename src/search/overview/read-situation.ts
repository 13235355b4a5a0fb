import { Temporal } from 'temporal-polyfill'
import { withAbout } from '#ledger'
import { debtorInSight, mailboxesIn, mailInSight, type Sight } from '#people'
import { type Db, Prisma, toInstant, toPlainDate } from '#platform'
import { sqlDay } from '../fields/field.ts'
import type { Situation, StepNamed } from './next-step.ts'

/** What a card is about: it is not the next step after itself. */
export type OwnItem = { kind: 'proposal' | 'entry' | 'call' | 'task'; id: number }

type Row = {
  proposalId: number | null
  proposalSince: Date
  snoozedUntil: Date | null
  isSnoozed: boolean
  entryId: number | null
  entryKind: string
  entrySince: Date
  callOn: Date | null
  task: { title: string | null; about: unknown; dueOn: string | null } | null
  dispute: string | null
  answerDue: Date | null
  askOn: Date | null
  hold: string | null
  holdUntil: Date | null
  isPromised: boolean
  promisedOn: Date | null
  isWholePromised: boolean
  itemHold: string | null
  itemHoldUntil: Date | null
  isReachable: boolean
  underWay: StepNamed | null
  following: StepNamed | null
  planned: StepNamed | null
  plannedOn: Date | null
  overdue: number
  free: number
  days: number | null
  nextDue: Date | null
}

/** An SQL condition on a row of "Task" t: it may quote the mail that it came from. */
export const taskInSight = (sight: Sight): Prisma.Sql =>
  Prisma.sql`(t."messageId" IS NULL OR EXISTS (SELECT FROM "Message" m WHERE m.id = t."messageId" AND ${mailInSight(sight, Prisma.sql`m`)}))`

/** A step of the workflow version in a row "WorkflowVersion" v, by its place; null where there is none. */
const stepAt = (place: Prisma.Sql) =>
  Prisma.sql`(SELECT jsonb_strip_nulls(jsonb_build_object('name', s->>'name', 'title', s->>'title')) FROM (SELECT v.content->'steps'->(${place}) AS s) one WHERE s IS NOT NULL)`

const day = (date: Date | null): Temporal.PlainDate | null => date && toPlainDate(date)

/**
 * What the next step of a debtor is read from, in one query: of each kind that which counts first. Decisions on mails are told only where
 * their mailbox is in sight. A step for a central file is one of each debtor whose items it is about.
 */
export async function readSituation(
  db: Db,
  sight: Sight,
  debtor: { id: number; timeZone: string; today: Temporal.PlainDate },
  own?: OwnItem,
): Promise<Situation> {
  const today = sqlDay(debtor.today)
  const notOwn = (kind: OwnItem['kind'], column: Prisma.Sql) => (own?.kind === kind ? Prisma.sql`${column} <> ${own.id}` : Prisma.sql`TRUE`)
  const keys = mailboxesIn(sight)
  const mailSeen =
    keys === 'all'
      ? Prisma.sql`TRUE`
      : Prisma.sql`(e."mailboxId" IS NULL OR EXISTS (SELECT FROM "Mailbox" b WHERE b.id = e."mailboxId" AND b.key = ANY(${keys}::text[])))`
  const proposals = Prisma.sql`FROM "Proposal" o JOIN "Message" m ON m.id = o."messageId"
    WHERE o."debtorId" = ${debtor.id} AND ${notOwn('proposal', Prisma.sql`o.id`)} AND ${mailInSight(sight, Prisma.sql`m`)}`
  const [row] = await db.$queryRaw<Row[]>`
    WITH item AS (SELECT d.* FROM "DunningItem" d WHERE d."debtorId" = ${debtor.id}),
      action AS (SELECT a.* FROM "DunningAction" a WHERE a.id IN (SELECT "actionId" FROM item WHERE "actionId" IS NOT NULL)),
      hold AS (SELECT h.* FROM "DunningHold" h WHERE h."debtorId" = ${debtor.id} AND h."endedAt" IS NULL AND (h."until" IS NULL OR h."until" >= ${today})),
      promise AS (SELECT p.*, ARRAY(SELECT l."invoiceId" FROM "PromiseInvoice" l WHERE l."promiseId" = p.id) AS items
        FROM "PromiseToPay" p WHERE p."debtorId" = ${debtor.id} AND p.status = 'open')
    SELECT waiting.id AS "proposalId", waiting."createdAt" AS "proposalSince", snoozed."snoozedUntil", snoozed.id IS NOT NULL AS "isSnoozed",
      entry.id AS "entryId", entry.kind AS "entryKind", entry."createdAt" AS "entrySince", call.on AS "callOn", task.told AS task,
      dispute.reason AS dispute, dispute."answerDue", late."promisedOn" AS "askOn",
      whole.reason AS hold, whole."until" AS "holdUntil", promised.id IS NOT NULL AS "isPromised", promised."promisedOn",
      COALESCE(cardinality(promised.items) = 0, FALSE) AS "isWholePromised", single.reason AS "itemHold", single."until" AS "itemHoldUntil",
      EXISTS (SELECT FROM "Contact" c WHERE c."debtorId" = ${debtor.id} AND c.email IS NOT NULL AND c.verified AND c."emailStatus" <> 'bounced') AS "isReachable",
      taken.now AS "underWay", taken.following, planned.step AS planned, planned."nextOn" AS "plannedOn", due.*
    FROM (SELECT (count(*) FILTER (WHERE late))::int AS overdue, (count(*) FILTER (WHERE late AND NOT held))::int AS free,
        max(${today} - "dueDate") FILTER (WHERE late AND NOT held) AS days, min("dueDate") FILTER (WHERE NOT late) AS "nextDue"
      FROM (SELECT i."dueDate", i."dueDate" < ${today} AS late, EXISTS (SELECT FROM hold WHERE "invoiceId" = i.id AND amount IS NULL)
          OR EXISTS (SELECT FROM promise WHERE i.id = ANY(items)) AS held
        FROM "Invoice" i WHERE i."debtorId" = ${debtor.id} AND i.status = 'open' AND i.kind = 'invoice') each) due
    LEFT JOIN LATERAL (SELECT o.id, o."createdAt" ${proposals} AND o.status IN ('open', 'awaiting_second') ORDER BY o.id LIMIT 1) waiting ON TRUE
    LEFT JOIN LATERAL (SELECT o.id, o."snoozedUntil" ${proposals} AND o.status = 'snoozed' ORDER BY o.id LIMIT 1) snoozed ON TRUE
    LEFT JOIN LATERAL (SELECT e.id, e.kind, e."createdAt" FROM "DebtorEntry" e
      WHERE (e."debtorId" = ${debtor.id} OR e.id = ANY(ARRAY(SELECT "entryId" FROM action))) AND e.status IN ('proposed', 'awaiting_second')
        AND ${notOwn('entry', Prisma.sql`e.id`)} AND ${debtorInSight(sight, Prisma.sql`e."debtorId"`)} AND ${mailSeen} ORDER BY e.id LIMIT 1) entry ON TRUE
    LEFT JOIN LATERAL (SELECT COALESCE(a."callOn", a."plannedOn") AS on FROM "DunningAction" a
      WHERE (a."debtorId" = ${debtor.id} OR a.id = ANY(ARRAY(SELECT id FROM action))) AND a.type = 'call' AND a.status = 'open'
        AND ${notOwn('call', Prisma.sql`a.id`)} ORDER BY a.id LIMIT 1) call ON TRUE
    LEFT JOIN LATERAL (SELECT jsonb_build_object('title', t.title, 'about', t.about, 'dueOn', t."dueOn") AS told FROM "Task" t
      WHERE t."debtorId" = ${debtor.id} AND t.status = 'open' AND ${taskInSight(sight)} AND ${notOwn('task', Prisma.sql`t.id`)} ORDER BY t."dueOn" NULLS LAST, t.id LIMIT 1) task ON TRUE
    LEFT JOIN LATERAL (SELECT s.reason, s."answerDue" FROM "Dispute" s WHERE s."debtorId" = ${debtor.id} AND s.status = 'open' ORDER BY s.id DESC LIMIT 1) dispute ON TRUE
    LEFT JOIN LATERAL (SELECT "promisedOn" FROM promise WHERE "promisedOn" < ${today} ORDER BY id DESC LIMIT 1) late ON TRUE
    LEFT JOIN LATERAL (SELECT reason, "until" FROM hold WHERE "invoiceId" IS NULL ORDER BY id LIMIT 1) whole ON TRUE
    LEFT JOIN LATERAL (SELECT id, "promisedOn", items FROM promise WHERE cardinality(items) = 0 OR due.free = 0 ORDER BY id DESC LIMIT 1) promised ON TRUE
    LEFT JOIN LATERAL (SELECT reason, "until" FROM hold WHERE "invoiceId" IS NOT NULL ORDER BY id LIMIT 1) single ON TRUE
    LEFT JOIN LATERAL (SELECT ${stepAt(Prisma.sql`a.step`)} AS now, ${stepAt(Prisma.sql`a.step + 1`)} AS following
      FROM action a JOIN "WorkflowVersion" v ON v.id = a."versionId" ORDER BY a.id DESC LIMIT 1) taken ON TRUE
    LEFT JOIN LATERAL (SELECT item."nextOn", ${stepAt(Prisma.sql`item.step`)} AS step FROM item JOIN "WorkflowVersion" v ON v.id = item."versionId"
      -- A day that is past is of a plan that is to be made anew.
      WHERE item."actionId" IS NULL AND item."nextOn" > ${today} ORDER BY item."nextOn", item.step DESC, item."invoiceId" LIMIT 1) planned ON TRUE`
  if (!row) throw new Error(`Nothing was read of debtor ${debtor.id}`)
  return situationOf(row, debtor.timeZone)
}

function situationOf(row: Row, timeZone: string): Situation {
  const snoozedUntil = row.snoozedUntil && toInstant(row.snoozedUntil).toZonedDateTimeISO(timeZone).toPlainDate()
  return {
    ...(row.proposalId !== null && { proposal: { id: row.proposalId, since: row.proposalSince } }),
    ...(row.isSnoozed && { snoozed: { until: snoozedUntil } }),
    ...(row.entryId !== null && { entry: { id: row.entryId, what: row.entryKind, since: row.entrySince } }),
    ...(row.callOn && { call: { on: toPlainDate(row.callOn) } }),
    ...(row.task && { task: { ...withAbout(row.task), dueOn: row.task.dueOn === null ? null : Temporal.PlainDate.from(row.task.dueOn) } }),
    ...(row.dispute !== null && { dispute: { reason: row.dispute, answerDue: day(row.answerDue) } }),
    ...(row.askOn && { latePromise: { promisedOn: toPlainDate(row.askOn) } }),
    ...(row.hold !== null && { hold: { reason: row.hold, until: day(row.holdUntil) } }),
    ...(row.isPromised && { promise: { until: day(row.promisedOn) } }),
    ...(row.itemHold !== null && { itemHold: { reason: row.itemHold, until: day(row.itemHoldUntil) } }),
    ...(row.underWay && { underWay: { step: row.underWay, following: row.following } }),
    ...(row.plannedOn && row.planned && { planned: { on: toPlainDate(row.plannedOn), step: row.planned } }),
    isReachable: row.isReachable,
    items: { overdue: row.overdue, free: row.free, oldestFreeDays: row.days ?? 0, nextDue: day(row.nextDue) },
  }
}
