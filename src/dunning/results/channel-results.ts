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
  const [counts, amounts] = await Promise.all([countRows(db, scope), amountRows(db, scope)])
  const steps = [...Map.groupBy(counts, stepKey).values()].map(own => stepResult(own, amounts))
  const order = ['email', 'letter', 'sms', 'call', 'hand_over']
  const channels = [...Map.groupBy(steps, ({ channel }) => channel)].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([, own]) => sumOf(own))
  return { channels, steps }
}

type StepRow = { workflow: string; step: string; channel: string }
type CountRow = StepRow & { days: Window; outcome: ActionOutcome; count: number }
type AmountRow = StepRow & { currency: string; items: number; asked: Prisma.Decimal } & Record<`asked${Window}` | `came${Window}`, Prisma.Decimal>

const stepKey = ({ workflow, step, channel }: StepRow): string => `${workflow} ${step} ${channel}`

function stepResult(rows: readonly CountRow[], amounts: readonly AmountRow[]): StepResult {
  const [{ workflow, step, channel } = { workflow: '', step: '', channel: '' }] = rows
  const outcomes = byWindow(days => outcomesOf(outcome => rows.find(row => row.days === days && row.outcome === outcome)?.count ?? 0))
  const own = amounts.filter(row => stepKey(row) === stepKey({ workflow, step, channel }))
  return {
    workflow,
    step,
    channel,
    sent: actionOutcomes.reduce((sum, outcome) => sum + outcomes[7][outcome], 0),
    outcomes,
    amounts: own.map(row => ({
      currency: row.currency,
      items: row.items,
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

const countRows = (db: Db, scope: ResultScope): Promise<CountRow[]> => db.$queryRaw<CountRow[]>`
  WITH ${cameOfActions(scope)},
  bounce AS MATERIALIZED (
    SELECT m."receivedAt" AS at, lower(b ->> 'recipient') AS address FROM "Message" m CROSS JOIN LATERAL jsonb_array_elements(m.findings -> 'bounce') AS b
    WHERE m.kind = 'bounce' AND m."receivedAt" >= ${fromPlainDate(scope.from)} AND NOT COALESCE((b ->> 'isLate')::boolean, FALSE)),
  reply AS (
    SELECT a.id, said.day AS promised, claim.day AS disputed, back.day AS bounced FROM action a
    LEFT JOIN LATERAL (
      SELECT min(COALESCE(p."saidOn", p."createdAt"::date)) AS day FROM asked k JOIN "PromiseToPay" p ON p."debtorId" = k.owner AND p.status <> 'cancelled'
      WHERE k.action = a.id AND COALESCE(p."saidOn", p."createdAt"::date) >= k.day AND (k.until IS NULL OR COALESCE(p."saidOn", p."createdAt"::date) < k.until)
        AND (NOT EXISTS (SELECT FROM "PromiseInvoice" x WHERE x."promiseId" = p.id) OR EXISTS (SELECT FROM "PromiseInvoice" x WHERE x."promiseId" = p.id AND x."invoiceId" = k.invoice))
    ) AS said ON TRUE
    LEFT JOIN LATERAL (
      SELECT min(q."createdAt"::date) AS day FROM asked k JOIN "Dispute" q ON q."debtorId" = k.owner
      WHERE k.action = a.id AND q."createdAt"::date >= k.day AND (k.until IS NULL OR q."createdAt"::date < k.until)
        AND (NOT EXISTS (SELECT FROM "DisputeInvoice" x WHERE x."disputeId" = q.id) OR EXISTS (SELECT FROM "DisputeInvoice" x WHERE x."disputeId" = q.id AND x."invoiceId" = k.invoice))
    ) AS claim ON TRUE
    LEFT JOIN LATERAL (
      SELECT min(b.at)::date AS day FROM "OutboundMail" o JOIN bounce b ON b.at >= o."sentAt" AND b.address = ANY(o."to")
      WHERE o."entryId" = a."entryId" AND (a.until IS NULL OR b.at::date < a.until)
    ) AS back ON TRUE),
  judged AS (
    SELECT a.workflow, a.step, a.position, a.channel, w.days,
      CASE WHEN a.day + w.days > a.known THEN 'running' WHEN w.items = 0 THEN 'credited' WHEN w.whole = w.items THEN 'paid' WHEN w.some > 0 THEN 'partly'
        WHEN r.disputed <= a.day + w.days THEN 'disputed' WHEN r.promised <= a.day + w.days THEN 'promised' WHEN r.bounced <= a.day + w.days THEN 'bounced'
        ELSE 'nothing' END AS outcome
    FROM action a JOIN reply r ON r.id = a.id CROSS JOIN LATERAL (
      SELECT v.days, count(c.invoice) FILTER (WHERE NOT c.credited) AS items, count(*) FILTER (WHERE NOT c.credited AND v.came >= c.amount) AS whole,
        count(*) FILTER (WHERE NOT c.credited AND v.came > 0) AS some
      FROM (VALUES (7), (14), (30)) AS s(days) LEFT JOIN came c ON c.action = a.id
      CROSS JOIN LATERAL (SELECT s.days, CASE s.days WHEN 7 THEN c.came7 WHEN 14 THEN c.came14 ELSE c.came30 END AS came) AS v GROUP BY v.days
    ) AS w)
  SELECT workflow, step, channel, days, outcome, count(*)::int AS count FROM judged GROUP BY 1, 2, 3, 4, 5 ORDER BY workflow, min(position), channel, days, outcome`

const amountRows = (db: Db, scope: ResultScope): Promise<AmountRow[]> => db.$queryRaw<AmountRow[]>`
  WITH ${cameOfActions(scope)}
  SELECT a.workflow, a.step, a.channel, c.currency, count(*)::int AS items, sum(c.amount) AS asked, ${Prisma.join(
    windows.map(days => {
      const passed = Prisma.sql`FILTER (WHERE a.day + ${days}::int <= a.known)`
      return Prisma.sql`COALESCE(sum(c.amount) ${passed}, 0) AS ${Prisma.raw(`"asked${days}"`)}, COALESCE(sum(${cameWithin(days)}) ${passed}, 0) AS ${Prisma.raw(`"came${days}"`)}`
    }),
  )}
  FROM action a JOIN came c ON c.action = a.id GROUP BY 1, 2, 3, 4 ORDER BY workflow, step, channel, currency`

const cameWithin = (days: Window) => Prisma.raw(`c.came${days}`)

const sumWithin = (days: Window) =>
  Prisma.sql`LEAST(k.amount, GREATEST(COALESCE(sum(m.amount) FILTER (WHERE m.day <= k.day + ${days}::int), 0), 0)) AS ${Prisma.raw(`came${days}`)}`

/**
 * Common table expressions: `action`, done in the period; `asked`, their items with the day of the next action about each; `came`, what was paid of
 * each item within each window before that, never more than was asked for.
 */
function cameOfActions({ context: { sight, today }, from, debtors }: ResultScope): Prisma.Sql {
  return Prisma.sql`
    ${moneyKnown},
    action AS MATERIALIZED (
      SELECT act.id, act."doneOn" AS day, v.workflow, act."stepName" AS step, act.step AS position, act.type AS channel, act."entryId", COALESCE(k.until, '0001-01-01'::date) AS known,
        (SELECT min(b."doneOn") FROM "DunningAction" b WHERE b."debtorId" = act."debtorId" AND b.status = 'done' AND b.track = 'outside' AND (b."doneOn", b.id) > (act."doneOn", act.id)) AS until
      FROM "DunningAction" act JOIN "WorkflowVersion" v ON v.id = act."versionId" JOIN "Debtor" d ON d.id = act."debtorId" JOIN known k ON k.id = d."administrationId"
      WHERE act.status = 'done' AND act.track = 'outside' AND act."doneOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
        AND ${debtorInSight(sight, Prisma.sql`act."debtorId"`)} AND ${debtors ? Prisma.sql`act."debtorId" = ANY(${[...debtors]}::int[])` : Prisma.sql`TRUE`}),
    asked AS MATERIALIZED (
      SELECT a.id AS action, i."invoiceId" AS invoice, v."debtorId" AS owner, i.amount, i.currency, a.day, COALESCE(v."closedReason", '') = 'credited' AS credited,
        (SELECT min(b."doneOn") FROM "DunningActionItem" j JOIN "DunningAction" b ON b.id = j."actionId"
          WHERE j."invoiceId" = i."invoiceId" AND b.status = 'done' AND b.track = 'outside' AND (b."doneOn", b.id) > (a.day, a.id)) AS until
      FROM action a JOIN "DunningActionItem" i ON i."actionId" = a.id JOIN "Invoice" v ON v.id = i."invoiceId"),
    ${moneyOf(Prisma.sql`asked`)},
    came AS MATERIALIZED (
      SELECT k.action, k.invoice, k.amount, k.currency, k.credited, ${sumWithin(7)}, ${sumWithin(14)}, ${sumWithin(30)}
      FROM asked k LEFT JOIN money m ON m.invoice = k.invoice AND m.day > k.day AND (k.until IS NULL OR m.day <= k.until)
      GROUP BY k.action, k.invoice, k.amount, k.currency, k.credited)`
}
