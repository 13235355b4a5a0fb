import { type DisputeOutcome, type PaymentClaimAnswer, paidSince, plansOf, promiseRecordFor } from '#ledger'
import { type Db, Prisma, toPlainDate } from '#platform'
import { actionSchemas } from '../action.ts'
import { openOfDispute } from '../disputes/stays-due.ts'
import { paymentClaim } from '../entries/kinds/payment-claim.ts'
import type { EntryWhy } from '../entries/why.ts'
import { answerTo } from '../payment-answer.ts'
import type { ReplySection } from '../proposal.ts'

/**
 * What is followed up: a promise that was not kept, a claimed payment that did not come (by its action, or the entry of who heard of it), an
 * instalment that was missed, a dispute that ended.
 */
export const followUpKinds = ['promise', 'payment_claim', 'entered_claim', 'instalment', 'dispute'] as const
export type FollowUpKind = (typeof followUpKinds)[number]

export type FollowUp = {
  invoiceIds: number[]
  /** The mail that it goes back to. */
  messageId: number | null
  section: ReplySection
  why: EntryWhy
}

/** Holds under which nobody is written to about money: people see to it by another way. */
const silent = ['insolvency', 'legal', 'quarantine']

/** What there is to follow up as things stand now; undefined when the money came meanwhile, something newer stands, or nobody is to be written to. */
export async function whetherToFollow(db: Db, about: FollowUpKind, refId: number, today: string): Promise<FollowUp | undefined> {
  const found = await findBy[about](db, refId, today)
  if (!found) return undefined
  const held = await db.dunningHold.count({
    where: { debtorId: found.debtorId, endedAt: null, reason: { in: silent }, OR: [{ invoiceId: null }, { invoiceId: { in: found.invoiceIds } }] },
  })
  return held > 0 ? undefined : found
}

type Found = FollowUp & { debtorId: number }

async function ofPromise(db: Db, id: number, today: string): Promise<Found | undefined> {
  const promise = await db.promiseToPay.findUnique({ where: { id }, include: { invoices: { select: { invoiceId: true } } } })
  if (!promise?.promisedOn || (promise.status !== 'broken' && promise.status !== 'partly_kept')) return undefined
  const { debtorId, promisedOn, waitUntil, messageId, status } = promise
  const named = promise.invoices.map(({ invoiceId }) => invoiceId)
  const open = await openInvoices(db, debtorId, named.length > 0 ? { id: { in: named } } : { dueDate: { lte: promisedOn } })
  const newer = await db.promiseToPay.count({
    where: {
      debtorId,
      status: 'open',
      id: { gt: id },
      ...(named.length > 0 && { OR: [{ invoices: { some: { invoiceId: { in: named } } } }, { invoices: { none: {} } }] }),
    },
  })
  if (open.invoices.length === 0 || newer > 0) return undefined
  const partly = status === 'partly_kept'
  const day = toPlainDate(promisedOn).toString()
  const { kept, judged, probability } = await promiseRecordFor(db, { debtorId, contactId: promise.contactId ?? undefined }, today)
  return {
    debtorId,
    invoiceIds: open.invoices.map(each => each.id),
    messageId,
    section: { template: 'promise_not_kept', slots: { promisedOn: day, invoices: named.length > 0 ? numbersOf(open) : [], open: open.sums, partly } },
    why: {
      code: 'promise_not_kept',
      promisedOn: day,
      waitedUntil: waitUntil ? toPlainDate(waitUntil).toString() : day,
      partly,
      open: open.sums,
      record: { kept, judged, percent: Math.floor(probability * 100) },
    },
  }
}

async function ofClaim(db: Db, actionId: number, today: string): Promise<Found | undefined> {
  const action = await db.proposedAction.findUnique({ where: { id: actionId }, include: { proposal: { select: { debtorId: true, messageId: true } } } })
  const debtorId = action?.proposal.debtorId
  if (!action || action.kind !== 'mark_payment_claimed' || action.status !== 'done' || !debtorId) return undefined
  const { invoiceIds, amount, currency, paidOn, holdUntil } = actionSchemas.mark_payment_claimed.parse(action.payload)
  const open = await openInvoices(db, debtorId, { id: { in: invoiceIds } })
  if (open.invoices.length === 0) return undefined
  const answer: PaymentClaimAnswer = await answerTo(db, debtorId, { invoiceIds, invoices: [], paid: amount, currency, paidOn }, today)
  if (answer.kind === 'matched') return undefined
  const partly = answer.kind === 'partial'
  return {
    debtorId,
    invoiceIds: open.invoices.map(({ id }) => id),
    messageId: action.messageId ?? action.proposal.messageId,
    section: { template: 'payment_not_found', slots: { invoices: numbersOf(open), ...(paidOn !== undefined && { paidOn }), open: open.sums, partly } },
    why: { code: 'payment_not_seen', waitedUntil: holdUntil, partly, open: open.sums },
  }
}

/** One that names no invoice is about all that was due when it was entered. */
async function ofEnteredClaim(db: Db, entryId: number): Promise<Found | undefined> {
  const entry = await db.debtorEntry.findUnique({ where: { id: entryId } })
  const content = paymentClaim.schema.safeParse(entry?.payload).data
  if (entry?.status !== 'done' || content?.until === undefined) return undefined
  const { debtorId, createdAt } = entry
  const open = await openInvoices(db, debtorId, content.invoiceIds.length > 0 ? { id: { in: content.invoiceIds } } : { dueDate: { lte: createdAt } })
  if (open.invoices.length === 0) return undefined
  const invoiceIds = open.invoices.map(({ id }) => id)
  const partly = (await paidSince(db, invoiceIds, createdAt)).gt(0)
  return {
    debtorId,
    invoiceIds,
    messageId: null,
    section: { template: 'payment_not_found', slots: { invoices: numbersOf(open), open: open.sums, partly } },
    why: { code: 'payment_not_seen', waitedUntil: content.until, partly, open: open.sums },
  }
}

async function ofInstalment(db: Db, id: number): Promise<Found | undefined> {
  const row = await db.instalment.findUnique({ where: { id }, include: { plan: { select: { id: true, debtorId: true, messageId: true } } } })
  const plan = row && (await plansOf(db, row.plan.debtorId)).find(each => each.id === row.planId)
  if (!row || !plan || row.status !== 'missed' || plan.status !== 'at_risk') return undefined
  const dueOn = toPlainDate(row.dueOn).toString()
  const due = plan.instalments.filter(each => each.dueOn.toString() <= dueOn)
  const missed = plan.instalments.find(each => each.id === id)?.amount ?? row.amount
  const { currency } = plan
  const amount = missed.toFixed(2)
  const behind = due.reduce((sum, each) => sum.add(each.amount), new Prisma.Decimal(0)).sub(plan.paid)
  return {
    debtorId: row.plan.debtorId,
    invoiceIds: plan.invoices.map(invoice => invoice.id),
    messageId: row.plan.messageId,
    section: {
      template: 'instalment_missed',
      slots: {
        invoices: plan.invoices.map(({ number }) => number),
        amount: { amount, currency },
        dueOn,
        ...(!behind.eq(missed) && { behind: { amount: behind.toFixed(2), currency } }),
      },
    },
    why: { code: 'instalment_missed', dueOn, amount, currency, planId: plan.id },
  }
}

/** What of it stays due falls with what was paid since; what is open beyond that is still to be credited. */
async function ofDispute(db: Db, id: number): Promise<Found | undefined> {
  const dispute = await db.dispute.findUnique({ where: { id }, include: { invoices: { include: { invoice: true }, orderBy: { invoiceId: 'asc' } } } })
  if (!dispute || dispute.status === 'open' || dispute.outcome === null) return undefined
  const { debtorId, messageId, staysDue, payBy, resolvedAt } = dispute
  const outcome = dispute.outcome as DisputeOutcome
  const invoices = dispute.invoices.map(({ invoice }) => invoice)
  const invoiceIds = invoices.map(invoice => invoice.id)
  const about = staysDue && resolvedAt ? openOfDispute(dispute.invoices) : undefined
  const paid = about && (await paidSince(db, invoiceIds, resolvedAt ?? dispute.createdAt))
  const due = about && paid && staysDue ? Prisma.Decimal.min(about.open, Prisma.Decimal.max(0, staysDue.sub(paid))) : undefined
  const money = (amount: Prisma.Decimal) => ({ amount: amount.toFixed(2), currency: about?.currency ?? '' })
  const credit = about && due && about.open.gt(due) ? { credit: money(about.open.sub(due)) } : {}
  const toPay = due?.gt(0) ? { due: money(due), ...(payBy && { payBy: toPlainDate(payBy).toString() }) } : {}
  return {
    debtorId,
    invoiceIds,
    messageId,
    section: {
      template: 'dispute_decided',
      slots: { outcome, invoices: invoices.map(({ number }) => number), ...credit, settled: due?.isZero() ?? false, ...toPay },
    },
    why: { code: 'dispute_decided', outcome, disputeId: id, ...credit, ...toPay },
  }
}

const findBy = { promise: ofPromise, payment_claim: ofClaim, entered_claim: ofEnteredClaim, instalment: ofInstalment, dispute: ofDispute } satisfies Record<
  FollowUpKind,
  (db: Db, refId: number, today: string) => Promise<Found | undefined>
>

type OpenInvoices = { invoices: { id: number; number: string }[]; sums: { amount: string; currency: string }[] }

async function openInvoices(db: Db, debtorId: number, where: Prisma.InvoiceWhereInput): Promise<OpenInvoices> {
  const invoices = await db.invoice.findMany({
    where: { debtorId, status: 'open', openAmount: { gt: 0 }, ...where },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    select: { id: true, number: true, openAmount: true, currency: true },
  })
  const sums = new Map<string, Prisma.Decimal>()
  for (const { currency, openAmount } of invoices) sums.set(currency, (sums.get(currency) ?? new Prisma.Decimal(0)).add(openAmount))
  return { invoices, sums: [...sums].map(([currency, amount]) => ({ amount: amount.toFixed(2), currency })) }
}

const numbersOf = ({ invoices }: OpenInvoices): string[] => invoices.map(({ number }) => number)
