import { revokeLink } from '#payments'
import { debtorsInSight, sightOf } from '#people'
import { fromInstant, type OnlinePaymentModel, type PaymentLinkModel } from '#platform'
import { cardFor } from '../button-rights.ts'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'

const actions = ['pay_links.show', 'pay_links.make', 'pay_links.revoke'] as const
/** The buttons of links on which a debtor pays. */
type PayLinkAction = (typeof actions)[number]

export const isPayLinkAction = (action: string): action is PayLinkAction => actions.some(known => known === action)

const [mostInvoices, mostLinks, mostPayments] = [10, 5, 5]

/** `/duncan paylink <debtor | invoice>`: the links of the one debtor that is meant. */
export const payLinksCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'pay_links.show', payLinksAnswer)

/** Answers a button of links to pay. */
export async function clickPayLink(deps: CommandDeps, { action, data }: Click & { action: PayLinkAction }): Promise<ClickOutcome> {
  switch (action) {
    case 'pay_links.show':
      return payLinksAnswer(deps, idOf(data.debtor))
    case 'pay_links.make':
      return makeLink(deps, idOf(data.debtor), data.invoice === undefined ? undefined : idOf(data.invoice))
    case 'pay_links.revoke':
      return revoke(deps, idOf(data.link))
    default:
      return action satisfies never
  }
}

/** The links of a debtor in sight that lead somewhere, what was paid by link, and its open invoices to make one for. */
async function payLinksAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { words, format } = context
  const say = words.payLinks
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const standing = { debtorId, revokedAt: null, expiresAt: { gt: fromInstant(clock.now()) } }
  const links = await client.paymentLink.findMany({ where: standing, orderBy: { id: 'desc' }, take: mostLinks })
  const payments = await client.onlinePayment.findMany({ where: { debtorId }, orderBy: { id: 'desc' }, take: mostPayments })
  const invoices = await client.invoice.findMany({
    where: { debtorId, status: 'open', kind: 'invoice' },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    take: mostInvoices,
  })
  const title = say.title(oneLine(debtor.name, 60))
  const elements: CardElement[] = [
    ...(links.length === 0 ? [subtle(say.none)] : links.map(link => linkPick(link, context))),
    ...(payments.length > 0 ? [strong(say.payments), ...payments.map(payment => subtle(paymentLine(payment, context)))] : []),
    ...invoices.map(
      ({ id, number, openAmount, currency }): CardElement => ({
        type: 'pick',
        text: `${say.makeOne} · ${oneLine(number, 60)}`,
        note: format.money(openAmount, currency),
        button: { action: 'pay_links.make', label: say.makeOne, style: 'default', data: { debtor: String(debtorId), invoice: String(id) } },
      }),
    ),
  ]
  const buttons = [
    { action: 'pay_links.make', label: say.makeAll, style: 'primary', data: { debtor: String(debtorId) } },
    { action: 'debtor.show', label: words.button.debtor, data: { debtor: String(debtorId) } },
  ]
  return { kind: 'private', card: cardFor(staff, cardSchema.parse({ title, subtitle: debtor.number, elements, buttons, fallback: title })) }
}

/** A link for all that is open, or for one invoice of the debtor. */
async function makeLink(deps: CommandDeps, debtorId: number, invoiceId: number | undefined): Promise<ClickOutcome> {
  const { client, staff, payLinks, context } = deps
  const { words, format } = context
  const say = words.payLinks
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  if (!payLinks) return { kind: 'refused', message: say.off }
  const named = invoiceId === undefined ? [] : await client.invoice.findMany({ where: { id: invoiceId, debtorId, status: 'open' }, select: { id: true } })
  if (invoiceId !== undefined && named.length === 0) return { kind: 'refused', message: words.outcome.gone }
  const { pay, expiresAt } = await client.$transaction(tx => payLinks.linkFor(tx, { debtorId, invoiceIds: named.map(({ id }) => id), staffId: staff.id }))
  const title = say.made(oneLine(debtor.name, 60))
  const elements = [strong(pay), subtle(say.copy(format.dayOf(expiresAt)))]
  const buttons = [{ action: 'pay_links.show', label: say.show, data: { debtor: String(debtorId) } }]
  return { kind: 'private', card: cardFor(staff, cardSchema.parse({ title, elements, buttons, fallback: `${title}: ${pay}` })) }
}

async function revoke(deps: CommandDeps, id: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { outcome, payLinks: say } = context.words
  const link = await client.paymentLink.findUnique({ where: { id }, select: { debtorId: true } })
  if (!link || !(await debtorOf(deps, link.debtorId))) return { kind: 'refused', message: outcome.gone }
  const isRevoked = await client.$transaction(tx => revokeLink(tx, id, { now: fromInstant(clock.now()), staffId: staff.id }))
  return isRevoked ? { kind: 'done', message: say.revoked } : { kind: 'refused', message: say.gone }
}

function linkPick({ id, scope, createdAt, expiresAt, openings, startedAt, paidAt }: PaymentLinkModel, { words, format }: CardContext): CardElement {
  const say = words.payLinks
  const came = [openings > 0 && say.opened(openings), startedAt && !paidAt && say.started, paidAt && say.paid].filter(Boolean)
  return {
    type: 'pick',
    text: `${say.revoke} · ${say.scope[scope as keyof typeof say.scope]}`, // a pick shows its text, and not everywhere its button's label
    note: [say.lasts(format.dayOf(createdAt), format.dayOf(expiresAt)), ...came].join(' · '),
    button: { action: 'pay_links.revoke', label: say.revoke, style: 'default', data: { link: String(id) } },
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

const debtorOf = ({ client, staff }: CommandDeps, id: number) =>
  client.debtor.findFirst({ where: { id, ...debtorsInSight(sightOf(staff)) }, select: { id: true, name: true, number: true } })
