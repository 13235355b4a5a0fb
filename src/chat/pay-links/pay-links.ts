import { revokeLink } from '#payments'
import { debtorsInSight, sightOf } from '#people'
import { fromInstant } from '#platform'
import { nextStepOf } from '#search'
import { cardFor } from '../button-rights.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { madeLinkCard, payLinksCard } from './pay-link-cards.ts'

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
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const standing = { debtorId, revokedAt: null, expiresAt: { gt: fromInstant(clock.now()) } }
  const links = await client.paymentLink.findMany({ where: standing, orderBy: { id: 'desc' }, take: mostLinks })
  const payments = await client.onlinePayment.findMany({ where: { debtorId }, orderBy: { id: 'desc' }, take: mostPayments })
  const invoices = await client.invoice.findMany({
    where: { debtorId, status: 'open', kind: 'invoice' },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    take: mostInvoices,
  })
  return { kind: 'private', card: cardFor(staff, payLinksCard({ debtor, links, payments, invoices }, context)) }
}

/** A link for all that is open, or for one invoice of the debtor. */
async function makeLink(deps: CommandDeps, debtorId: number, invoiceId: number | undefined): Promise<ClickOutcome> {
  const { client, staff, payLinks, context } = deps
  const { outcome, payLinks: say } = context.words
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: outcome.gone }
  if (!payLinks) return { kind: 'refused', message: say.off }
  const named = invoiceId === undefined ? [] : await client.invoice.findMany({ where: { id: invoiceId, debtorId, status: 'open' }, select: { id: true } })
  if (invoiceId !== undefined && named.length === 0) return { kind: 'refused', message: outcome.gone }
  const link = await client.$transaction(tx => payLinks.linkFor(tx, { debtorId, invoiceIds: named.map(({ id }) => id), staffId: staff.id }))
  return { kind: 'private', card: cardFor(staff, madeLinkCard(debtor, link, context)) }
}

async function revoke(deps: CommandDeps, id: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { outcome, payLinks: say } = context.words
  const link = await client.paymentLink.findUnique({ where: { id }, select: { debtorId: true } })
  if (!link || !(await debtorOf(deps, link.debtorId))) return { kind: 'refused', message: outcome.gone }
  const isRevoked = await client.$transaction(tx => revokeLink(tx, id, { now: fromInstant(clock.now()), staffId: staff.id }))
  return isRevoked ? { kind: 'done', message: say.revoked } : { kind: 'refused', message: say.gone }
}

async function debtorOf({ client, clock, staff }: CommandDeps, id: number) {
  const sight = sightOf(staff)
  const debtor = await client.debtor.findFirst({ where: { id, ...debtorsInSight(sight) }, select: { id: true, name: true, number: true } })
  return debtor && { ...debtor, next: await nextStepOf(client, { sight, clock }, id) }
}
