import { Temporal } from 'temporal-polyfill'
import { type Db, DuncanError, fromPlainDate, Prisma, toPlainDate } from '#platform'
import { creditedOf, openCredit } from './credited.ts'
import type { PlannedInstalment } from './plan-instalments.ts'

export type PlanInput = {
  debtorId: number
  invoiceIds: number[]
  instalments: readonly PlannedInstalment[]
  /** When it was agreed: money and credit notes from then on count for it. */
  at: Date
  messageId?: number | undefined
  /** Of a proposal; without one every call agrees a plan. */
  actionId?: number | undefined
}

/** A plan that something is still to come of. */
export const standingPlan = ['running', 'at_risk']

/**
 * Records a payment plan for these open invoices and returns its id; a second call for one action returns the first one's. Throws where nothing
 * of them is open, where they are in several currencies, or where another plan stands on one of them.
 */
export async function agreePlan(tx: Db, { debtorId, invoiceIds, instalments, at, messageId, actionId }: PlanInput): Promise<number> {
  const known = actionId === undefined ? null : await tx.paymentPlan.findUnique({ where: { actionId }, select: { id: true } })
  if (known) return known.id
  const ids = [...new Set(invoiceIds)]
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`payment plans ${debtorId}`}))`
  const { currency, total } = await openOf(tx, debtorId, ids)
  const other = await tx.paymentPlan.findFirst({ where: { debtorId, status: { in: standingPlan }, invoices: { some: { invoiceId: { in: ids } } } } })
  if (other) throw new DuncanError('plan.exists', 'One of the invoices is in another payment plan.', 'End that plan first, or leave the invoice out.')
  const { id } = await tx.paymentPlan.create({
    data: {
      debtorId,
      currency,
      total,
      credit: await openCredit(tx, { debtorId, currency, without: ids }),
      createdAt: at,
      messageId: messageId ?? null,
      actionId: actionId ?? null,
      invoices: { createMany: { data: ids.map(invoiceId => ({ invoiceId })) } },
      instalments: { createMany: { data: instalments.map(({ dueOn, amount }) => ({ dueOn: fromPlainDate(Temporal.PlainDate.from(dueOn)), amount })) } },
    },
  })
  return id
}

async function openOf(tx: Db, debtorId: number, ids: number[]): Promise<{ currency: string; total: Prisma.Decimal }> {
  const where = { debtorId, id: { in: ids }, status: 'open' }
  const [open, ...others] = await tx.invoice.groupBy({ by: ['currency'], where, _sum: { openAmount: true }, orderBy: { currency: 'asc' } })
  if (!open?._sum.openAmount?.gt(0)) throw new DuncanError('plan.nothing_open', 'Nothing of these invoices is open.', 'Reject the payment plan.')
  if (others.length > 0) throw new DuncanError('plan.currencies', 'The invoices are in several currencies.', 'Agree a payment plan for those of each currency.')
  return { currency: open.currency, total: open._sum.openAmount }
}

/** Takes back the plan that an action agreed, or ends one by a person's word (`ended`); false when it stands no more. `at`: now. */
export async function endPlan(tx: Db, which: { id: number } | { actionId: number }, status: 'ended' | 'cancelled', at: Date): Promise<boolean> {
  const { count } = await tx.paymentPlan.updateMany({ where: { ...which, status: { in: standingPlan } }, data: { status, endedAt: at } })
  return count > 0
}

type PlanInstalment = { id: number; dueOn: Temporal.PlainDate; amount: Prisma.Decimal; status: 'open' | 'kept' | 'missed' | 'credited' }

export type PlanView = {
  id: number
  status: 'running' | 'at_risk' | 'finished' | 'ended' | 'cancelled'
  currency: string
  total: Prisma.Decimal
  /** What has been paid of it, and what credit notes settled of it. */
  paid: Prisma.Decimal
  credited: Prisma.Decimal
  invoices: { id: number; number: string }[]
  /** `amount`: what is to be paid of it, which credit notes lower from the last instalment on. */
  instalments: PlanInstalment[]
  agreedAt: Date
}

/** The payment plans of a debtor, newest first; without those that were taken back. */
export async function plansOf(db: Db, debtorId: number): Promise<PlanView[]> {
  const plans = await db.paymentPlan.findMany({
    where: { debtorId, status: { not: 'cancelled' } },
    orderBy: { id: 'desc' },
    take: 20,
    include: planParts,
  })
  const credited = await creditedOf(
    db,
    plans.map(({ id }) => id),
  )
  return plans.map(plan => viewPlan(plan, credited.get(plan.id) ?? new Prisma.Decimal(0)))
}

export const planParts = {
  instalments: { orderBy: [{ dueOn: 'asc' }, { id: 'asc' }] },
  invoices: { include: { invoice: { select: { id: true, number: true, openAmount: true, status: true } } }, orderBy: { invoiceId: 'asc' } },
} satisfies Prisma.PaymentPlanInclude

type PlanRow = Prisma.PaymentPlanGetPayload<{ include: typeof planParts }>

function viewPlan(row: PlanRow, credited: Prisma.Decimal): PlanView {
  const toPay = toPayOf(row.instalments, credited)
  return {
    id: row.id,
    status: row.status as PlanView['status'],
    currency: row.currency,
    total: row.total,
    paid: paidOf(row, credited),
    credited,
    invoices: row.invoices.map(({ invoice: { id, number } }) => ({ id, number })),
    instalments: row.instalments.map(({ id, dueOn, amount, status }, at) => ({
      id,
      dueOn: toPlainDate(dueOn),
      // What a credit note settled whole is shown as it was agreed.
      amount: toPay[at]?.gt(0) ? toPay[at] : amount,
      status: status as PlanInstalment['status'],
    })),
    agreedAt: row.createdAt,
  }
}

/**
 * What was open when it was agreed, less what is open now and what credit notes settled: whatever way the money came, the open amount tells
 * of it once.
 */
export function paidOf({ total, invoices }: Pick<PlanRow, 'total' | 'invoices'>, credited: Prisma.Decimal): Prisma.Decimal {
  const open = invoices.filter(({ invoice }) => invoice.status === 'open').reduce((sum, { invoice }) => sum.add(invoice.openAmount), new Prisma.Decimal(0))
  return Prisma.Decimal.max(0, total.sub(open).sub(credited))
}

/** What is to be paid of each instalment, in their order: a credit note takes from the last one first, so that the next ones stay as agreed. */
export function toPayOf(instalments: readonly { amount: Prisma.Decimal }[], credited: Prisma.Decimal): Prisma.Decimal[] {
  let left = credited
  const lowered = instalments.toReversed().map(({ amount }) => {
    const off = Prisma.Decimal.min(left, amount)
    left = left.sub(off)
    return amount.sub(off)
  })
  return lowered.toReversed()
}
