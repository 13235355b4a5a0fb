import type { Staff } from '#people'
import { type CardButton, type CardElement, cardSchema } from '../card.ts'
import { amountConcerned } from '../cards/amount-concerned.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'
import { ownersActedFor, waitingFor } from './waiting.ts'

const pageLength = 15

export type ActionsAsked = { whose: 'mine' | 'team'; page: number }

/** `/actions [mine|team]`: what waits for a decision, the oldest first, each with the way to its card. */
export const actionsCommand = (deps: CommandDeps, rest: string, staff: Staff): Promise<ClickOutcome> =>
  actionsAnswer(deps, { whose: rest.toLowerCase() === 'mine' ? 'mine' : 'team', page: 0 }, staff)

/** One page of what waits for a decision; `mine`: what this person owns, and what nobody does. */
export async function actionsAnswer(deps: CommandDeps, { whose, page }: ActionsAsked, staff: Staff): Promise<ClickOutcome> {
  const { client, proposals, context } = deps
  const { words, format } = context
  const owners = whose === 'mine' ? await ownersActedFor(deps, staff) : undefined
  const where = waitingFor(staff, owners)
  const [{ count: total } = { count: 0 }] = await client.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM "Proposal" p WHERE ${where}`
  const last = Math.max(0, Math.ceil(total / pageLength) - 1)
  const current = Math.min(Math.max(0, page), last) // what was decided since may have shortened the list
  const rows = await client.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM "Proposal" p WHERE ${where} ORDER BY p.id LIMIT ${pageLength} OFFSET ${current * pageLength}`
  const views = (await Promise.all(rows.map(({ id }) => proposals.view(id)))).filter(view => view !== undefined)
  const first = current * pageLength + 1
  const count = words.command.actionsRange(first, first + views.length - 1, total)
  const empty = whose === 'mine' ? words.command.actionsMineEmpty : words.command.actionsEmpty
  const elements = views.map((view): CardElement => {
    const amount = amountConcerned(view).map(sum => format.money(sum.amount, sum.currency))
    const owner = view.owner && (view.cover ? words.card.coveredBy(view.owner.name, view.cover.name) : view.owner.name)
    const note = [amount.join(' + '), format.dateTime(view.message.receivedAt), owner].filter(Boolean).join(' · ')
    const data = { proposal: String(view.id) }
    return { type: 'pick', text: cardTitle(view, words), note, button: { action: 'proposal.show', label: words.button.openProposal, style: 'default', data } }
  })
  const button = (label: string, asked: ActionsAsked): CardButton => ({
    action: 'actions.show',
    label,
    style: 'default',
    data: { whose: asked.whose, page: String(asked.page) },
  })
  const card = cardSchema.parse({
    title: `${words.command.actionsTitle} · ${whose === 'mine' ? words.button.mine : words.button.team}`,
    subtitle: total === 0 ? empty : count,
    elements,
    buttons: [
      ...(current > 0 ? [button(words.button.previous, { whose, page: current - 1 })] : []),
      ...(current < last ? [button(words.button.next, { whose, page: current + 1 })] : []),
      whose === 'mine' ? button(words.button.team, { whose: 'team', page: 0 }) : button(words.button.mine, { whose: 'mine', page: 0 }),
    ],
    fallback: [`${words.command.actionsTitle}: ${total}`, ...views.map(view => cardTitle(view, words))].join('\n'),
  })
  return { kind: 'private', card }
}
