import { advisoryLocks, type Db, DuncanError, fromInstant, type PaymentLinkModel, Prisma, recordAudit } from '#platform'
import type { PaymentsDeps } from './deps.ts'
import { newSeed } from './link-token.ts'
import { type PayItem, payAsked } from './pay-items.ts'
import type { PaymentOrder } from './provider.ts'

/** What a page showed when somebody pressed its button: `amount` a decimal string, `all`: of all that is open. */
export type PayClick = { token: string; all: boolean; currency: string; amount: string; locale: string }

/** `changed`: another amount is asked for now than the page showed. `unavailable`: the provider cannot be used now. */
export type PayStart = { kind: 'started'; checkoutUrl: string } | { kind: 'changed' } | { kind: 'unavailable' }

/** How long a payment that was begun is gone on with instead of beginning another one. */
const sameFor = { minutes: 10 }

/** Begins a payment of what is asked for at this moment, in one currency; a second press goes on with the first one's. */
export async function startPayment(deps: PaymentsDeps, link: PaymentLinkModel, click: PayClick): Promise<PayStart> {
  const { client, provider, log } = deps
  if (!provider) return { kind: 'unavailable' }
  const begun = await client.$transaction(tx => begin(deps, provider.name, tx, link, click))
  if (begun.kind !== 'order') return begun
  try {
    const made = await provider.createPayment(begun.order)
    if (made.checkoutUrl === undefined) throw new DuncanError('payments.unreadable', 'A new payment has no page.', 'Ask the payment provider.')
    const data = { externalId: made.id, checkoutUrl: made.checkoutUrl, status: 'open' }
    await client.onlinePayment.update({ where: { id: begun.paymentId }, data })
    return { kind: 'started', checkoutUrl: made.checkoutUrl }
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    // It may be known to the provider, but nobody was led to it: nothing can be paid there.
    await client.onlinePayment.updateMany({ where: { id: begun.paymentId, externalId: null }, data: { status: 'failed' } })
    log.error({ payment: begun.paymentId, code: error.code, err: error }, 'an online payment could not be begun')
    return { kind: 'unavailable' }
  }
}

async function begin(
  deps: PaymentsDeps,
  provider: string,
  tx: Db,
  link: PaymentLinkModel,
  { token, all, currency, amount, locale }: PayClick,
): Promise<PayStart | { kind: 'order'; paymentId: number; order: PaymentOrder }> {
  const { clock } = deps
  await standStill(tx, link.debtorId)
  const asked = await payAsked(tx, deps, link, all)
  const items = asked.items.filter(item => item.currency === currency)
  const total = asked.totals.find(each => each.currency === currency)
  const charges = asked.charges?.currency === currency ? asked.charges.amount : new Prisma.Decimal(0)
  if (!total || total.amount.toFixed() !== amount) return { kind: 'changed' }

  const parts = items.filter(({ payable }) => payable.gt(0)).map(({ invoiceId, payable, open }) => ({ invoiceId, amount: payable, openThen: open }))
  const since = fromInstant(clock.now().subtract(sameFor))
  const open = await tx.onlinePayment.findFirst({
    where: { linkId: link.id, status: 'open', currency, amount: total.amount, charges, createdAt: { gt: since } },
    include: { items: true },
    orderBy: { id: 'desc' },
  })
  if (open?.checkoutUrl && samePaid(open.items, parts)) return { kind: 'started', checkoutUrl: open.checkoutUrl }

  const now = fromInstant(clock.now())
  const payment = await tx.onlinePayment.create({
    data: { linkId: link.id, debtorId: link.debtorId, provider, currency, amount: total.amount, charges, createdAt: now, items: { create: parts } },
  })
  await tx.paymentLink.updateMany({ where: { id: link.id, startedAt: null }, data: { startedAt: now } })
  const subject = `online_payment:${payment.id}`
  await recordAudit(tx, { actor: 'debtor', event: 'online_payment.begun', subject, detail: { link: link.id, amount: total.amount.toFixed(), currency } })
  const debtor = await tx.debtor.findUniqueOrThrow({ where: { id: link.debtorId }, include: { administration: true } })
  const order: PaymentOrder = {
    amount: total.amount.toFixed(decimalsOf(currency)),
    currency,
    description: descriptionOf(items, debtor),
    reference: `duncan-${payment.id}`,
    methods: deps.rules().methods[debtor.country ?? debtor.administration.country] ?? [],
    locale,
    redirectUrl: `${link.base}/pay/${token}/back`,
    webhookUrl: `${link.base}/pay/webhook/${provider}`,
    idempotencyKey: newSeed(),
  }
  return { kind: 'order', paymentId: payment.id, order }
}

/** One at a time for a debtor: of two presses at once the second finds what the first began. */
export const standStill = (tx: Db, debtorId: number): Promise<number> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.onlinePayments}::int, ${debtorId}::int)`

/** ISO 4217, as the runtime knows it: most have two. */
const decimalsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

const samePaid = (open: readonly { invoiceId: number; amount: Prisma.Decimal }[], parts: readonly { invoiceId: number; amount: Prisma.Decimal }[]): boolean =>
  open.length === parts.length && parts.every(part => open.some(({ invoiceId, amount }) => invoiceId === part.invoiceId && amount.eq(part.amount)))

const longestNumbers = 120
const longestName = 80

/** What the debtor reads on their statement: the customer number and, as far as they fit, the invoices. */
function descriptionOf(items: readonly PayItem[], debtor: { number: string; administration: { name: string } }): string {
  const numbers = items.map(({ number }) => number).join(' ')
  return [debtor.administration.name.slice(0, longestName), debtor.number, ...(numbers.length <= longestNumbers ? [numbers] : [])]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}
