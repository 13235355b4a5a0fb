import { findStaff, mailboxOf, type Staff, sightOf } from '#people'
import { fromPlainDate, Prisma, toPlainDate } from '#platform'
import { type EntryView, followUpsAwaiting } from '#proposals'
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

/**
 * One that waits, and what its place in the list comes from: its debtor's open balance in the reporting currency, null without a rate. `entry`: it is a
 * follow-up (of a promise, a claim, an instalment, a dispute), and `id` that of its entry; a proposal without.
 */
export type Waiting = { id: number; at: Date; balance: Prisma.Decimal | null; invoices: number; due: Date | null; entry?: EntryView }

/** `followUps`: how many wait, also those that are not asked for. */
export type WaitingList = { items: Waiting[]; followUps: number; owners: number[] | undefined; orNobody: boolean; currency: string; mailboxes: string[] }

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
  const rows = await client.$queryRaw<(Row & { id: number; at: Date; mailbox: string })[]>`
    SELECT p.id, p."createdAt" AS at, b.key AS mailbox, o.currency, o.open, COALESCE(o.count, 0)::int AS count, o.due FROM "Proposal" p
    JOIN "Mailbox" b ON b.id = p."mailboxId"
    LEFT JOIN LATERAL (${openItems(Prisma.sql`p."debtorId"`)}) o ON TRUE
    WHERE ${inList} AND (p.id = ${besides} OR ${promise})`
  const { rates } = await readSearchContext(client, { sight: sightOf(staff), clock, timeZone: context.format.timeZone })
  const currency = rates?.currency ?? deps.reportingCurrency()
  const wanted = rows.filter(({ id, mailbox }) => id === besides || asked.mailbox === undefined || mailbox === mailboxOf(asked.mailbox))
  const value = (row: Row) => valueOf(row, currency, rates?.rates)
  const proposals = [...Map.groupBy(wanted, ({ id }) => id)].map(([id, own]) => ({ ...weigh(own, value), id, at: own[0]?.at ?? new Date(0) }))
  const followUps = await followUpsOf(deps, staff, owners, orNobody)
  const entries = await weighEntries(
    deps,
    followUps.filter(entry => isAskedFor(entry, asked)),
    value,
  )
  return {
    items: [...proposals, ...entries].toSorted(orders[asked.sort]),
    followUps: followUps.length,
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

type Row = { currency: string | null; open: Prisma.Decimal | null; count: number; due: Date | null }
type Value = (row: Row) => Prisma.Decimal | null

/** What is open of a debtor, by currency. */
const openItems = (debtorId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT i.currency, sum(i."openAmount") AS open, count(*) FILTER (WHERE i."openAmount" > 0) AS count, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS due
  FROM "Invoice" i WHERE i."debtorId" = ${debtorId} AND i.status = 'open' GROUP BY i.currency`

/** The follow-ups that wait for this person: those of `owners`, and with `orNobody` nobody's; everybody's without owners. */
const followUpsOf = async ({ client }: CommandDeps, staff: Staff, owners: number[] | undefined, orNobody: boolean): Promise<EntryView[]> =>
  (await followUpsAwaiting(client, staff)).filter(({ owner }) => owners === undefined || (owner ? owners.includes(owner.id) : orNobody))

function isAskedFor({ status, content, mailbox: from }: EntryView, { only, mailbox, promise }: WaitingAsked): boolean {
  if (only === 'snoozed' || (only === 'second' && status !== 'awaiting_second')) return false
  const isOfPromise = content.kind === 'follow_up' && content.about === 'promise'
  return (mailbox === undefined || from === mailboxOf(mailbox)) && (!promise || isOfPromise)
}

async function weighEntries({ client }: CommandDeps, entries: EntryView[], value: Value): Promise<Waiting[]> {
  const debtorIds = [...new Set(entries.map(({ debtor }) => debtor.id))]
  const rows = await client.$queryRaw<(Row & { debtorId: number })[]>`
    SELECT d.id AS "debtorId", o.currency, o.open, o.count::int AS count, o.due FROM "Debtor" d
    CROSS JOIN LATERAL (${openItems(Prisma.sql`d.id`)}) o WHERE d.id = ANY(${debtorIds}::int[])`
  const of = Map.groupBy(rows, ({ debtorId }) => debtorId)
  return entries.map(entry => ({ ...weigh(of.get(entry.debtor.id) ?? [], value), id: entry.id, at: entry.at, entry }))
}

function weigh(rows: Row[], value: Value): Pick<Waiting, 'balance' | 'invoices' | 'due'> {
  const values = rows.map(value)
  // One amount without a rate makes the sum unknown: it is never counted as nothing.
  const balance = values.reduce<Prisma.Decimal | null>((sum, each) => (sum && each ? sum.plus(each) : null), new Prisma.Decimal(0))
  const due = rows.flatMap(row => row.due ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0]
  return { balance, invoices: rows.reduce((sum, { count }) => sum + count, 0), due: due ?? null }
}

function valueOf({ currency, open }: Row, reporting: string, rates: ReadonlyMap<string, Prisma.Decimal> | undefined): Prisma.Decimal | null {
  if (currency === null || open === null) return new Prisma.Decimal(0)
  const rate = currency === reporting ? new Prisma.Decimal(1) : rates?.get(currency)
  return rate ? open.mul(rate) : null
}

function byAge(a: Waiting, b: Waiting): number {
  return a.at.getTime() - b.at.getTime() || Number(Boolean(a.entry)) - Number(Boolean(b.entry)) || a.id - b.id
}

const unknown = new Prisma.Decimal('-1e15')

/** Of two that are alike the older one is first; what is not known comes last. */
const orders: Record<Sort, (a: Waiting, b: Waiting) => number> = {
  oldest: byAge,
  amount: (a, b) => (b.balance ?? unknown).comparedTo(a.balance ?? unknown) || byAge(a, b),
  due: (a, b) => (a.due?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.due?.getTime() ?? Number.MAX_SAFE_INTEGER) || byAge(a, b),
  invoices: (a, b) => b.invoices - a.invoices || byAge(a, b),
}

/** An ISO day. */
export const dayOf = (date: Date): string => toPlainDate(date).toString()
