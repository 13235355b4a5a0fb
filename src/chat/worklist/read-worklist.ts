import { findStaff, type Staff, sightOf } from '#people'
import { Prisma } from '#platform'
import { readSearchContext } from '#search'
import type { CommandDeps } from '../commands/registry.ts'
import { ownersActedFor } from '../commands/waiting.ts'
import type { ListAsked, Sort } from './asked.ts'
import type { WorkItem, WorkKind } from './work-item.ts'
import { type SourceDeps, type Whose, workSources } from './work-sources.ts'

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
  const rates = await ratesFor(deps, staff, asked.sort)
  // Working out what is in sight costs most: it is done once, for the page and for all that is said of the whole list.
  const rows = await client.$queryRaw<(Counts & { [name in keyof Listed]: Listed[name] | null })[]>`
    WITH item AS MATERIALIZED (${workSources(deps, staff, whose, asked)}),
    counted AS MATERIALIZED (SELECT count(*)::int AS total, LEAST(${Math.max(0, page)}::int, GREATEST(0, (count(*)::int - 1) / ${length}::int)) * ${length}::int AS first,
      array_remove(array_agg(DISTINCT item.mailbox), NULL) AS mailboxes, array_agg(DISTINCT item.kind) AS kinds FROM item),
    page AS (SELECT item.kind, item.id, item.at, item."debtorId", item.owner, ${weights(asked.sort)}, row_number() OVER (ORDER BY ${orders[asked.sort]}) AS place
      FROM item ${weighed(asked.sort, rates)} ORDER BY place LIMIT ${length} OFFSET (SELECT first FROM counted))
    SELECT counted.*, page.* FROM counted LEFT JOIN page ON TRUE ORDER BY page.place`
  const { total, first, mailboxes, kinds } = rows[0] ?? { total: 0, first: 0, mailboxes: null, kinds: null }
  const items = rows.filter((row): row is Counts & Listed => row.id !== null)
  const named = (mailboxes ?? []).toSorted((a, b) => a.localeCompare(b))
  return { items, total, first, whose, currency: rates.currency, mailboxes: named, kinds: kinds ?? [] }
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
  const rates = await ratesFor(deps, staff, asked.sort)
  const isIt = Prisma.sql`kind = ${after.kind} AND id = ${after.id}`
  const [row] = await deps.client.$queryRaw<(WorkItem & { left: number })[]>`
    WITH item AS MATERIALIZED (${workSources(deps, staff, whose, asked, after)}),
    placed AS MATERIALIZED (SELECT item.kind, item.id, row_number() OVER (ORDER BY ${orders[asked.sort]}) AS place FROM item ${weighed(asked.sort, rates)})
    SELECT kind, id, (SELECT count(*)::int FROM placed WHERE NOT (${isIt})) AS left FROM placed
    WHERE NOT (${isIt}) ORDER BY place > COALESCE((SELECT place FROM placed WHERE ${isIt}), 0) DESC, place LIMIT 1`
  return row ? { next: { kind: row.kind, id: row.id }, left: row.left } : { left: 0 }
}

type Rates = { currency: string; names: string[]; values: Prisma.Decimal[] }

async function ratesFor({ client, clock, context, reportingCurrency }: WorklistDeps, staff: Staff, sort: Sort): Promise<Rates> {
  if (sort !== 'amount') return { currency: reportingCurrency(), names: [], values: [] }
  const { rates } = await readSearchContext(client, { sight: sightOf(staff), clock, timeZone: context.format.timeZone })
  const currency = rates?.currency ?? reportingCurrency()
  const known = new Map([...(rates?.rates ?? []), [currency, new Prisma.Decimal(1)] as const])
  return { currency, names: [...known.keys()], values: [...known.values()] }
}

const weights = (sort: Sort): Prisma.Sql =>
  sort === 'oldest'
    ? Prisma.sql`NULL::numeric AS balance, 0 AS invoices, NULL::date AS due`
    : Prisma.sql`${balance} AS balance, COALESCE(w.invoices, 0) AS invoices, w.due`

// Who owes nothing owes 0; one amount without a rate makes the sum unknown: it is never counted as nothing.
const balance = Prisma.sql`CASE WHEN w."debtorId" IS NULL THEN 0 ELSE w.balance END`

/** What is open of the debtors of the list: only where its order asks for it. */
const weighed = (sort: Sort, { names, values }: Rates): Prisma.Sql =>
  sort === 'oldest'
    ? Prisma.empty
    : Prisma.sql`LEFT JOIN (
        SELECT i."debtorId", CASE WHEN bool_and(r.rate IS NOT NULL) THEN sum(i."openAmount" * r.rate) END AS balance,
          (count(*) FILTER (WHERE i."openAmount" > 0))::int AS invoices, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS due
        FROM "Invoice" i LEFT JOIN unnest(${names}::text[], ${values}::numeric[]) AS r(currency, rate) ON r.currency = i.currency
        WHERE i.status = 'open' AND i."debtorId" IN (SELECT "debtorId" FROM item) GROUP BY 1) AS w ON w."debtorId" = item."debtorId"`

const byAge = Prisma.sql`item.at, item.rank, item.id`

/** Of two that are alike the older one is first; what is not known comes last. */
const orders: Record<Sort, Prisma.Sql> = {
  oldest: byAge,
  amount: Prisma.sql`${balance} DESC NULLS LAST, ${byAge}`,
  due: Prisma.sql`w.due NULLS LAST, ${byAge}`,
  invoices: Prisma.sql`COALESCE(w.invoices, 0) DESC, ${byAge}`,
}
