import { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, fromInstant, Prisma, recordAudit, toPlainDate } from '#platform'
import { type Calendars, calendarOf } from './calendars-kind.ts'
import { moneyKnownUntil } from './money-known-until.ts'
import { defaultPromiseRules, type PromiseRules } from './promises-kind.ts'
import { addWorkingDays } from './work-calendar.ts'

export type JudgeDeps = { clock: Clock; calendars: Calendars; promises?: PromiseRules }
type Judged = 'open' | 'kept' | 'partly_kept' | 'broken'

/**
 * Says of the promises of these debtors (`due`: of every promise whose day has passed) what became of them: kept as soon as the
 * money is there; after the day and its grace, partly kept or broken, though never before bank statements or an import reach beyond
 * that day. A kept promise whose payment was taken back is open again; broken stays broken. Returns how many changed.
 */
export async function judgePromises(
  tx: Db,
  { clock, calendars, promises: { graceDays } = defaultPromiseRules }: JudgeDeps,
  which: { debtorIds: number[] } | 'due',
): Promise<number> {
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  const where: Prisma.PromiseToPayWhereInput =
    which === 'due'
      ? { status: 'open', promisedOn: { lt: new Date(`${today.toString()}T00:00:00Z`) } }
      : { status: { in: ['open', 'kept'] }, debtorId: { in: which.debtorIds } }
  const promises = await tx.promiseToPay.findMany({
    where,
    orderBy: { id: 'asc' },
    include: { debtor: { select: { administration: true } } },
  })
  if (promises.length === 0) return 0
  const paid = await paidSince(
    tx,
    promises.map(({ id }) => id),
  )
  const known = new Map<number, Temporal.PlainDate>()
  let changed = 0
  for (const promise of promises) {
    const { administration } = promise.debtor
    const until = known.get(administration.id) ?? (await moneyKnownUntil(tx, administration))
    known.set(administration.id, until)
    const graceEnd = promise.promisedOn && addWorkingDays(calendarOf(calendars, administration), toPlainDate(promise.promisedOn), graceDays)
    const last = promise.waitUntil ? toPlainDate(promise.waitUntil) : graceEnd
    const isOver = last !== null && !promise.conditional && Temporal.PlainDate.compare(last, until) < 0
    const came = paid.get(promise.id) ?? nothing
    const status = judge(promise.status, came, isOver)
    if (status === promise.status) continue
    const isJudged = status !== 'open'
    await tx.promiseToPay.update({
      where: { id: promise.id },
      data: {
        status,
        keptShare: isJudged ? keptShare(status, came.paid, promise.stake) : null,
        judgedAt: isJudged ? fromInstant(clock.now()) : null,
      },
    })
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

type Paid = { isAll: boolean; isSome: boolean; paid: Prisma.Decimal }
const nothing: Paid = { isAll: false, isSome: false, paid: new Prisma.Decimal(0) }

/** How much of a promise came in time, 0 to 1; half of one of which only that is known that it was not all. */
function keptShare(status: Judged, paid: Prisma.Decimal, stake: Prisma.Decimal | null): number {
  if (status !== 'partly_kept') return status === 'kept' ? 1 : 0
  return stake?.gt(0) && paid.gt(0) ? Math.min(1, paid.div(stake).toNumber()) : 0.5
}

function judge(before: string, { isAll, isSome }: Paid, isOver: boolean): Judged {
  if (isAll) return 'kept'
  if (before === 'kept' || !isOver) return 'open'
  return isSome ? 'partly_kept' : 'broken'
}

/** How much of what each was promised has come: by payments since the promise, or because its invoices are settled. */
async function paidSince(tx: Db, promiseIds: number[]): Promise<Map<number, Paid>> {
  // The ERP's payments file and the bank may tell of one and the same money: the larger of the two counts, never their sum.
  const rows = await tx.$queryRaw<
    { id: number; amount: Prisma.Decimal | null; isNamed: boolean; due: number; open: number; paid: Prisma.Decimal | null; before: Prisma.Decimal }[]
  >`
    SELECT pr.id, pr.amount, named.it AS "isNamed", items.due, items.open, money.paid, earlier.before
    FROM "PromiseToPay" pr
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM "PromiseInvoice" x WHERE x."promiseId" = pr.id) AS it) named
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE i."isDue")::int AS due, count(*) FILTER (WHERE i."isDue" AND i.status = 'open')::int AS open, array_agg(i.id) AS ids FROM (
          SELECT i.id, i.status, true AS "isDue" FROM "PromiseInvoice" x JOIN "Invoice" i ON i.id = x."invoiceId" WHERE x."promiseId" = pr.id
          UNION ALL SELECT i.id, i.status, pr."promisedOn" IS NULL OR i."dueDate" <= pr."promisedOn" FROM "Invoice" i WHERE NOT named.it AND i."debtorId" = pr."debtorId") i
      ) items
      CROSS JOIN LATERAL (SELECT max(s.paid) AS paid FROM (
        SELECT sum(a.amount) AS paid FROM "PaymentAllocation" a JOIN "Payment" p ON p.id = a."paymentId"
        WHERE a."invoiceId" = ANY(items.ids) AND p."receivedOn" >= COALESCE(pr."saidOn", pr."createdAt"::date) - 1 AND p.currency = COALESCE(pr.currency, p.currency) GROUP BY p.source) s
      ) money
      CROSS JOIN LATERAL (
        SELECT COALESCE(sum(COALESCE(b.amount, b.stake)), 0) AS before FROM "PromiseToPay" b
        WHERE b."messageId" = pr."messageId" AND b.id <> pr.id AND b.status <> 'cancelled' AND (b."promisedOn", b.id) < (pr."promisedOn", pr.id)
          AND EXISTS (SELECT FROM "PromiseInvoice" x JOIN "PromiseInvoice" y ON y."invoiceId" = x."invoiceId" WHERE x."promiseId" = b.id AND y."promiseId" = pr.id)
      ) earlier
    WHERE pr.id = ANY(${promiseIds}::int[])`
  return new Map(
    rows.map(({ id, amount, isNamed, due, open, paid: sum, before }) => {
      // Of several parts that one mail promises of the same invoices, money is for the earlier ones first.
      const paid = Prisma.Decimal.max(0, (sum ?? new Prisma.Decimal(0)).sub(before))
      const isSettled = due > 0 && open === 0
      return [id, { isAll: isSettled || (amount !== null && paid.gte(amount)), isSome: paid.greaterThan(0) || open < (isNamed ? due : 0), paid }]
    }),
  )
}
