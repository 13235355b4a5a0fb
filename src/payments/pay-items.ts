import type { Temporal } from 'temporal-polyfill'
import { type Db, fromPlainDate, type PaymentLinkModel, Prisma, toPlainDate } from '#platform'
import { askedCharges } from './asked-charges.ts'
import { coveredOf } from './covered.ts'
import type { PaymentsDeps } from './deps.ts'
import { onlineParts } from './online-parts.ts'

type Decimal = Prisma.Decimal
const zero = new Prisma.Decimal(0)

/** An open item as a debtor sees it. Amounts in its currency; days are ISO. */
export type PayItem = {
  invoiceId: number
  number: string
  dueDate: string
  isCreditNote: boolean
  paymentReference: string | null
  currency: string
  open: Decimal
  /** What is contested of it, and what was paid online and is on its way. */
  disputed: Decimal
  underway: Decimal
  /** It is paid in parts, as agreed. */
  isInPlan: boolean
  /** Somebody else sees to it: it was handed over for collection, or an insolvency runs. */
  isElsewhere: boolean
  /** By when the debtor said that it would be paid. */
  promisedOn: string | undefined
  /** What is asked for now: below zero for a credit note. */
  payable: Decimal
}

/** What somebody is to pay now, by currency; never below zero. */
export type PayTotal = { currency: string; amount: Decimal }

/**
 * What is open of these invoices, or (without any) of all of a debtor's, and what is asked for of each at this moment: without what is disputed, in a payment
 * plan, paid online and on its way, or seen to by somebody else. Credit notes come off only where all is asked for.
 */
export async function payItems(
  db: Db,
  { holds }: Pick<PaymentsDeps, 'holds'>,
  { debtorId, invoiceIds }: { debtorId: number; invoiceIds: readonly number[] },
  today: Temporal.PlainDate,
): Promise<PayItem[]> {
  const some = invoiceIds.length > 0 ? { id: { in: [...invoiceIds] }, kind: 'invoice' } : {}
  const invoices = await db.invoice.findMany({ where: { debtorId, status: 'open', ...some }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const ids = invoices.map(({ id }) => id)
  const disputes = await holds.disputed(db, debtorId, ids)
  const online = await onlineParts(db, ids)
  const inPlan = await inPlans(db, ids)
  const elsewhere = new Set(await holds.elsewhere(db, debtorId, today))
  const promised = await promisedDays(db, { debtorId, ids }, today)
  return invoices.map(({ id, number, dueDate, kind, paymentReference, currency, openAmount: open }) => {
    const isCreditNote = kind !== 'invoice'
    const disputed = isCreditNote ? zero : disputedOf(id, open, disputes)
    const underway = Prisma.Decimal.min(coveredOf(open, online.get(id) ?? []), open.sub(disputed))
    const isInPlan = inPlan.has(id)
    const isElsewhere = elsewhere.has(null) || elsewhere.has(id)
    return {
      invoiceId: id,
      number,
      dueDate: toPlainDate(dueDate).toString(),
      isCreditNote,
      paymentReference,
      currency,
      open,
      disputed,
      underway: isCreditNote ? zero : underway,
      isInPlan,
      isElsewhere,
      promisedOn: promised.get(id) ?? promised.get(null),
      payable: isElsewhere ? zero : isCreditNote ? open : isInPlan ? zero : open.sub(disputed).sub(underway),
    }
  })
}

/** What a page asks for: open items, and interest and costs that its message claims. */
export type PayAsked = { items: PayItem[]; charges: PayTotal | undefined; totals: PayTotal[] }

/** What a link asks for at this moment, or all that is open of its debtor. */
export async function payAsked(db: Db, deps: Pick<PaymentsDeps, 'holds' | 'clock' | 'timeZone'>, link: PaymentLinkModel, all: boolean): Promise<PayAsked> {
  const items = await payItems(db, deps, { debtorId: link.debtorId, invoiceIds: all ? [] : link.invoiceIds }, deps.clock.today(deps.timeZone))
  const charges = await askedCharges(db, link, items)
  const totals = totalsOf([...items, ...(charges ? [{ currency: charges.currency, payable: charges.amount }] : [])])
  return { items, charges, totals }
}

/** The sums of what is asked for, each in its own currency, in the order in which the currencies come; those of nothing are left out. */
function totalsOf(items: readonly Pick<PayItem, 'currency' | 'payable'>[]): PayTotal[] {
  return [...Map.groupBy(items, ({ currency }) => currency)]
    .map(([currency, own]) => ({ currency, amount: own.reduce((sum, { payable }) => sum.add(payable), zero) }))
    .filter(({ amount }) => amount.gt(0))
}

/** Parts that are disputed add up; all of it, or of the debtor, is all. */
function disputedOf(id: number, open: Decimal, disputes: Awaited<ReturnType<PaymentsDeps['holds']['disputed']>>): Decimal {
  const own = disputes.filter(({ invoiceId }) => invoiceId === null || invoiceId === id)
  if (own.some(({ amount }) => amount === null)) return open
  return Prisma.Decimal.min(
    open,
    own.reduce((sum, { amount }) => sum.add(amount ?? zero), zero),
  )
}

async function inPlans(db: Db, invoiceIds: number[]): Promise<Set<number>> {
  const rows = await db.paymentPlanInvoice.findMany({
    where: { invoiceId: { in: invoiceIds }, plan: { status: { in: ['running', 'at_risk'] } } },
    select: { invoiceId: true },
  })
  return new Set(rows.map(({ invoiceId }) => invoiceId))
}

/** The newest day that was promised and is not over, by invoice; under null that of all the debtor owes. */
async function promisedDays(db: Db, { debtorId, ids }: { debtorId: number; ids: number[] }, today: Temporal.PlainDate): Promise<Map<number | null, string>> {
  const rows = await db.promiseToPay.findMany({
    where: { debtorId, status: 'open', promisedOn: { gte: fromPlainDate(today) } },
    select: { promisedOn: true, invoices: { select: { invoiceId: true } } },
    orderBy: { id: 'asc' },
  })
  const days = new Map<number | null, string>()
  for (const { promisedOn, invoices } of rows) {
    const about = invoices.length === 0 ? [null] : invoices.map(({ invoiceId }) => invoiceId).filter(id => ids.includes(id))
    for (const id of about) if (promisedOn) days.set(id, toPlainDate(promisedOn).toString())
  }
  return days
}
