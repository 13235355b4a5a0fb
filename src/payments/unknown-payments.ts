import { DuncanError } from '#platform'
import type { PaymentsDeps } from './deps.ts'
import type { ProviderPayment } from './provider.ts'

/** How far back the provider is asked, and how many payments are named. */
const [lookedBack, mostNamed] = [{ hours: 24 * 30 }, 10]

/**
 * Asks the provider for what was paid by pages of ours and is not known here, as after an older backup was restored, and tells people while there is any: no
 * reminder is kept back for it. Throws as the provider does.
 */
export async function tellUnknownPayments({ client, provider, clock, ops, base }: PaymentsDeps): Promise<void> {
  if (!provider) return
  const paid = (await provider.paymentsSince(clock.now().subtract(lookedBack))).filter(payment => isOurs(payment, base) && payment.status === 'paid')
  const ids = paid.map(({ id }) => id)
  const rows = await client.onlinePayment.findMany({ where: { provider: provider.name, externalId: { in: ids } }, select: { externalId: true } })
  const known = new Set(rows.map(({ externalId }) => externalId))
  const unknown = paid.filter(({ id }) => !known.has(id))
  const key = `payments:${provider.name}`
  if (unknown.length === 0) return ops.resolve(key)
  const named = unknown.slice(0, mostNamed).map(({ id, amount, currency }) => `${id} (${currency} ${amount})`)
  const more = unknown.length > mostNamed ? `, and ${unknown.length - mostNamed} more` : ''
  await ops.raise({
    key,
    problem: `Debtors paid by link what this Duncan does not know, as after an older backup was restored: ${named.join(', ')}${more}. Reminders about it are not kept back.`,
    remedy: `Look the payments up at the provider, where their description names customer and invoices, and put a hold on those until the ledger shows the money. This stands for 30 days after they were begun.`,
  })
}

/** Whether somebody says truly that a payment was made by a page of ours; what the provider does not know is nobody's. */
export async function isPaymentOfOurs({ provider, base }: PaymentsDeps, externalId: string): Promise<boolean> {
  try {
    return provider !== undefined && isOurs(await provider.getPayment(externalId), base)
  } catch (error) {
    if (error instanceof DuncanError && error.code === 'payments.refused') return false
    throw error
  }
}

/** The provider's account may serve others, too. */
const isOurs = ({ reference, webhookUrl }: ProviderPayment, base: string): boolean =>
  reference?.startsWith('duncan-') === true && webhookUrl?.startsWith(`${base}/`) === true
