import type { Staff } from '#people'
import { fromInstant } from '#platform'
import type { EntryWhy } from '#proposals'
import { type Card, type CardButton, type CardInput, cardSchema } from '../card.ts'
import { amountConcerned } from '../cards/amount-concerned.ts'
import { oneLine } from '../cards/cut.ts'
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
  const { client, clock, context } = deps
  const { words, format } = context
  const total = waiting.items.length
  const last = Math.max(0, Math.ceil(total / pageLength) - 1)
  const current = Math.min(Math.max(0, page), last) // what was decided since may have shortened the list
  const shown = waiting.items.slice(current * pageLength, (current + 1) * pageLength)
  const lines = await Promise.all(shown.map(async item => ({ item, line: await lineOf(deps, asked, item) })))
  const picks = lines.flatMap(({ item, line }) => (line ? [pickOf(deps, asked, waiting, item, line)] : []))
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
    subtitle: `${total === 0 ? empty : range} · ${words.daily.today(handled, needs + waiting.followUps)}`,
    elements: picks,
    buttons: [
      ...pageButtons('actions.show', { list: writeAsked(asked) }, { page: current, last }, words.button),
      asked.whose === 'mine' ? show(words.button.team, { ...asked, whose: 'team' }) : show(words.button.mine, { ...asked, whose: 'mine' }),
    ],
    more: [...sortButtons(asked, words.daily.sort), ...filterButtons(asked, waiting.mailboxes, words.daily)],
    fallback: [`${words.command.actionsTitle}: ${total}`, ...picks.map(({ text }) => text)].join('\n'),
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

/** What a line says of one that waits. */
type Line = { text: string; sums: { amount: string; currency: string }[]; at: Date; owner: string | null | undefined; button: CardButton }

async function lineOf({ proposals, context }: CommandDeps, asked: WaitingAsked, { id, entry }: Waiting): Promise<Line | undefined> {
  const { words } = context
  const button = (action: string, data: Record<string, string>): CardButton => ({ action, label: words.button.openProposal, style: 'default', data })
  if (entry) {
    const { debtor, content, why, at, owner } = entry
    const subject = content.kind === 'follow_up' ? words.plans.about[content.about] : words.entries.kind[content.kind]
    const text = `${subject} · ${oneLine(debtor.name, 80)}`
    return { text, sums: why ? sumsOf(why) : [], at, owner: owner?.name, button: button('entry.show', { entry: String(id) }) }
  }
  const view = await proposals.view(id)
  if (!view) return undefined
  const owner = view.owner && (view.cover ? words.card.coveredBy(view.owner.name, view.cover.name) : view.owner.name)
  const data = { proposal: String(id), list: writeAsked(asked) }
  return { text: cardTitle(view, words), sums: amountConcerned(view), at: view.message.receivedAt, owner, button: button('proposal.show', data) }
}

/** What a follow-up asks for. */
function sumsOf(why: EntryWhy): Line['sums'] {
  if (why.code === 'promise_not_kept' || why.code === 'payment_not_seen') return why.open
  if (why.code === 'instalment_missed') return [why]
  return why.code === 'dispute_decided' && why.due ? [why.due] : []
}

function pickOf({ context }: CommandDeps, asked: WaitingAsked, { currency }: WaitingList, item: Waiting, { text, sums, at, owner, button }: Line) {
  const { words, format } = context
  const byOrder = {
    oldest: () => sums.map(sum => format.money(sum.amount, sum.currency)).join(' + '),
    amount: () => (item.balance ? words.daily.balance(format.money(item.balance.toDecimalPlaces(2), currency)) : ''),
    due: () => (item.due ? words.daily.dueSince(format.day(dayOf(item.due))) : ''),
    invoices: () => words.daily.invoices(item.invoices),
  }[asked.sort]
  return { type: 'pick' as const, text, note: [byOrder(), format.dateTime(at), owner].filter(Boolean).join(' · '), button }
}
