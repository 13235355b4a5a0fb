import { createTask } from '#ledger'
import { type Db, fromInstant, type OnlinePaymentModel, Prisma, recordAudit } from '#platform'
import { askedCharges, itemsTakenBack } from './asked-charges.ts'
import { partsLeft } from './covered.ts'
import type { PaymentsDeps } from './deps.ts'
import { onlinePaymentChanged } from './jobs.ts'
import { payItems } from './pay-items.ts'
import type { ProviderPayment } from './provider.ts'
import { standStill } from './start-payment.ts'

type Paid = OnlinePaymentModel & { items: { invoiceId: number; amount: Prisma.Decimal; openThen: Prisma.Decimal }[] }

/**
 * Asks the provider how a payment stands and follows it: what was paid keeps reminders off its invoices from this moment on; what was taken back
 * lets them go on, and somebody is asked to look. Asked as often as one likes: only what changed is followed. Throws as the provider does.
 */
export async function followPayment(deps: PaymentsDeps, id: number): Promise<void> {
  const { client, provider, clock, log } = deps
  const known = await client.onlinePayment.findUnique({ where: { id } })
  if (!provider || known?.externalId == null || known.provider !== provider.name) return
  const told = await provider.getPayment(known.externalId)
  const isOurs = known.amount.eq(told.amount) && known.currency === told.currency && told.reference === `duncan-${id}`
  if (!isOurs) {
    log.error({ payment: id }, 'the provider tells of another payment under the id of ours')
    return
  }
  await client.$transaction(async tx => {
    await standStill(tx, known.debtorId)
    const payment = await tx.onlinePayment.findUniqueOrThrow({ where: { id }, include: { items: { orderBy: { invoiceId: 'asc' } } } })
    await tx.onlinePayment.update({ where: { id }, data: { checkedAt: fromInstant(clock.now()), method: told.method ?? payment.method } })
    // Once it was paid, what is told of it is what was taken back.
    if (payment.paidAt) await followTakenBack(deps, tx, payment, told)
    else if (told.status === 'paid') await takePaid(deps, tx, payment, told)
    else if (payment.status !== told.status) await tx.onlinePayment.update({ where: { id }, data: { status: told.status } })
  })
}

/** Also one that had expired or failed: the provider has the money. */
async function takePaid(deps: PaymentsDeps, tx: Db, payment: Paid, told: ProviderPayment): Promise<void> {
  const { clock, queue, timeZone } = deps
  const { id, debtorId, linkId, currency, amount, charges } = payment
  const paidAt = fromInstant(clock.now())
  const invoiceIds = payment.items.map(({ invoiceId }) => invoiceId)
  const items = await payItems(tx, deps, { debtorId, invoiceIds }, clock.today(timeZone))
  const room = items.reduce((sum, { open, underway }) => sum.add(open).sub(underway), new Prisma.Decimal(0))
  const link = await tx.paymentLink.findUniqueOrThrow({ where: { id: linkId } })
  const chargesRoom = (await askedCharges(tx, link, items))?.amount ?? new Prisma.Decimal(0)
  const holdIds = invoiceIds.length > 0 ? await deps.holds.place(tx, { debtorId, invoiceIds }) : []
  await tx.onlinePayment.update({ where: { id }, data: { status: 'paid', paidAt, holdIds } })
  await tx.paymentLink.updateMany({ where: { id: linkId, paidAt: null }, data: { paidAt } })
  await recordAudit(tx, {
    actor: 'debtor',
    event: 'online_payment.paid',
    subject: `online_payment:${id}`,
    detail: { amount: amount.toFixed(), currency, holds: holdIds.length },
  })
  // Two payments may have been begun before either was paid, or the bank was quicker.
  const tooMuch = beyond(amount.sub(charges), room).add(beyond(charges, chargesRoom))
  if (tooMuch.gt(0)) await askSomebody(tx, payment, 'paid_twice', tooMuch)
  const claimed = Prisma.Decimal.min(charges, chargesRoom)
  if (claimed.gt(0)) await askSomebody(tx, payment, 'charges_paid', claimed)
  if (new Prisma.Decimal(told.takenBack).gt(0)) await followTakenBack(deps, tx, { ...payment, holdIds }, told)
  await queue.send(tx, onlinePaymentChanged, { debtorId })
}

async function followTakenBack({ holds, clock, queue }: PaymentsDeps, tx: Db, payment: Paid, told: ProviderPayment): Promise<void> {
  const { id, debtorId, currency } = payment
  const takenBack = Prisma.Decimal.min(payment.amount, told.takenBack)
  const more = takenBack.sub(payment.takenBack)
  if (more.isZero()) return
  const now = fromInstant(clock.now())
  await holds.end(tx, payment.holdIds, now)
  const isSettled = payment.settledAt !== null
  const left = isSettled ? [] : partsLeft(payment.items, itemsTakenBack(payment, takenBack))
  const holdIds: number[] = []
  for (const { invoiceId, amount } of left) {
    const isWhole = payment.items.some(item => item.invoiceId === invoiceId && item.amount.eq(amount))
    holdIds.push(...(await holds.place(tx, { debtorId, invoiceIds: [invoiceId], ...(!isWhole && { amount: amount.toFixed() }) })))
  }
  await tx.onlinePayment.update({ where: { id }, data: { takenBack, holdIds, ...(left.length === 0 && !isSettled && { settledAt: now }) } })
  await recordAudit(tx, {
    actor: 'duncan',
    event: 'online_payment.taken_back',
    subject: `online_payment:${id}`,
    detail: { amount: takenBack.toFixed(), currency },
  })
  if (more.gt(0)) await askSomebody(tx, payment, 'taken_back', more)
  await queue.send(tx, onlinePaymentChanged, { debtorId })
}

const beyond = (amount: Prisma.Decimal, room: Prisma.Decimal): Prisma.Decimal => Prisma.Decimal.max(0, amount.sub(room))

/** Puts it on the list of the debtor's collector. */
export async function askSomebody(
  tx: Db,
  { debtorId, currency }: Pick<OnlinePaymentModel, 'debtorId' | 'currency'>,
  what: 'taken_back' | 'paid_twice' | 'charges_paid' | 'not_in_ledger',
  amount: Prisma.Decimal,
): Promise<void> {
  const { collector } = await tx.debtor.findUniqueOrThrow({ where: { id: debtorId }, select: { collector: true } })
  const person = collector === null ? null : await tx.staff.findUnique({ where: { key: collector }, select: { id: true, active: true } })
  const about = { code: 'online_payment' as const, what, amount: amount.toFixed(), currency }
  await createTask(tx, { debtorId, about, ...(person?.active && { assigneeId: person.id }) })
}
