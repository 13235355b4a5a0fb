import type { Temporal } from 'temporal-polyfill'
import type { DisputeOutcome } from '#ledger'
import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma, toPlainDate } from '#platform'
import { isId } from '../store.ts'

/** Amounts are decimal strings. `contested`: of the invoice, all of what is open when null. */
type DisputedInvoice = { number: string; currency: string; open: string; contested: string | null }

export type DisputeView = {
  id: number
  type: string
  text: string | null
  status: 'open' | 'resolved' | 'rejected'
  awaitsCredit: boolean
  debtor: { id: number; number: string; name: string; administration: string }
  owner: { id: number; name: string }
  answerDue: Temporal.PlainDate
  /** How it ended, when that was said, and what stays due by when; a decimal string in the currency of its invoices. */
  end: { outcome: DisputeOutcome; staysDue: string | null; payBy: Temporal.PlainDate | null } | null
  /** Open, and its day is over in its administration. */
  isLate: boolean
  openedAt: Date
  closedAt: Date | null
  /** Empty: the debtor did not say which. */
  invoices: DisputedInvoice[]
  /** What became of it, in order; `by` null: Duncan. */
  events: { kind: string; by: string | null; reason: string | null; at: Date }[]
}

type Today = (timeZone: string) => Temporal.PlainDate

/** `owners`: of these people alone. `collector`: only the debtors of this colleague, by short name. `late`: only those whose day is over. */
export type DisputesAsked = { debtorId?: number | undefined; owners?: number[] | undefined; collector?: string | undefined; late?: boolean }

const mostListed = 200

/** A dispute of a debtor in sight; undefined when there is none of that id. */
export async function viewDispute(db: Db, sight: Sight, today: Today, id: number): Promise<DisputeView | undefined> {
  return isId(id) ? (await viewWhere(db, sight, today, Prisma.sql`q.id = ${id}`))[0] : undefined
}

/** The open disputes of debtors in sight, whose answer is due first at the top. */
export async function openDisputes(db: Db, sight: Sight, today: Today, { debtorId, owners, collector, late }: DisputesAsked = {}): Promise<DisputeView[]> {
  const conditions = [
    Prisma.sql`q.status = 'open'`,
    ofCollector(collector),
    ...(debtorId === undefined ? [] : [Prisma.sql`q."debtorId" = ${debtorId}`]),
    ...(owners === undefined ? [] : [Prisma.sql`q."ownerId" = ANY(${owners}::int[])`]),
  ]
  const open = await viewWhere(db, sight, today, Prisma.join(conditions, ' AND '))
  return late ? open.filter(({ isLate }) => isLate) : open
}

/** An SQL condition on disputes `q`: of debtors that a colleague looks after, by short name; of all without one. */
export const ofCollector = (collector: string | undefined): Prisma.Sql =>
  collector === undefined ? Prisma.sql`TRUE` : Prisma.sql`EXISTS (SELECT FROM "Debtor" o WHERE o.id = q."debtorId" AND lower(o.collector) = ${collector})`

async function viewWhere(db: Db, sight: Sight, today: Today, where: Prisma.Sql): Promise<DisputeView[]> {
  const found = await db.$queryRaw<{ id: number }[]>`
    SELECT q.id FROM "Dispute" q WHERE ${where} AND ${debtorInSight(sight, Prisma.sql`q."debtorId"`)} ORDER BY q."answerDue", q.id LIMIT ${mostListed}`
  const rows = await db.dispute.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: {
      debtor: { include: { administration: true } },
      invoices: { include: { invoice: true }, orderBy: { invoiceId: 'asc' } },
      events: { orderBy: { id: 'asc' } },
    },
    orderBy: [{ answerDue: 'asc' }, { id: 'asc' }],
  })
  const people = await db.staff.findMany({ select: { id: true, name: true } })
  const nameOf = (id: number) => people.find(person => person.id === id)?.name ?? `staff ${id}`
  return rows.map(({ debtor, ...row }): DisputeView => {
    const answerDue = toPlainDate(row.answerDue)
    return {
      id: row.id,
      type: row.reason,
      text: row.text,
      status: row.status as DisputeView['status'],
      awaitsCredit: row.status === 'open' && row.creditExpectedAt !== null,
      debtor: { id: debtor.id, number: debtor.number, name: debtor.name, administration: debtor.administration.code },
      owner: { id: row.ownerId, name: nameOf(row.ownerId) },
      answerDue,
      end:
        row.outcome === null
          ? null
          : { outcome: row.outcome as DisputeOutcome, staysDue: row.staysDue?.toFixed() ?? null, payBy: row.payBy && toPlainDate(row.payBy) },
      isLate: row.status === 'open' && answerDue.until(today(debtor.administration.timeZone)).sign > 0,
      openedAt: row.createdAt,
      closedAt: row.resolvedAt,
      invoices: row.invoices.map(({ invoice, amount }) => ({
        number: invoice.number,
        currency: invoice.currency,
        open: invoice.openAmount.toFixed(),
        contested: amount?.toFixed() ?? null,
      })),
      events: row.events.map(({ kind, staffId, reason, at }) => ({ kind, by: staffId === null ? null : nameOf(staffId), reason, at })),
    }
  })
}
