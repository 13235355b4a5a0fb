import type { Staff } from '#people'
import { fromInstant } from '#platform'
import type { ProposalView } from '#proposals'
import { type Card, type CardButton, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { amountConcerned } from '../cards/amount-concerned.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import { countHandled } from './handled.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'
import { typedWords } from './typed-words.ts'
import { dayOf, everySort, readAsked, type Waiting, type WaitingAsked, type WaitingList, waitingList, writeAsked } from './waiting-list.ts'

const pageLength = 30
const mostMailboxes = 5

export type ActionsAsked = { list: string; page: number }

/** `/actions [mine | team | @name] [order] [filters]`: what waits for a decision, each with the way to its card. */
export const actionsCommand = (deps: CommandDeps, rest: string, staff: Staff): Promise<ClickOutcome> =>
  actionsAnswer(deps, { list: typedWords(rest, deps.context.words).join(' '), page: 0 }, staff)

/** One page of what waits for a decision, in the order and with the filters of `list`; `mine`: what this person owns, and what nobody does. */
export async function actionsAnswer(deps: CommandDeps, { list, page }: ActionsAsked, staff: Staff): Promise<ClickOutcome> {
  const { words } = deps.context
  const asked = readAsked(list)
  if ('wrong' in asked) return { kind: 'refused', message: words.daily.usage(asked.wrong.slice(0, 40)) }
  const waiting = await waitingList(deps, staff, asked)
  if (!waiting) return { kind: 'refused', message: words.people.noSuchPerson(asked.whose.slice(1, 60)) }
  return { kind: 'private', card: await listCard(deps, staff, asked, waiting, page) }
}

async function listCard(deps: CommandDeps, staff: Staff, asked: WaitingAsked, waiting: WaitingList, page: number): Promise<Card> {
  const { client, clock, proposals, context } = deps
  const { words, format } = context
  const total = waiting.items.length
  const last = Math.max(0, Math.ceil(total / pageLength) - 1)
  const current = Math.min(Math.max(0, page), last) // what was decided since may have shortened the list
  const shown = waiting.items.slice(current * pageLength, (current + 1) * pageLength)
  const views = await Promise.all(shown.map(async item => ({ item, view: await proposals.view(item.id) })))
  const elements = views.flatMap(({ item, view }) => (view ? [pickOf(deps, asked, waiting, item, view)] : []))
  const zone = staff.timeZone ?? format.timeZone
  const midnight = fromInstant(clock.today(zone).toZonedDateTime(zone).toInstant())
  const { handled, needs } = await countHandled(client, staff, waiting, midnight)
  const title = [
    words.command.actionsTitle,
    whoseName(asked, words.button),
    asked.mailbox,
    asked.promise ? words.daily.onlyPromise : undefined,
    asked.only && words.daily.only[asked.only],
  ]
  const range = `${words.command.actionsRange(current * pageLength + 1, current * pageLength + shown.length, total)}, ${words.daily.sorted[asked.sort]}`
  const empty = asked.whose === 'team' ? words.command.actionsEmpty : words.command.actionsMineEmpty
  return cardSchema.parse({
    title: title.filter(Boolean).join(' · '),
    subtitle: `${total === 0 ? empty : range} · ${words.daily.today(handled, needs)}`,
    elements,
    buttons: [
      ...pageButtons('actions.show', { list: writeAsked(asked) }, { page: current, last }, words.button),
      asked.whose === 'mine' ? show(words.button.team, { ...asked, whose: 'team' }) : show(words.button.mine, { ...asked, whose: 'mine' }),
    ],
    more: [...sortButtons(asked, words.daily.sort), ...filterButtons(asked, waiting.mailboxes, words.daily)],
    fallback: [`${words.command.actionsTitle}: ${total}`, ...views.flatMap(({ view }) => (view ? [cardTitle(view, words)] : []))].join('\n'),
  })
}

const whoseName = ({ whose }: WaitingAsked, words: { mine: string; team: string }): string => (whose === 'mine' || whose === 'team' ? words[whose] : whose)

const show = (label: string, asked: WaitingAsked): CardButton => ({
  action: 'actions.show',
  label,
  style: 'default',
  data: { list: writeAsked(asked), page: '0' },
})

const sortButtons = (asked: WaitingAsked, words: Record<WaitingAsked['sort'], string>): CardInput['buttons'] & object =>
  everySort.filter(sort => sort !== asked.sort).map(sort => show(words[sort], { ...asked, sort }))

function filterButtons(asked: WaitingAsked, mailboxes: string[], words: { onlyMailbox: (key: string) => string; onlyPromise: string; unfiltered: string }) {
  const { mailbox, only, ...unfiltered } = { ...asked, promise: false }
  const others = mailboxes.length > 1 ? mailboxes.filter(key => key !== mailbox) : []
  return [
    ...(asked.promise ? [] : [show(words.onlyPromise, { ...asked, promise: true })]),
    ...others.slice(0, mostMailboxes).map(key => show(words.onlyMailbox(key), { ...asked, mailbox: key })),
    ...(mailbox !== undefined || asked.promise || only ? [show(words.unfiltered, unfiltered)] : []),
  ]
}

function pickOf({ context }: CommandDeps, asked: WaitingAsked, { currency }: WaitingList, item: Waiting, view: ProposalView): CardElement {
  const { words, format } = context
  const byOrder = {
    oldest: () =>
      amountConcerned(view)
        .map(sum => format.money(sum.amount, sum.currency))
        .join(' + '),
    amount: () => (item.balance ? words.daily.balance(format.money(item.balance.toDecimalPlaces(2), currency)) : ''),
    due: () => (item.due ? words.daily.dueSince(format.day(dayOf(item.due))) : ''),
    invoices: () => words.daily.invoices(item.invoices),
  }[asked.sort]
  const owner = view.owner && (view.cover ? words.card.coveredBy(view.owner.name, view.cover.name) : view.owner.name)
  const note = [byOrder(), format.dateTime(view.message.receivedAt), owner].filter(Boolean).join(' · ')
  const data = { proposal: String(view.id), list: writeAsked(asked) }
  return { type: 'pick', text: cardTitle(view, words), note, button: { action: 'proposal.show', label: words.button.openProposal, style: 'default', data } }
}
