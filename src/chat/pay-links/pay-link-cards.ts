import { type DbClient, type InvoiceModel, type OnlinePaymentModel, type PaymentLinkModel } from '#platform'
import type { NextStep } from '#search'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** `next`: what comes next for it. */
type Debtor = { id: number; name: string; number: string; next: NextStep | undefined }

export type PayLinksShown = {
  debtor: Debtor
  /** Those that lead somewhere, and what was begun from any. */
  links: readonly PaymentLinkModel[]
  payments: readonly OnlinePaymentModel[]
  /** Open ones, to make a link for. */
  invoices: readonly Pick<InvoiceModel, 'id' | 'number' | 'openAmount' | 'currency'>[]
}

/** The links of a debtor with what came of each, what was paid by link, and what one can be made for. */
export function payLinksCard({ debtor, links, payments, invoices }: PayLinksShown, context: CardContext): Card {
  const { words, format } = context
  const say = words.payLinks
  const data = { debtor: String(debtor.id) }
  const title = say.title(oneLine(debtor.name, 60))
  const elements: CardElement[] = [
    ...nextStepLine(debtor.next, context),
    ...(links.length === 0 ? [subtle(say.none)] : links.map(link => linkPick(link, context))),
    ...(payments.length > 0 ? [strong(say.payments), ...payments.map(payment => subtle(paymentLine(payment, context)))] : []),
    ...(invoices.length > 0 ? [strong(say.forOne)] : []),
    ...invoices.map(
      ({ id, number, openAmount, currency }): CardElement => ({
        type: 'pick',
        text: `${say.makeOne} · ${oneLine(number, 60)}`,
        note: format.money(openAmount, currency),
        verb: say.makeOne,
        button: { action: 'pay_links.make', label: say.makeOne, style: 'default', data: { ...data, invoice: String(id) } },
      }),
    ),
  ]
  const buttons = [
    { action: 'pay_links.make', label: say.makeAll, style: 'primary', data },
    { action: 'debtor.show', label: words.button.debtor, data },
  ]
  return cardSchema.parse({ title, subtitle: debtor.number, elements, buttons, fallback: title })
}

/** A link that was made, to copy. */
export function madeLinkCard({ id, name, next }: Debtor, { pay, expiresAt }: { pay: string; expiresAt: Date }, context: CardContext): Card {
  const { format } = context
  const say = context.words.payLinks
  const title = say.made(oneLine(name, 60))
  const elements = [strong(pay), subtle(say.copy(format.dayOf(expiresAt))), ...nextStepLine(next, context)]
  const buttons = [{ action: 'pay_links.show', label: say.show, data: { debtor: String(id) } }]
  return cardSchema.parse({ title, elements, buttons, fallback: `${title}: ${pay}` })
}

/** What a debtor paid by link and the ledger does not show yet, a line each, the newest first. */
export async function waitingPaymentLines(client: DbClient, debtorId: number, context: CardContext): Promise<string[]> {
  const payments = await client.onlinePayment.findMany({ where: { debtorId, status: 'paid', settledAt: null }, orderBy: { id: 'desc' } })
  return payments.map(payment => paymentLine(payment, context))
}

function linkPick({ id, scope, createdAt, expiresAt, openings, startedAt, paidAt }: PaymentLinkModel, { words, format }: CardContext): CardElement {
  const say = words.payLinks
  const came = [openings > 0 && say.opened(openings), startedAt && !paidAt && say.started, paidAt && say.paid].filter(Boolean)
  const confirm = { title: say.revokeTitle, text: say.revokeText, yes: say.revoke }
  return {
    type: 'pick',
    text: `${say.revoke} · ${say.scope[scope as keyof typeof say.scope]}`, // a pick shows its text, and not everywhere its button's label
    note: [say.lasts(format.dayOf(createdAt), format.dayOf(expiresAt)), ...came].join(' · '),
    verb: say.revoke,
    button: { action: 'pay_links.revoke', label: say.revoke, style: 'default', confirm, data: { link: String(id) } },
  }
}

function paymentLine({ status, settledAt, amount, takenBack, currency, createdAt }: OnlinePaymentModel, { words, format }: CardContext): string {
  const say = words.payLinks
  const state = status === 'paid' && settledAt && takenBack.lt(amount) ? 'settled' : (status as keyof typeof say.status)
  const back = takenBack.gt(0) ? [say.takenBack(format.money(takenBack, currency))] : []
  return [format.dayOf(createdAt), format.money(amount, currency), say.status[state], ...back].join(' · ')
}

const subtle = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
const strong = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'strong' })
