import type { Temporal } from 'temporal-polyfill'
import { debtorInSight } from '#people'
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

/** Counts of each step in the order of its workflow, then its amounts. Everything is joined set by set: a look-up for each action would take hours of a large book. */
const resultRows = (db: Db, scope: ResultScope): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH ${cameOfActions(scope)},
  settled AS MATERIALIZED (
    SELECT c.action, sum(c.due) AS due, ${perWindow(days => `sum(c.whole${days}) AS whole${days}, sum(c.part${days}) AS part${days}`)} FROM came c GROUP BY 1),
  said AS MATERIALIZED (
    SELECT k.action, min(p.day) AS day FROM asked k JOIN (
      SELECT q."debtorId", COALESCE(q."saidOn", q."createdAt"::date) AS day, x."invoiceId" FROM "PromiseToPay" q LEFT JOIN "PromiseInvoice" x ON x."promiseId" = q.id
      WHERE q.status <> 'cancelled' AND COALESCE(q."saidOn", q."createdAt"::date) >= ${fromPlainDate(scope.from)}::date
    ) AS p ON p."debtorId" = k.owner AND (p."invoiceId" IS NULL OR p."invoiceId" = k.invoice)
    WHERE p.day >= k.day AND (k.until IS NULL OR p.day < k.until) GROUP BY 1),
  claim AS MATERIALIZED (
    SELECT k.action, min(p.day) AS day FROM asked k JOIN (
      SELECT q."debtorId", q."createdAt"::date AS day, x."invoiceId" FROM "Dispute" q LEFT JOIN "DisputeInvoice" x ON x."disputeId" = q.id
      WHERE q."createdAt"::date >= ${fromPlainDate(scope.from)}::date
    ) AS p ON p."debtorId" = k.owner AND (p."invoiceId" IS NULL OR p."invoiceId" = k.invoice)
    WHERE p.day >= k.day AND (k.until IS NULL OR p.day < k.until) GROUP BY 1),
  bounce AS MATERIALIZED (
    SELECT m."receivedAt" AS at, lower(b ->> 'recipient') AS address FROM "Message" m CROSS JOIN LATERAL jsonb_array_elements(m.findings -> 'bounce') AS b
    WHERE m.kind = 'bounce' AND m."receivedAt" >= ${fromPlainDate(scope.from)} AND NOT COALESCE((b ->> 'isLate')::boolean, FALSE)),
  back AS MATERIALIZED (
    SELECT a.id AS action, min(b.at)::date AS day FROM action a JOIN "OutboundMail" o ON o."entryId" = a."entryId" CROSS JOIN LATERAL unnest(o."to") AS t(address)
      JOIN bounce b ON b.address = t.address AND b.at >= o."sentAt"
    WHERE NOT EXISTS (SELECT FROM "DunningAction" n WHERE n."debtorId" = a.debtor AND n.status = 'done' AND n.track = 'outside' AND (n."doneOn", n.id) > (a.day, a.id)
      AND n."doneOn" <= b.at::date) GROUP BY 1),
  judged AS (
    SELECT a.workflow, a.step, a.position, a.channel, ${perWindow(
      days => `CASE WHEN a.day + ${days} > a.known THEN 'running' WHEN COALESCE(s.due, 0) = 0 THEN 'credited' WHEN s.whole${days} = s.due THEN 'paid' WHEN s.part${days} > 0 THEN 'partly'
        WHEN claim.day <= a.day + ${days} THEN 'disputed' WHEN said.day <= a.day + ${days} THEN 'promised' WHEN back.day <= a.day + ${days} THEN 'bounced' ELSE 'nothing' END AS outcome${days}`,
    )}
    FROM action a LEFT JOIN settled s ON s.action = a.id LEFT JOIN said ON said.action = a.id LEFT JOIN claim ON claim.action = a.id LEFT JOIN back ON back.action = a.id),
  counted AS MATERIALIZED (SELECT workflow, step, channel, min(position) AS position, count(*)::int AS count, outcome7, outcome14, outcome30 FROM judged GROUP BY 1, 2, 3, 6, 7, 8),
  summed AS MATERIALIZED (
    SELECT a.workflow, a.step, a.channel, c.currency, sum(c.items)::int AS count, sum(c.asked) AS asked, ${perWindow(
      days =>
        `COALESCE(sum(c.asked) FILTER (WHERE a.day + ${days} <= a.known), 0) AS asked${days}, COALESCE(sum(c.came${days}) FILTER (WHERE a.day + ${days} <= a.known), 0) AS came${days}`,
    )}
    FROM action a JOIN came c ON c.action = a.id GROUP BY 1, 2, 3, 4)
  SELECT workflow, step, channel, count, min(position) OVER (PARTITION BY workflow, step, channel) AS position, outcome7, outcome14, outcome30,
    NULL AS currency, NULL AS asked, ${perWindow(days => `NULL AS asked${days}, NULL AS came${days}`)} FROM counted
  UNION ALL SELECT workflow, step, channel, count, NULL, NULL, NULL, NULL, currency, asked, ${perWindow(days => `asked${days}, came${days}`)} FROM summed
  ORDER BY workflow, position, channel, step, currency`

/** The same columns for each window, by a text without anything that came from outside. */
const perWindow = (columns: (days: Window) => string): Prisma.Sql => Prisma.raw(windows.map(columns).join(', '))

/**
 * Common table expressions: `action`, done in the period; `asked`, their items with the day of the next action about each; `came`, of each action
 * and currency, what was paid within each window before that, never more than was asked for, and how many items were so in whole or in part.
 */
function cameOfActions({ context: { sight, today }, from, debtors }: ResultScope): Prisma.Sql {
  return Prisma.sql`
    ${moneyKnown},
    action AS MATERIALIZED (
      SELECT act.id, act."doneOn" AS day, v.workflow, act."stepName" AS step, act.step AS position, act.type AS channel, act."entryId", act."debtorId" AS debtor,
        COALESCE(k.until, '0001-01-01'::date) AS known
      FROM "DunningAction" act JOIN "WorkflowVersion" v ON v.id = act."versionId" JOIN "Debtor" d ON d.id = act."debtorId" JOIN known k ON k.id = d."administrationId"
      WHERE act.status = 'done' AND act.track = 'outside' AND act."doneOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
        AND ${debtorInSight(sight, Prisma.sql`act."debtorId"`)} AND ${debtors ? Prisma.sql`act."debtorId" = ANY(${[...debtors]}::int[])` : Prisma.sql`TRUE`}),
    item AS (
      SELECT i."actionId", i."invoiceId", i.amount, i.currency, b."doneOn" AS day, lead(b."doneOn") OVER (PARTITION BY i."invoiceId" ORDER BY b."doneOn", b.id) AS until
      FROM "DunningAction" b JOIN "DunningActionItem" i ON i."actionId" = b.id WHERE b.status = 'done' AND b.track = 'outside' AND b."doneOn" >= ${fromPlainDate(from)}::date),
    asked AS MATERIALIZED (
      SELECT i."actionId" AS action, v.id AS invoice, v."debtorId" AS owner, i.amount, i.currency, i.day, COALESCE(v."closedReason", '') = 'credited' AS credited, i.until
      FROM item i JOIN "Invoice" v ON v.id = i."invoiceId" WHERE i."actionId" IN (SELECT id FROM action)),
    ${moneyOf(Prisma.sql`asked`)},
    paid AS MATERIALIZED (
      SELECT action, currency, ${perWindow(
        days => `sum(came${days}) AS came${days}, count(*) FILTER (WHERE NOT credited AND came${days} >= amount) AS whole${days},
          count(*) FILTER (WHERE NOT credited AND came${days} > 0) AS part${days}`,
      )}
      FROM (
        SELECT k.action, k.invoice, k.currency, k.amount, k.credited, ${perWindow(
          days => `LEAST(k.amount, GREATEST(COALESCE(sum(m.amount) FILTER (WHERE m.day <= k.day + ${days}), 0), 0)) AS came${days}`,
        )}
        FROM asked k LEFT JOIN money m ON m.invoice = k.invoice AND m.day > k.day AND (k.until IS NULL OR m.day <= k.until)
        WHERE m.invoice IS NOT NULL OR k.amount <= 0 GROUP BY 1, 2, 3, 4, 5) AS one GROUP BY 1, 2),
    came AS MATERIALIZED (
      SELECT k.*, ${perWindow(days => `COALESCE(p.came${days}, 0) AS came${days}, COALESCE(p.whole${days}, 0) AS whole${days}, COALESCE(p.part${days}, 0) AS part${days}`)}
      FROM (SELECT action, currency, count(*) AS items, sum(amount) AS asked, count(*) FILTER (WHERE NOT credited) AS due FROM asked GROUP BY 1, 2) AS k
        LEFT JOIN paid p ON p.action = k.action AND p.currency = k.currency)`
}
