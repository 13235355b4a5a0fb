import { type Db, type DbClient, type PaymentModel, Prisma, recordAudit } from '#platform'
import { type JudgeDeps, judgePromises } from '../judge-promises.ts'
import { lockedTransaction, lockLedger } from '../ledger-lock.ts'
import { searchNumber } from '../search-number.ts'
import type { Finding } from './finding.ts'
import { fitsOf, fromThousandths, inOrder, thousandths } from './fit-amounts.ts'
import { capacityOf, loadItems, restateOpenAmounts } from './open-amounts.ts'
import type { Allocation, PaymentChoice } from './payment-choice.ts'
import type { PaymentProblem } from './payment-problem.ts'
import { couldBeTakenBackBy, returnCharges, reversePayment } from './reversals.ts'
import { noteChanges } from './write-matches.ts'

export type AllocateDeps = JudgeDeps & { client: DbClient }

/** `actor`: `staff:3`. `version`: of the payment as the person saw it; left out, whatever it is now. */
export type PaymentDecision = { paymentId: number; actor: string; version?: number | undefined; choice: PaymentChoice }

export type PaymentDecisionOutcome =
  /** `debtorIds`: whose invoices it touched, before or now. */
  | { kind: 'done'; debtorIds: number[] }
  | { kind: 'not_found' }
  /** It changed since the person saw it. */
  | { kind: 'changed' }
  | { kind: 'refused'; problem: PaymentProblem }

/** Thrown before anything is written. */
class Refused extends Error {
  readonly problem: PaymentProblem

  constructor(problem: PaymentProblem) {
    super(problem.code)
    this.problem = problem
  }
}

/** Carries out a person's word on a bank payment, with its audit row; open amounts and promises follow. Nothing beyond the payment or an item is ever allocated. */
export const settlePayment = (deps: AllocateDeps, decision: PaymentDecision): Promise<PaymentDecisionOutcome> =>
  deps.client.$transaction(tx => settlePaymentIn(tx, deps, decision), lockedTransaction)

/** The same in the caller's transaction, which holds the ledger's lock from then on. */
export async function settlePaymentIn(tx: Db, deps: JudgeDeps, decision: PaymentDecision): Promise<PaymentDecisionOutcome> {
  await lockLedger(tx)
  const payment = await tx.payment.findFirst({ where: { id: decision.paymentId, source: 'bank' } })
  if (!payment) return { kind: 'not_found' }
  if (decision.version !== undefined && decision.version !== payment.version) return { kind: 'changed' }
  if (payment.status === 'reversed') return { kind: 'refused', problem: { code: 'taken_back' } }
  const before = await debtorsOf(tx, payment.id)
  try {
    await carryOut(tx, payment, decision)
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', problem: error.problem }
    throw error
  }
  const debtorIds = [...new Set([...before, ...(await debtorsOf(tx, payment.id))])]
  await judgePromises(tx, deps, { debtorIds })
  return { kind: 'done', debtorIds }
}

type Payment = Pick<PaymentModel, 'id' | 'administrationId' | 'amount' | 'currency' | 'receivedOn' | 'debtorId' | 'status' | 'statementId'>

function carryOut(tx: Db, payment: Payment, { choice, actor }: PaymentDecision): Promise<void> {
  switch (choice.kind) {
    case 'allocate':
      return allocate(tx, payment, choice.allocations, actor)
    case 'pay_invoices':
      return payInvoices(tx, payment, choice.numbers, actor)
    case 'leave_unapplied':
      return leaveUnapplied(tx, payment, choice.debtorId, actor)
    case 'not_ours':
      return putAside(tx, payment, { status: 'not_ours', debtorId: null, finding: { kind: 'not_ours', why: 'staff', by: actor } }, actor)
    case 'seen_before':
      return putAside(tx, payment, { status: 'not_ours', debtorId: null, finding: { kind: 'not_ours', why: 'seen_before', by: actor } }, actor)
    case 'match_anew':
      return matchAnew(tx, payment, actor)
    case 'unallocate':
      return putAside(tx, payment, { status: 'unapplied', debtorId: payment.debtorId, finding: { kind: 'unapplied', reason: 'staff', by: actor } }, actor)
    case 'returned':
      return markReturned(tx, payment, choice.paymentId, actor)
    default:
      return choice satisfies never
  }
}

async function allocate(tx: Db, payment: Payment, allocations: Allocation[], actor: string): Promise<void> {
  const wanted = allocations.map(({ invoiceId, amount, waived }) => ({
    invoiceId,
    amount: new Prisma.Decimal(amount),
    waived: new Prisma.Decimal(waived ?? 0),
  }))
  if (wanted.length === 0 || new Set(wanted.map(({ invoiceId }) => invoiceId)).size < wanted.length) throw new Refused({ code: 'invoices_twice' })
  const items = await loadItems(
    tx,
    Prisma.sql`i.id = ANY(${wanted.map(({ invoiceId }) => invoiceId)}::int[]) AND i."administrationId" = ${payment.administrationId}::int`,
  )
  const receivedOn = payment.receivedOn.toISOString().slice(0, 10)
  for (const { invoiceId, amount, waived } of wanted) {
    const item = items.find(({ id }) => id === invoiceId)
    if (!item) throw new Refused({ code: 'other_administration' })
    if (item.currency !== payment.currency)
      throw new Refused({ code: 'other_currency', invoice: item.number, currency: item.currency, paidIn: payment.currency })
    const covered = amount.add(waived)
    const capacity = capacityOf(item, receivedOn)
    const isBeyond = covered.abs().gt(capacity.abs()) || covered.isNegative() !== item.amount.isNegative() || waived.mul(amount).isNegative()
    if (amount.isZero() || isBeyond) throw new Refused({ code: 'beyond_invoice', invoice: item.number, amount: capacity.toFixed(), currency: item.currency })
  }
  const rest = (await restOf(tx, payment)).sub(wanted.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)))
  if (rest.isNegative()) throw new Refused({ code: 'beyond_payment', amount: rest.neg().toFixed(), currency: payment.currency })

  for (const { invoiceId, amount, waived } of wanted) {
    await tx.paymentAllocation.upsert({
      where: { paymentId_invoiceId: { paymentId: payment.id, invoiceId } },
      create: { paymentId: payment.id, invoiceId, amount, waived },
      update: { amount: { increment: amount }, waived: { increment: waived } },
    })
  }
  await restateOpenAmounts(tx, { invoiceIds: wanted.map(({ invoiceId }) => invoiceId) })
  const debtorId = items.find(item => item.debtorId === payment.debtorId)?.debtorId ?? items[0]?.debtorId ?? null
  await mark(tx, payment.id, { status: 'matched', debtorId, finding: { kind: 'matched', reason: 'staff', rest: rest.toFixed(), by: actor } })
  const detail = { allocations: wanted.map(({ invoiceId, amount, waived }) => ({ invoice: invoiceId, amount: amount.toFixed(), waived: waived.toFixed() })) }
  await recordAudit(tx, { actor, event: 'payment.allocated', subject: `payment:${payment.id}`, detail })
}

async function payInvoices(tx: Db, payment: Payment, numbers: string[], actor: string): Promise<void> {
  const keys = numbers.map(searchNumber).filter(key => key !== '')
  const items = await loadItems(tx, Prisma.sql`i."searchNumber" = ANY(${keys}::text[]) AND i."administrationId" = ${payment.administrationId}::int`)
  for (const [index, key] of keys.entries()) {
    const found = items.filter(item => item.searchNumber === key)
    if (found.length !== 1) throw new Refused({ code: found.length === 0 ? 'no_invoice' : 'several_invoices', invoice: numbers[index] ?? key })
  }
  const ordered = [...new Set(keys)].flatMap(key => items.filter(item => item.searchNumber === key))
  const fits = fitsOf(ordered, payment.receivedOn.toISOString().slice(0, 10))
  if (fits.length < ordered.length || fits.length === 0) throw new Refused({ code: 'paid_already' })
  const shares = inOrder(fits, thousandths(await restOf(tx, payment)))
  const allocations = shares.map(({ fit, amount }) => ({ invoiceId: fit.item.id, amount: fromThousandths(amount) }))
  await allocate(tx, payment, allocations, actor)
}

/** What of a payment is not allocated, in its currency. */
async function restOf(tx: Db, { id, amount }: Pick<Payment, 'id' | 'amount'>): Promise<Prisma.Decimal> {
  const { _sum } = await tx.paymentAllocation.aggregate({ where: { paymentId: id }, _sum: { amount: true } })
  return amount.sub(_sum.amount ?? 0)
}

async function leaveUnapplied(tx: Db, payment: Payment, debtorId: number, actor: string): Promise<void> {
  const debtor = await tx.debtor.findFirst({ where: { id: debtorId, administrationId: payment.administrationId }, select: { id: true } })
  if (!debtor) throw new Refused({ code: 'other_debtor' })
  await putAside(tx, payment, { status: 'unapplied', debtorId, finding: { kind: 'unapplied', reason: 'staff', by: actor } }, actor)
}

async function matchAnew(tx: Db, { id, status }: Payment, actor: string): Promise<void> {
  if (status !== 'review') throw new Refused({ code: 'decided' })
  await tx.payment.update({ where: { id }, data: { status: 'new', finding: Prisma.DbNull, version: { increment: 1 } } })
  await noteChanges(tx, [id])
  await recordAudit(tx, { actor, event: 'payment.another', subject: `payment:${id}` })
}

type Mark = { status: string; debtorId: number | null; finding: Finding }

/** Takes back whatever the payment was allocated to and marks it. */
async function putAside(tx: Db, payment: Payment, marked: Mark, actor: string): Promise<void> {
  const gone = await tx.paymentAllocation.findMany({ where: { paymentId: payment.id }, select: { invoiceId: true } })
  const invoiceIds = gone.map(({ invoiceId }) => invoiceId)
  await tx.paymentAllocation.deleteMany({ where: { paymentId: payment.id } })
  await restateOpenAmounts(tx, { invoiceIds })
  await mark(tx, payment.id, marked)
  await recordAudit(tx, {
    actor,
    event: `payment.${marked.status}`,
    subject: `payment:${payment.id}`,
    detail: { debtor: marked.debtorId, takenFrom: invoiceIds },
  })
}

async function markReturned(tx: Db, reversal: Payment, paymentId: number, actor: string): Promise<void> {
  const original = await tx.payment.findFirst({ where: { id: paymentId, ...couldBeTakenBackBy(reversal) }, select: { id: true } })
  if (!original || !reversal.amount.isNegative()) throw new Refused({ code: 'not_returnable', charges: String(returnCharges) })
  await reversePayment(tx, original.id, reversal.id, actor)
}

async function mark(tx: Db, id: number, { status, debtorId, finding }: Mark): Promise<void> {
  await tx.payment.update({ where: { id }, data: { status, debtorId, finding, version: { increment: 1 } } })
  await noteChanges(tx, [id])
}

async function debtorsOf(tx: Db, paymentId: number): Promise<number[]> {
  const rows = await tx.paymentAllocation.findMany({ where: { paymentId }, select: { invoice: { select: { debtorId: true } } } })
  return rows.map(({ invoice }) => invoice.debtorId)
}
