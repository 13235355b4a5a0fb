import type { Staff } from '#people'
import { type Card, type CardButton, type CardElement, cardSchema } from '../card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { readAsked } from '../worklist/asked.ts'
import { callAnswer } from '../worklist/call-answer.ts'
import { nextInWorklist } from '../worklist/read-worklist.ts'
import { readItem, type WorkItem, writeItem } from '../worklist/work-item.ts'
import { actionsAnswer } from './actions.ts'
import { entryAnswer } from './entry.ts'
import { proposalAnswer } from './proposal.ts'
import type { CommandDeps } from './registry.ts'
import { taskAnswer } from './tasks.ts'

// Who works through a list stays in it: the card that was opened from it, its forms, and what is told after a decision carry the words
// of the list and which of it they are about, and lead to the next one.

/** The card of one that was opened from a list, with the way to the next one; `told` is said first. */
export async function openInList(deps: CommandDeps, staff: Staff, list: string, item: WorkItem, told?: string): Promise<ClickOutcome> {
  const { next, left } = await placeIn(deps, staff, list, item)
  const opened = await openItem(deps, item, left)
  if (opened.kind !== 'private') return opened
  const card = carryList(opened.card, list, item)
  const more = next === undefined || item.kind === 'call' ? card.more : [nextButton(deps, list, item, left), ...card.more]
  return { ...opened, card: { ...card, elements: [...(told ? [notice(told)] : []), ...card.elements], more } }
}

function openItem(deps: CommandDeps, { kind, id }: WorkItem, left: number): Promise<ClickOutcome> {
  switch (kind) {
    case 'proposal':
      return proposalAnswer(deps, id)
    case 'entry':
      return entryAnswer(deps, id)
    case 'call':
      return callAnswer(deps, id, left)
    case 'task':
      return taskAnswer(deps, id, '')
    default:
      return kind satisfies never
  }
}

/** The card of the one that waits after this in its list; the list itself when nothing else waits in it. `told` is said first. */
export async function nextAnswer(deps: CommandDeps, staff: Staff, list: string, item: WorkItem, told?: string): Promise<ClickOutcome> {
  const { next } = await placeIn(deps, staff, list, item)
  if (next === undefined) return actionsAnswer(deps, { list, page: 0, ...(told !== undefined && { told }) }, staff)
  const opened = await openInList(deps, staff, list, next, told)
  // It went between two looks: the list says what is left.
  return opened.kind === 'private' ? opened : actionsAnswer(deps, { list, page: 0, ...(told !== undefined && { told }) }, staff)
}

/** What somebody is told who pressed a button of a card that was opened from a list; every other outcome as it is. */
export async function followList(deps: CommandDeps, { staff, action, data }: Click, outcome: ClickOutcome): Promise<ClickOutcome> {
  const { list } = data
  const item = itemOf(data)
  if (list === undefined || !item || action.endsWith('.show') || !carries(action)) return outcome
  if (outcome.kind === 'form') return { ...outcome, card: carryList(outcome.card, list, item) }
  if (outcome.kind === 'refused' || action.startsWith('call.')) return outcome
  const done = deps.context.words.outcome.done
  if (action.startsWith('task.')) return nextAnswer(deps, staff, list, item, outcome.kind === 'done' ? outcome.message : done)
  if (outcome.kind === 'done') return { kind: 'private', card: await decidedCard(deps, staff, list, item, outcome.message ?? done) }
  return { ...outcome, card: await leadOn(deps, staff, list, item, outcome.card) }
}

/** The item that a button carries; what was opened from a morning list names its proposal alone. */
const itemOf = ({ item, proposal }: Click['data']): WorkItem | undefined =>
  readItem(item) ?? (idOf(proposal) > 0 ? { kind: 'proposal', id: idOf(proposal) } : undefined)

/** The one that a button of a list opens, by its action and its id; undefined for every other button. Lists of tasks carry no item. */
export function openedItem(action: string, data: Click['data']): WorkItem | undefined {
  const [kind = '', what] = action.split('.')
  return what === 'show' && data.list !== undefined && itemOf(data) ? readItem(`${kind}:${data[kind] ?? ''}`) : undefined
}

/** The card as it stands after a decision, what was done above it, and the way to the next one first. */
async function decidedCard(deps: CommandDeps, staff: Staff, list: string, item: WorkItem, message: string): Promise<Card> {
  const after = await openItem(deps, item, 0)
  // One that was handed on may be out of its giver's sight.
  const card = after.kind === 'private' ? after.card : cardSchema.parse({ title: message, elements: [], fallback: message })
  return leadOn(deps, staff, list, item, card, message)
}

/** A card of what was decided, with the way to the next one first. */
async function leadOn(deps: CommandDeps, staff: Staff, list: string, item: WorkItem, decided: Card, message?: string): Promise<Card> {
  const { words } = deps.context
  const { next, left } = await placeIn(deps, staff, list, item)
  const lines = next === undefined ? [words.daily.listDone] : []
  const told = message === undefined ? [] : [notice(message, lines)]
  const card = carryList(decided, list, item)
  const back: CardButton = { action: 'actions.show', label: words.home.open, style: 'default', data: { list, page: '0' } }
  const [first, second, ...rest] = card.buttons
  const buttons = [next === undefined ? back : nextButton(deps, list, item, left), ...[first, second].filter(button => button !== undefined)]
  return { ...card, elements: [...told, ...card.elements], buttons, more: [...rest, ...card.more] }
}

const notice = (title: string, lines: string[] = []): CardElement => ({ type: 'notice', tone: 'good', title, lines })

const nextButton = ({ context }: CommandDeps, list: string, item: WorkItem, left: number): CardButton => ({
  action: 'actions.next',
  label: context.words.daily.next(left),
  style: 'primary',
  data: { list, item: writeItem(item) },
})

async function placeIn(deps: CommandDeps, staff: Staff, list: string, item: WorkItem): Promise<{ next?: WorkItem; left: number }> {
  const asked = readAsked(list)
  return 'wrong' in asked ? { left: 0 } : nextInWorklist(deps, staff, asked, item)
}

const carries = (action: string): boolean => ['proposal.', 'entry.', 'call.', 'task.', 'actions.next'].some(start => action.startsWith(start))

function carryList(card: Card, list: string, item: WorkItem): Card {
  const carry = (button: CardButton): CardButton => (carries(button.action) ? { ...button, data: { ...button.data, list, item: writeItem(item) } } : button)
  const elements = card.elements.map(element => (element.type === 'pick' ? { ...element, button: carry(element.button) } : element))
  return { ...card, elements, buttons: card.buttons.map(carry), more: card.more.map(carry) }
}
