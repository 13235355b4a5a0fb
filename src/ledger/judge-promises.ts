import { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, Prisma, recordAudit, toInstant, toPlainDate } from '#platform'
import { type Calendars, calendarOf } from './calendars-kind.ts'
import { addWorkingDays } from './work-calendar.ts'

/** Working days after the promised day that a payment may take to arrive. */
const grace = 3

export type JudgeDeps = { clock: Clock; calendars: Calendars }
type Judged = 'open' | 'kept' | 'partly_kept' | 'broken'

/**
 * Says of the promises of these debtors (`due`: of every promise whose day has passed) what became of them: kept as soon as the
 * money is there; after the day and its grace, partly kept or broken, though never before bank statements or an import reach beyond
 * that day. A kept promise whose payment was taken back is open again; broken stays broken. Returns how many changed.
 */
export async function judgePromises(tx: Db, { clock, calendars }: JudgeDeps, which: { debtorIds: number[] } | 'due'): Promise<number> {
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  const where: Prisma.PromiseToPayWhereInput =
    which === 'due'
      ? { status: 'open', promisedOn: { lt: new Date(`${today.toString()}T00:00:00Z`) } }
      : { status: { in: ['open', 'kept'] }, debtorId: { in: which.debtorIds } }
  const promises = await tx.promiseToPay.findMany({
    where,
    orderBy: { id: 'asc' },
    include: { invoices: { select: { invoiceId: true } }, debtor: { select: { administration: true } } },
  })
  let changed = 0
  for (const promise of promises) {
    const { administration } = promise.debtor
    const paid = await paidSince(tx, promise)
    const last = promise.promisedOn && addWorkingDays(calendarOf(calendars, administration), toPlainDate(promise.promisedOn), grace)
    const isOver = last !== null && !promise.conditional && Temporal.PlainDate.compare(last, await knownUntil(tx, administration)) < 0
    const status = judge(promise.status, paid, isOver)
    if (status === promise.status) continue
    await tx.promiseToPay.update({ where: { id: promise.id }, data: { status } })
    await recordAudit(tx, {
      actor: 'duncan',
      event: `promise.${status}`,
      subject: `promise:${promise.id}`,
      detail: { debtor: promise.debtorId, before: promise.status },
    })
    changed++
  }
  return changed
}

type Paid = { isAll: boolean; isSome: boolean }

function judge(before: string, { isAll, isSome }: Paid, isOver: boolean): Judged {
  if (isAll) return 'kept'
  if (before === 'kept' || !isOver) return 'open'
  return isSome ? 'partly_kept' : 'broken'
}

type Promised = {
  debtorId: number
  amount: Prisma.Decimal | null
  currency: string | null
  promisedOn: Date | null
  createdAt: Date
  invoices: { invoiceId: number }[]
}

/** How much of what was promised has come: by payments since the promise, or because its invoices are settled. */
async function paidSince(tx: Db, { debtorId, amount, currency, promisedOn, createdAt, invoices }: Promised): Promise<Paid> {
  const ids = invoices.map(({ invoiceId }) => invoiceId)
  const items = ids.length > 0 ? { id: { in: ids } } : { debtorId, ...(promisedOn && { dueDate: { lte: promisedOn } }) }
  const openCount = await tx.invoice.count({ where: { ...items, status: 'open' } })
  const allCount = await tx.invoice.count({ where: items })
  // The ERP's payments file and the bank may tell of one and the same money: the larger of the two counts, never their sum.
  const sums = await tx.$queryRaw<{ paid: Prisma.Decimal }[]>`
    SELECT COALESCE(sum(a.amount), 0) AS paid FROM "PaymentAllocation" a JOIN "Payment" p ON p.id = a."paymentId" JOIN "Invoice" i ON i.id = a."invoiceId"
    WHERE p."receivedOn" >= ${createdAt}::date - 1 AND p.currency = COALESCE(${currency}, p.currency) AND ${ids.length > 0 ? Prisma.sql`i.id = ANY(${ids}::int[])` : Prisma.sql`i."debtorId" = ${debtorId}`} GROUP BY p.source`
  const paid = sums.reduce((most, { paid: each }) => Prisma.Decimal.max(most, each), new Prisma.Decimal(0))
  const isSettled = allCount > 0 && openCount === 0
  return { isAll: isSettled || (amount !== null && paid.gte(amount)), isSome: paid.greaterThan(0) || openCount < (ids.length > 0 ? allCount : 0) }
}

/** The day up to which payments of an administration are known: of its newest statement or its newest import. */
async function knownUntil(tx: Db, { id, importedAt, timeZone }: { id: number; importedAt: Date | null; timeZone: string }): Promise<Temporal.PlainDate> {
  const newest = await tx.bankStatement.aggregate({ where: { account: { administrationId: id } }, _max: { closedOn: true } })
  const days = [
    ...(newest._max.closedOn ? [toPlainDate(newest._max.closedOn)] : []),
    ...(importedAt ? [toInstant(importedAt).toZonedDateTimeISO(timeZone).toPlainDate()] : []),
  ]
  return days.toSorted((a, b) => Temporal.PlainDate.compare(b, a))[0] ?? Temporal.PlainDate.from('0001-01-01')
}
