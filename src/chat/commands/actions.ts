import { type CardElement, cardSchema } from '../card.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const shown = 15

/** `/actions`: what waits for a decision, the oldest first, each with the way to its card. */
export async function actionsCommand({ client, proposals, context }: CommandDeps): Promise<ClickOutcome> {
  const { words, format } = context
  const waiting = { status: { in: ['open', 'awaiting_second'] } }
  const total = await client.proposal.count({ where: waiting })
  const oldest = await client.proposal.findMany({ where: waiting, orderBy: { id: 'asc' }, take: shown, select: { id: true } })
  const views = (await Promise.all(oldest.map(({ id }) => proposals.view(id)))).filter(view => view !== undefined)
  const title = words.command.actionsTitle
  const elements = views.map((view): CardElement => {
    const stake = view.atStake ? format.money(view.atStake.amount, view.atStake.currency) : ''
    const note = [stake, format.dateTime(view.message.receivedAt), view.owner?.name].filter(Boolean).join(' · ')
    const data = { proposal: String(view.id) }
    return { type: 'pick', text: cardTitle(view, words), note, button: { action: 'proposal.show', label: words.button.openProposal, style: 'default', data } }
  })
  const card = cardSchema.parse({
    title,
    subtitle: total === 0 ? words.command.actionsEmpty : words.command.actionsCount(views.length, total),
    elements,
    fallback: [`${title}: ${total}`, ...views.map(view => cardTitle(view, words))].join('\n'),
  })
  return { kind: 'private', card }
}
