import { type OnlinePaymentModel, type PaymentLinkModel, Prisma } from '#platform'
import type { cardContext } from '../../src/chat/context.ts'
import { madeLinkCard, payLinksCard } from '../../src/chat/pay-links/pay-link-cards.ts'
import type { Sample } from './sample-cards.ts'
import { secondReminder } from './views.ts'

const debtor = { id: 8, name: 'Visser Installatie BV', number: '10001', next: secondReminder }
const at = (day: string) => new Date(`${day}T10:00:00Z`)
const decimal = (value: string) => new Prisma.Decimal(value)
const link = { id: 3, scope: 'reminder', createdAt: at('2026-02-20'), expiresAt: at('2026-04-21'), openings: 2, startedAt: at('2026-02-21'), paidAt: null }
const payment = { status: 'paid', amount: decimal('1210.00'), takenBack: decimal('0'), currency: 'EUR', createdAt: at('2026-02-28'), settledAt: null }

/** Pages on which a debtor pays: its links and payments, and one that was made. */
export function payLinkSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const links = [link, { ...link, id: 2, scope: 'debtor', openings: 0, startedAt: null }] as PaymentLinkModel[]
  const payments = [payment, { ...payment, status: 'canceled', createdAt: at('2026-02-21') }] as OnlinePaymentModel[]
  const invoices = ['2026-0398', '2026-0412'].map((number, index) => ({ id: index + 11, number, openAmount: decimal('605.00'), currency: 'EUR' }))
  const made = { pay: 'https://pay.harbourlight.example/pay/5cZ0m1nqL3bXh2V8yKJ4Tg', expiresAt: at('2026-05-01') }
  return [
    { name: 'links to pay', on: 'answer', card: payLinksCard({ debtor, links, payments, invoices }, context) },
    { name: 'no link to pay', on: 'answer', card: payLinksCard({ debtor, links: [], payments: [], invoices }, context) },
    { name: 'a link to pay', on: 'answer', card: madeLinkCard(debtor, made, context) },
  ]
}
