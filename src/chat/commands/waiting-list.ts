import { findStaff, mailboxOf, type Staff, sightOf } from '#people'
import { fromPlainDate, Prisma, toPlainDate } from '#platform'
import { readSearchContext } from '#search'
import type { CommandDeps } from './registry.ts'
import { backToday, ownedBy, ownersActedFor, secondVoteOf, waitingFor } from './waiting.ts'

const sorts = ['oldest', 'amount', 'due', 'invoices'] as const
export type Sort = (typeof sorts)[number]
export const everySort: readonly Sort[] = sorts

/** Which of what waits somebody wants to see, and in what order. `whose`: `mine`, `team`, or a person's short name with its @. */
export type WaitingAsked = { whose: string; sort: Sort; mailbox?: string; promise: boolean; only?: Only }

const onlys = ['second', 'snoozed'] as const
/** `second`: what awaits this person's second vote; `snoozed`: what sleeps, and comes back today. */
type Only = (typeof onlys)[number]

/** Reads `mine amount mailbox:debtors promise second`, the words in any order; `wrong` is the first that says nothing. */
export function readAsked(text: string): WaitingAsked | { wrong: string } {
  const asked: WaitingAsked = { whose: 'team', sort: 'oldest', promise: false }
  for (const word of text.split(' ').filter(Boolean)) {
    const low = word.toLowerCase()
    const [sort, only] = [sorts.find(name => name === low), onlys.find(name => name === low)]
    if (low === 'mine' || low === 'team' || /^@./.test(low)) asked.whose = low
    else if (sort) asked.sort = sort
    else if (only) asked.only = only
    else if (low === 'promise') asked.promise = true
    else if (/^mailbox:./.test(low)) asked.mailbox = word.slice('mailbox:'.length)
    else return { wrong: word }
  }
  return asked
}

/** The words that `readAsked` reads: what a button carries. */
export const writeAsked = ({ whose, sort, mailbox, promise, only }: WaitingAsked): string =>
  [whose, sort, ...(mailbox === undefined ? [] : [`mailbox:${mailbox}`]), ...(promise ? ['promise'] : []), ...(only ? [only] : [])].join(' ')

/** One that waits, and what its place in the list comes from: its debtor's open balance in the reporting currency, null without a rate. */
export type Waiting = { id: number; balance: Prisma.Decimal | null; invoices: number; due: Date | null }

export type WaitingList = { items: Waiting[]; owners: number[] | undefined; orNobody: boolean; currency: string; mailboxes: string[] }

/** What waits in the order that was asked for; `besides`: an id that is placed in it even if it waits no more. Undefined when nobody is called so. */
export async function waitingList(deps: CommandDeps, staff: Staff, asked: WaitingAsked, besides = 0): Promise<WaitingList | undefined> {
  const { client, clock, context } = deps
  const person = asked.whose.startsWith('@') ? await findStaff(client, asked.whose) : asked.whose === 'mine' ? staff : undefined
  if (asked.whose.startsWith('@') && !person?.active) return undefined
  const owners = person && (await ownersActedFor(deps, person))
  const orNobody = asked.whose === 'mine'
  const inList = Prisma.sql`((${listedFor(deps, staff, asked.only, owners, orNobody)}) OR p.id = ${besides})`
  const today = clock.today(staff.timeZone ?? context.format.timeZone)
  const promise = asked.promise
    ? Prisma.sql`EXISTS (SELECT 1 FROM "PromiseToPay" r WHERE r."debtorId" = p."debtorId"
        AND (r.status = 'broken' OR (r.status IN ('open', 'partly_kept') AND r."promisedOn" < ${fromPlainDate(today)}::date)))`
    : Prisma.sql`TRUE`
  const rows = await client.$queryRaw<Row[]>`
    SELECT p.id, b.key AS mailbox, o.currency, o.open, COALESCE(o.count, 0)::int AS count, o.due FROM "Proposal" p
    JOIN "Mailbox" b ON b.id = p."mailboxId"
    LEFT JOIN LATERAL (
      SELECT i.currency, sum(i."openAmount") AS open, count(*) FILTER (WHERE i."openAmount" > 0) AS count, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS due
      FROM "Invoice" i WHERE i."debtorId" = p."debtorId" AND i.status = 'open' GROUP BY i.currency
    ) o ON TRUE
    WHERE ${inList} AND (p.id = ${besides} OR ${promise})`
  const { rates } = await readSearchContext(client, { sight: sightOf(staff), clock, timeZone: context.format.timeZone })
  const currency = rates?.currency ?? deps.reportingCurrency()
  const wanted = rows.filter(({ id, mailbox }) => id === besides || asked.mailbox === undefined || mailbox === mailboxOf(asked.mailbox))
  const items = [...Map.groupBy(wanted, ({ id }) => id)].map(([id, own]) => weigh(id, own, row => valueOf(row, currency, rates?.rates)))
  return {
    items: items.toSorted(orders[asked.sort]),
    owners,
    orNobody,
    currency,
    mailboxes: [...new Set(rows.map(({ mailbox }) => mailbox))].toSorted((a, b) => a.localeCompare(b)),
  }
}

function listedFor(deps: CommandDeps, staff: Staff, only: Only | undefined, owners: number[] | undefined, orNobody: boolean): Prisma.Sql {
  if (only === 'second') return Prisma.sql`${secondVoteOf(staff)} AND ${ownedBy(owners, orNobody)}`
  if (only === 'snoozed') return Prisma.sql`${backToday(deps, staff)} AND ${ownedBy(owners, orNobody)}`
  return waitingFor(staff, owners, orNobody)
}

type Row = { id: number; mailbox: string; currency: string | null; open: Prisma.Decimal | null; count: number; due: Date | null }

function weigh(id: number, rows: Row[], value: (row: Row) => Prisma.Decimal | null): Waiting {
  const values = rows.map(value)
  // One amount without a rate makes the sum unknown: it is never counted as nothing.
  const balance = values.reduce<Prisma.Decimal | null>((sum, each) => (sum && each ? sum.plus(each) : null), new Prisma.Decimal(0))
  const due = rows.flatMap(row => row.due ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0]
  return { id, balance, invoices: rows.reduce((sum, { count }) => sum + count, 0), due: due ?? null }
}

function valueOf({ currency, open }: Row, reporting: string, rates: ReadonlyMap<string, Prisma.Decimal> | undefined): Prisma.Decimal | null {
  if (currency === null || open === null) return new Prisma.Decimal(0)
  const rate = currency === reporting ? new Prisma.Decimal(1) : rates?.get(currency)
  return rate ? open.mul(rate) : null
}

const unknown = new Prisma.Decimal('-1e15')

/** Of two that are alike the older one is first; what is not known comes last. */
const orders: Record<Sort, (a: Waiting, b: Waiting) => number> = {
  oldest: (a, b) => a.id - b.id,
  amount: (a, b) => (b.balance ?? unknown).comparedTo(a.balance ?? unknown) || a.id - b.id,
  due: (a, b) => (a.due?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.due?.getTime() ?? Number.MAX_SAFE_INTEGER) || a.id - b.id,
  invoices: (a, b) => b.invoices - a.invoices || a.id - b.id,
}

/** An ISO day. */
export const dayOf = (date: Date): string => toPlainDate(date).toString()
