import { type Db, Prisma } from '#platform'

export type PromiseInput = {
  debtorId: number
  /** ISO day. */
  promisedOn?: string | undefined
  /** Decimal string in `currency`; without it the whole of the invoices is promised. */
  amount?: string | undefined
  currency?: string | undefined
  /** Empty: nothing in particular, the whole account. */
  invoiceIds: number[]
  conditional: boolean
  /** ISO day on which it was said, from when on money counts for it; today when left out. */
  saidOn?: string | undefined
  /** ISO day: the last one on which the money counts as in time. */
  waitUntil?: string | undefined
  /** Who promised, when it is a known contact. */
  contactId?: number | undefined
  /** The debtor's literal words. */
  evidence?: string | undefined
  messageId?: number | undefined
  /** Of a proposal; without one every call records a promise. */
  actionId?: number | undefined
}

/** Records a promise to pay and returns its id; a second call for one action returns the first one's. */
export async function registerPromise(tx: Db, input: PromiseInput): Promise<number> {
  const known = input.actionId === undefined ? null : await tx.promiseToPay.findUnique({ where: { actionId: input.actionId }, select: { id: true } })
  if (known) return known.id
  const { debtorId, promisedOn, amount, conditional, evidence, saidOn, waitUntil, contactId, messageId, actionId } = input
  const { stake, currency } = amount === undefined ? await openOf(tx, input) : { stake: new Prisma.Decimal(amount), currency: input.currency }
  const invoices = { createMany: { data: [...new Set(input.invoiceIds)].map(invoiceId => ({ invoiceId })) } }
  const { id } = await tx.promiseToPay.create({
    data: {
      debtorId,
      promisedOn: promisedOn ? new Date(`${promisedOn}T00:00:00Z`) : null,
      saidOn: saidOn ? new Date(`${saidOn}T00:00:00Z`) : null,
      waitUntil: waitUntil ? new Date(`${waitUntil}T00:00:00Z`) : null,
      amount: amount === undefined ? null : new Prisma.Decimal(amount),
      currency: currency ?? null,
      stake,
      contactId: contactId ?? null,
      conditional,
      evidence: evidence ?? null,
      messageId: messageId ?? null,
      actionId: actionId ?? null,
      invoices,
    },
  })
  return id
}

/** What a promise without an amount is about: what is open of its invoices, or of all; null where that is in several currencies. */
async function openOf(tx: Db, { debtorId, invoiceIds, currency }: PromiseInput): Promise<{ stake: Prisma.Decimal | null; currency: string | undefined }> {
  const where = invoiceIds.length > 0 ? { id: { in: invoiceIds } } : { kind: 'invoice' }
  const [open, ...others] = await tx.invoice.groupBy({
    by: ['currency'],
    where: { debtorId, status: 'open', ...where },
    _sum: { openAmount: true },
    orderBy: { currency: 'asc' },
  })
  return open && others.length === 0 ? { stake: open._sum.openAmount, currency: open.currency } : { stake: null, currency }
}

/** Takes back a promise, or the one that an action recorded; a promise that was kept or broken meanwhile stays. Says whether it did. */
export async function cancelPromise(tx: Db, which: { id: number } | { actionId: number }): Promise<boolean> {
  const { count } = await tx.promiseToPay.updateMany({ where: { ...which, status: 'open' }, data: { status: 'cancelled' } })
  return count > 0
}
