import type { Staff } from '#people'
import { type Card, type CardButton, type CardElement, cardSchema } from '../card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { actionsAnswer } from './actions.ts'
import { proposalAnswer } from './proposal.ts'
import type { CommandDeps } from './registry.ts'
import { readAsked, waitingList } from './waiting-list.ts'

// Who works through a list stays in it: the card that was opened from it, its forms, and what is told after a decision carry the words
// of the list, and lead to the next one.

/** The card of a proposal that was opened from a list, with the way to the next one behind its other buttons. */
export async function openInList(deps: CommandDeps, staff: Staff, list: string, proposalId: number): Promise<ClickOutcome> {
  const opened = await proposalAnswer(deps, proposalId)
  if (opened.kind !== 'private') return opened
  const { next, left } = await placeIn(deps, staff, list, proposalId)
  const card = carryList(opened.card, list)
  return next === undefined ? { ...opened, card } : { ...opened, card: { ...card, more: [nextButton(deps, list, proposalId, left), ...card.more] } }
}

/** The card of the one that waits after this in its list; the list itself when nothing else waits in it. */
export async function nextAnswer(deps: CommandDeps, staff: Staff, list: string, proposalId: number): Promise<ClickOutcome> {
  const { next } = await placeIn(deps, staff, list, proposalId)
  return next === undefined ? actionsAnswer(deps, { list, page: 0 }, staff) : openInList(deps, staff, list, next)
}

/** What somebody is told who pressed a button of a card that was opened from a list; every other outcome as it is. */
export async function followList(deps: CommandDeps, { staff, action, data }: Click, outcome: ClickOutcome): Promise<ClickOutcome> {
  const { list, proposal = '' } = data
  if (list === undefined || !action.startsWith('proposal.')) return outcome
  if (outcome.kind === 'form') return { ...outcome, card: carryList(outcome.card, list) }
  if (outcome.kind !== 'done') return outcome
  return { kind: 'private', card: await decidedCard(deps, staff, list, Number(proposal), outcome.message ?? deps.context.words.outcome.done) }
}

/** The card as it stands after a decision, what was done above it, and the way to the next one first. */
async function decidedCard(deps: CommandDeps, staff: Staff, list: string, proposalId: number, message: string): Promise<Card> {
  const { words } = deps.context
  const { next, left } = await placeIn(deps, staff, list, proposalId)
  const told: CardElement = { type: 'notice', tone: 'good', title: message, lines: next === undefined ? [words.daily.listDone] : [] }
  const after = await proposalAnswer(deps, proposalId)
  // One that was handed on may be out of its giver's sight.
  const card = after.kind === 'private' ? carryList(after.card, list) : cardSchema.parse({ title: message, elements: [], fallback: message })
  const back: CardButton = { action: 'actions.show', label: words.home.open, style: 'default', data: { list, page: '0' } }
  const [first, second, ...rest] = card.buttons
  const buttons = [next === undefined ? back : nextButton(deps, list, proposalId, left), ...[first, second].filter(button => button !== undefined)]
  return { ...card, elements: [told, ...card.elements], buttons, more: [...rest, ...card.more] }
}

const nextButton = ({ context }: CommandDeps, list: string, proposalId: number, left: number): CardButton => ({
  action: 'actions.next',
  label: context.words.daily.next(left),
  style: 'primary',
  data: { list, proposal: String(proposalId) },
})

/** Which one waits after this in the list's order, from its start again after its end, and how many others wait. */
async function placeIn(deps: CommandDeps, staff: Staff, list: string, proposalId: number): Promise<{ next?: number; left: number }> {
  const asked = readAsked(list)
  const waiting = 'wrong' in asked ? undefined : await waitingList(deps, staff, asked, proposalId)
  const ids = waiting?.items.flatMap(({ id, entry }) => (entry ? [] : [id])) ?? []
  const at = ids.indexOf(proposalId)
  const others = [...ids.slice(at + 1), ...ids.slice(0, Math.max(0, at))]
  const [next] = others
  return { ...(next !== undefined && { next }), left: others.length }
}

function carryList(card: Card, list: string): Card {
  const carry = (button: CardButton): CardButton => (button.action.startsWith('proposal.') ? { ...button, data: { ...button.data, list } } : button)
  const elements = card.elements.map(element => (element.type === 'pick' ? { ...element, button: carry(element.button) } : element))
  return { ...card, elements, buttons: card.buttons.map(carry), more: card.more.map(carry) }
}
