import { findStaff, type Staff } from '#people'
import { Prisma } from '#platform'
import type { CommandDeps } from '../commands/registry.ts'
import { ownersActedFor } from '../commands/waiting.ts'
import type { ListAsked, Sort } from './asked.ts'
import type { WorkItem, WorkKind } from './work-item.ts'
import { type SourceDeps, type Whose, withOwners, workSources } from './work-sources.ts'

export type WorklistDeps = SourceDeps & Pick<CommandDeps, 'reportingCurrency'>

/**
 * One of a list: since when it waits and whose it is; what its debtor owes in the reporting currency (null without a rate), how many items
 * and since when the oldest is due, where the list is sorted by one of them.
 */
export type Listed = WorkItem & {
  at: Date
  debtorId: number | null
  owner: number | null
  balance: Prisma.Decimal | null
  /** The part of it that is thought to be at risk, and what of it is insured. */
  atRisk: Prisma.Decimal | null
  insured: Prisma.Decimal | null
  invoices: number
  due: Date | null
}

/** `total`: how many there are on all pages. `mailboxes`: keys of those that something of the list came to. */
export type Worklist = { items: Listed[]; total: number; first: number; whose: Whose; currency: string; mailboxes: string[]; kinds: WorkKind[] }

/** Whose work `mine`, `team` or `@name` is; undefined when nobody is called so. */
export async function whoseWork(deps: SourceDeps, staff: Staff, whose: string): Promise<Whose | undefined> {
  const isNamed = whose.startsWith('@')
  const person = isNamed ? await findStaff(deps.client, whose) : whose === 'mine' ? staff : undefined
  if (isNamed && !person?.active) return undefined
  return { owners: person && (await ownersActedFor(deps, person)), orNobody: whose === 'mine' }
}

/** A page of what waits, in the order that was asked for: page 0 is the first, and the last one stands for all beyond it. */
export async function readWorklist(
  deps: WorklistDeps,
  staff: Staff,
  asked: ListAsked,
  { page, length }: { page: number; length: number },
): Promise<Worklist | undefined> {
  const { client } = deps
  const whose = await whoseWork(deps, staff, asked.whose)
  if (!whose) return undefined
  // Working out what is in sight costs most: it is done once, for the page and for all that is said of the whole list.
  const rows = await client.$queryRaw<(Counts & { [name in keyof Listed]: Listed[name] | null })[]>`
    WITH item AS MATERIALIZED (${workSources(deps, staff, whose, asked)}),
    counts AS MATERIALIZED (SELECT kind, "mailboxId", count(*)::int AS n FROM item GROUP BY 1, 2),
    counted AS MATERIALIZED (SELECT COALESCE(sum(n), 0)::int AS total, LEAST(${Math.max(0, page)}::int, GREATEST(0, (COALESCE(sum(n), 0)::int - 1) / ${length}::int)) * ${length}::int AS first,
      array_remove(array_agg(DISTINCT b.key), NULL) AS mailboxes, array_agg(DISTINCT counts.kind) AS kinds FROM counts LEFT JOIN "Mailbox" b ON b.id = counts."mailboxId"),
    top AS (SELECT item.*, ${figures(asked.sort)} FROM item ${standing(asked.sort)} ORDER BY ${orders[asked.sort]} LIMIT ${length} OFFSET (SELECT first FROM counted)),
    page AS (${withOwners(Prisma.sql`(SELECT top.*, row_number() OVER () AS place FROM top)`)})
    SELECT counted.*, page.kind, page.id, page.at, page."debtorId", page.owner, page.balance, page."atRisk", page.insured, page.invoices, page.due FROM counted LEFT JOIN page ON TRUE ORDER BY page.place`
  const { total, first, mailboxes, kinds } = rows[0] ?? { total: 0, first: 0, mailboxes: null, kinds: null }
  const items = rows.filter((row): row is Counts & Listed => row.id !== null)
  const named = (mailboxes ?? []).toSorted((a, b) => a.localeCompare(b))
  return { items, total, first, whose, currency: deps.reportingCurrency(), mailboxes: named, kinds: kinds ?? [] }
}

type Counts = { total: number; first: number; mailboxes: string[] | null; kinds: WorkKind[] | null }

/** How many wait of somebody's work. */
export async function countWork(deps: SourceDeps, staff: Staff, whose: Whose): Promise<number> {
  const [row] = await deps.client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${workSources(deps, staff, whose, { promise: false })}) AS item`
  return row?.count ?? 0
}

/** Which one waits after this in the list's order, from its start again after its end, and how many others wait. */
export async function nextInWorklist(deps: WorklistDeps, staff: Staff, asked: ListAsked, after: WorkItem): Promise<{ next?: WorkItem; left: number }> {
  const whose = await whoseWork(deps, staff, asked.whose)
  if (!whose) return { left: 0 }
  const isIt = Prisma.sql`kind = ${after.kind} AND id = ${after.id}`
  const [row] = await deps.client.$queryRaw<(WorkItem & { left: number })[]>`
    WITH item AS MATERIALIZED (${workSources(deps, staff, whose, asked, after)}),
    placed AS MATERIALIZED (SELECT item.kind, item.id, row_number() OVER (ORDER BY ${orders[asked.sort]}) AS place FROM item ${standing(asked.sort)})
    SELECT kind, id, (SELECT count(*)::int FROM placed WHERE NOT (${isIt})) AS left FROM placed
    WHERE NOT (${isIt}) ORDER BY place > COALESCE((SELECT place FROM placed WHERE ${isIt}), 0) DESC, place LIMIT 1`
  return row ? { next: { kind: row.kind, id: row.id }, left: row.left } : { left: 0 }
}

const figures = (sort: Sort): Prisma.Sql =>
  sort === 'oldest'
    ? Prisma.sql`NULL::numeric AS balance, NULL::numeric AS "atRisk", NULL::numeric AS insured, 0 AS invoices, NULL::date AS due`
    : Prisma.sql`${balance} AS balance, ${atRisk} AS "atRisk", w.insured, COALESCE(w.invoices, 0) AS invoices, w."dueOn" AS due`

// Who owes nothing owes 0; one amount without a rate makes the sum unknown: it is never counted as nothing.
const balance = Prisma.sql`CASE WHEN w."debtorId" IS NULL THEN 0 ELSE w.balance END`
const atRisk = Prisma.sql`CASE WHEN w."debtorId" IS NULL THEN 0 ELSE w."atRisk" END`

/** What is open of the debtors of the list, as last stored: only where its order asks for it. */
const standing = (sort: Sort): Prisma.Sql => (sort === 'oldest' ? Prisma.empty : Prisma.sql`LEFT JOIN "DebtorStanding" w ON w."debtorId" = item."debtorId"`)

const byAge = Prisma.sql`item.at, item.rank, item.id`

/** Of two that are alike the older one is first; what is not known comes last. */
const orders: Record<Sort, Prisma.Sql> = {
  oldest: byAge,
  risk: Prisma.sql`${atRisk} DESC NULLS LAST, ${byAge}`,
  amount: Prisma.sql`${balance} DESC NULLS LAST, ${byAge}`,
  due: Prisma.sql`w."dueOn" NULLS LAST, ${byAge}`,
  invoices: Prisma.sql`COALESCE(w.invoices, 0) DESC, ${byAge}`,
}
