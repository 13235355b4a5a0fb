import type { Temporal } from 'temporal-polyfill'
import { debtorInSight, type Sight } from '#people'
import { type Db, fromPlainDate, Prisma } from '#platform'
import type { SearchContext } from '#search'
import { moneyKnown, moneyOf } from './money-of.ts'

/** How many days a payment may take to count for what was done before it. */
export const windows = [7, 14, 30] as const
export type Window = (typeof windows)[number]

/**
 * What came of an action within a window: all that it asked for was paid, or some of it; else what was disputed, promised or sent back first in this
 * order; `credited`: we asked for nothing any more. `running`: the window has not passed, or payments are not known to its end.
 */
export const actionOutcomes = ['paid', 'partly', 'disputed', 'promised', 'bounced', 'credited', 'nothing', 'running'] as const
export type ActionOutcome = (typeof actionOutcomes)[number]

/** How many actions had each outcome: they add up to all that were done. */
type Outcomes = Record<ActionOutcome, number>

/** Sums in one currency of what was asked for. Of each window only what was asked by actions whose window has passed, and what came of that. */
type AskedAmount = { currency: string; items: number; asked: Prisma.Decimal; windows: Record<Window, { asked: Prisma.Decimal; came: Prisma.Decimal }> }

export type ChannelResult = {
  /** email | letter | sms | call | hand_over */
  channel: string
  sent: number
  outcomes: Record<Window, Outcomes>
  amounts: AskedAmount[]
}
export type StepResult = ChannelResult & { workflow: string; step: string }

/** Which actions: those that were done from a day on, of these debtors alone where they are given, all as the asker sees them. */
export type ResultScope = { context: Pick<SearchContext, 'sight' | 'today'>; from: Temporal.PlainDate; debtors?: ReadonlySet<number> | undefined }

/**
 * What came of everything that reached debtors, by step and by channel; channels are the sums of their steps. Money, promises and disputes count
 * for one action: the last one about the item before them. A payment of the very day was on its way already and counts for what came before; a
 * promise or a dispute of that day answers it.
 */
export async function readChannelResults(db: Db, scope: ResultScope): Promise<{ channels: ChannelResult[]; steps: StepResult[] }> {
  const rows = await resultRows(db, scope)
  const steps = [...Map.groupBy(rows, stepKey).values()].map(stepResult)
  const order = ['email', 'letter', 'sms', 'call', 'hand_over']
  const channels = [...Map.groupBy(steps, ({ channel }) => channel)].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([, own]) => sumOf(own))
  return { channels, steps }
}

type StepRow = { workflow: string; step: string; channel: string; count: number }
/** How many actions ended alike in all windows. */
type CountRow = StepRow & { currency: null } & Record<`outcome${Window}`, ActionOutcome>
/** Items in one currency. */
type AmountRow = StepRow & { currency: string; asked: Prisma.Decimal } & Record<`asked${Window}` | `came${Window}`, Prisma.Decimal>
type Row = CountRow | AmountRow

const stepKey = ({ workflow, step, channel }: Row): string => `${workflow} ${step} ${channel}`

const countOf = (rows: readonly CountRow[]): number => rows.reduce((sum, { count }) => sum + count, 0)

function stepResult(rows: readonly Row[]): StepResult {
  const [{ workflow, step, channel } = { workflow: '', step: '', channel: '' }] = rows
  const counts = rows.filter(row => row.currency === null)
  return {
    workflow,
    step,
    channel,
    sent: countOf(counts),
    outcomes: byWindow(days => outcomesOf(outcome => countOf(counts.filter(row => row[`outcome${days}`] === outcome)))),
    amounts: rows
      .filter(row => row.currency !== null)
      .map(row => ({
        currency: row.currency,
        items: row.count,
        asked: row.asked,
        windows: byWindow(days => ({ asked: row[`asked${days}`], came: row[`came${days}`] })),
      })),
  }
}

/** Several steps as one line of their channel. */
function sumOf(steps: readonly StepResult[]): ChannelResult {
  const currencies = Map.groupBy(
    steps.flatMap(({ amounts }) => amounts),
    ({ currency }) => currency,
  )
  return {
    channel: steps[0]?.channel ?? '',
    sent: steps.reduce((sum, { sent }) => sum + sent, 0),
    outcomes: byWindow(days => outcomesOf(outcome => steps.reduce((sum, { outcomes }) => sum + outcomes[days][outcome], 0))),
    amounts: [...currencies].map(([currency, own]) => ({
      currency,
      items: own.reduce((sum, { items }) => sum + items, 0),
      asked: total(own.map(({ asked }) => asked)),
      windows: byWindow(days => ({ asked: total(own.map(each => each.windows[days].asked)), came: total(own.map(each => each.windows[days].came)) })),
    })),
  }
}

const byWindow = <T>(make: (days: Window) => T): Record<Window, T> => ({ 7: make(7), 14: make(14), 30: make(30) })
const outcomesOf = (make: (outcome: ActionOutcome) => number): Outcomes =>
  Object.fromEntries(actionOutcomes.map(outcome => [outcome, make(outcome)])) as Outcomes
const total = (amounts: readonly Prisma.Decimal[]): Prisma.Decimal => amounts.reduce((sum, amount) => sum.add(amount), new Prisma.Decimal(0))

/**
 * Counts of each step in the order of its workflow, then its amounts. Everything is joined set by set: a look-up for each action would take hours
 * of a large book. It goes out from what came, and looks for the action before it: what nothing came of is only counted and added up.
 */
const resultRows = (db: Db, scope: ResultScope): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH ${moneyKnown},
  ${actionsAndItems(scope)},
  ${moneyOf(Prisma.sql`item`)},
  ${cameOfItems(scope)},
  judged AS (
    SELECT a.workflow, a.step, a.position, a.channel, ${perWindow(
      days => `CASE WHEN a.day + ${days} > a.known THEN 'running' WHEN p.due = 0 THEN 'credited' WHEN p.whole${days} = p.due THEN 'paid' WHEN p.part${days} > 0 THEN 'partly'
        WHEN w.disputed <= a.day + ${days} THEN 'disputed' WHEN w.promised <= a.day + ${days} THEN 'promised' WHEN back.day <= a.day + ${days} THEN 'bounced' ELSE 'nothing' END AS outcome${days}`,
    )}
    FROM action a LEFT JOIN settled p ON p.action = a.id LEFT JOIN answered w ON w.action = a.id LEFT JOIN back ON back.action = a.id),
  counted AS MATERIALIZED (SELECT workflow, step, channel, min(position) AS position, count(*)::int AS count, outcome7, outcome14, outcome30 FROM judged GROUP BY 1, 2, 3, 6, 7, 8),
  summed AS MATERIALIZED (
    SELECT workflow, step, channel, currency, sum(items)::int AS count, sum(asked) AS asked, ${perWindow(
      days =>
        `COALESCE(sum(asked) FILTER (WHERE day + ${days} <= known), 0) AS asked${days}, COALESCE(sum(came${days}) FILTER (WHERE day + ${days} <= known), 0) AS came${days}`,
    )}
    FROM (SELECT a.workflow, a.step, a.channel, a.day, a.known, i.currency, count(*) AS items, sum(i.amount) AS asked, ${perWindow(days => `0 AS came${days}`)}
        FROM action a JOIN item i ON i.action = a.id GROUP BY 1, 2, 3, 4, 5, 6
      UNION ALL SELECT a.workflow, a.step, a.channel, a.day, a.known, c.currency, 0, 0, ${perWindow(days => `c.came${days}`)} FROM action a JOIN came c ON c.action = a.id) AS part
    GROUP BY 1, 2, 3, 4)
  SELECT workflow, step, channel, count, min(position) OVER (PARTITION BY workflow, step, channel) AS position, outcome7, outcome14, outcome30,
    NULL AS currency, NULL AS asked, ${perWindow(days => `NULL AS asked${days}, NULL AS came${days}`)} FROM counted
  UNION ALL SELECT workflow, step, channel, count, NULL, NULL, NULL, NULL, currency, asked, ${perWindow(days => `asked${days}, came${days}`)} FROM summed
  ORDER BY workflow, position, channel, step, currency`

/** The same columns for each window, by a text without anything that came from outside. */
const perWindow = (columns: (days: Window) => string): Prisma.Sql => Prisma.raw(windows.map(columns).join(', '))

/**
 * Common table expressions: `action`, done in the period and in scope; `item`, what every action since its first day asked for, of other scopes, too:
 * what came of those is not to count for an earlier one.
 */
const actionsAndItems = ({ context: { sight, today }, from, debtors }: ResultScope): Prisma.Sql => Prisma.sql`
  action AS MATERIALIZED (
    SELECT act.id, act."doneOn" AS day, v.workflow, act."stepName" AS step, act.step AS position, act.type AS channel, act."entryId", act."debtorId" AS debtor,
      COALESCE(k.until, '0001-01-01'::date) AS known, k."timeZone"
    FROM "DunningAction" act JOIN "WorkflowVersion" v ON v.id = act."versionId" JOIN "Debtor" d ON d.id = act."debtorId" JOIN known k ON k.id = d."administrationId"
    WHERE act.status = 'done' AND act.track = 'outside' AND act."doneOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
      AND ${debtorInSight(sight, Prisma.sql`act."debtorId"`)} AND ${debtors ? Prisma.sql`act."debtorId" = ANY(${[...debtors]}::int[])` : Prisma.sql`TRUE`}),
  item AS MATERIALIZED (
    SELECT i."actionId" AS action, b."doneOn" AS day, i."invoiceId" AS invoice, i.amount, i.currency FROM "DunningAction" b JOIN "DunningActionItem" i ON i."actionId" = b.id
    WHERE b.status = 'done' AND b.track = 'outside' AND b."doneOn" >= ${fromPlainDate(from)}::date ${itemsInSight(sight)})`

/** An action about a central file has items of several debtors: those out of sight are none of the asker's. */
const itemsInSight = (sight: Sight): Prisma.Sql =>
  sight.administrations === 'all' && sight.accounts === undefined
    ? Prisma.empty
    : Prisma.sql`AND i."invoiceId" IN (SELECT v.id FROM "Invoice" v WHERE ${debtorInSight(sight, Prisma.sql`v."debtorId"`)})`

/**
 * Common table expressions: `came`, of each item that was paid what came within each window, never more than was asked for; `settled`, of each action
 * how many items it asked for and how many of them were paid in whole or in part; `answered`, when it was promised or disputed; `back`, when it was sent back.
 */
const cameOfItems = ({ from }: ResultScope): Prisma.Sql => Prisma.sql`
  came AS MATERIALIZED (
    SELECT action, invoice, currency, amount, ${perWindow(days => `LEAST(amount, GREATEST(COALESCE(sum(paid) FILTER (WHERE "paidOn" <= day + ${days}), 0), 0)) AS came${days}`)}
    FROM (SELECT DISTINCT ON (m.invoice, m.day) i.action, i.day, i.invoice, i.currency, i.amount, m.day AS "paidOn", m.amount AS paid
      FROM (SELECT invoice, day, sum(amount) AS amount FROM money GROUP BY 1, 2) AS m JOIN item i ON i.invoice = m.invoice AND i.day < m.day ORDER BY m.invoice, m.day, i.day DESC, i.action DESC) AS last GROUP BY 1, 2, 3, 4),
  credited AS MATERIALIZED (SELECT i.action, i.invoice FROM "Invoice" v JOIN item i ON i.invoice = v.id WHERE v."closedReason" = 'credited'),
  settled AS MATERIALIZED (
    SELECT action, sum(due) AS due, ${perWindow(days => `sum(whole${days}) AS whole${days}, sum(part${days}) AS part${days}`)}
    FROM (
      SELECT action, count(*) AS due, ${perWindow(days => `0 AS whole${days}, 0 AS part${days}`)} FROM item
        WHERE action IN (SELECT action FROM came UNION ALL SELECT action FROM credited) GROUP BY 1
      UNION ALL SELECT action, -1, ${perWindow(() => '0, 0')} FROM credited
      UNION ALL SELECT action, 0, ${perWindow(days => `(came${days} >= amount)::int, (came${days} > 0)::int`)} FROM came
        WHERE NOT EXISTS (SELECT FROM credited WHERE credited.action = came.action AND credited.invoice = came.invoice)) AS part GROUP BY 1),
  answer AS (
    SELECT v.id AS invoice, COALESCE(q.day, (q.at AT TIME ZONE k."timeZone")::date) AS day, q."isDispute" FROM (
      SELECT p."debtorId", x."invoiceId", p."saidOn" AS day, p."createdAt" AS at, FALSE AS "isDispute" FROM "PromiseToPay" p LEFT JOIN "PromiseInvoice" x ON x."promiseId" = p.id
        WHERE p.status <> 'cancelled' AND COALESCE(p."saidOn", p."createdAt"::date) >= ${fromPlainDate(from)}::date - 1
      UNION ALL SELECT d."debtorId", x."invoiceId", NULL, d."createdAt", TRUE FROM "Dispute" d LEFT JOIN "DisputeInvoice" x ON x."disputeId" = d.id
        WHERE d."createdAt"::date >= ${fromPlainDate(from)}::date - 1) AS q
    JOIN "Invoice" v ON v."debtorId" = q."debtorId" AND (q."invoiceId" IS NULL OR q."invoiceId" = v.id) JOIN known k ON k.id = v."administrationId"),
  answered AS MATERIALIZED (
    SELECT action, min(day) FILTER (WHERE "isDispute") AS disputed, min(day) FILTER (WHERE NOT "isDispute") AS promised
    FROM (SELECT DISTINCT ON (w.invoice, w.day, w."isDispute") i.action, w.day, w."isDispute" FROM answer w JOIN item i ON i.invoice = w.invoice AND i.day <= w.day
      ORDER BY w.invoice, w.day, w."isDispute", i.day DESC, i.action DESC) AS last GROUP BY 1),
  bounce AS MATERIALIZED (
    SELECT m."receivedAt" AS at, lower(b ->> 'recipient') AS address FROM "Message" m CROSS JOIN LATERAL jsonb_array_elements(m.findings -> 'bounce') AS b
    WHERE m.kind = 'bounce' AND m."receivedAt" >= ${fromPlainDate(from)} AND NOT COALESCE((b ->> 'isLate')::boolean, FALSE)),
  back AS MATERIALIZED (
    SELECT a.id AS action, min((b.at AT TIME ZONE a."timeZone")::date) AS day FROM action a JOIN "OutboundMail" o ON o."entryId" = a."entryId" CROSS JOIN LATERAL unnest(o."to") AS t(address)
      JOIN bounce b ON b.address = lower(t.address) AND b.at >= o."sentAt"
    WHERE NOT EXISTS (SELECT FROM "DunningAction" n WHERE n."debtorId" = a.debtor AND n.status = 'done' AND n.track = 'outside' AND (n."doneOn", n.id) > (a.day, a.id)
      AND n."doneOn" <= (b.at AT TIME ZONE a."timeZone")::date) GROUP BY 1)`
