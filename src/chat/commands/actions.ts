import { may, type Staff } from '#people'
import { fromInstant, type Prisma, toPlainDate } from '#platform'
import { type Card, type CardButton, type CardInput, cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { everySort, type ListAsked, type Only, readAsked, writeAsked } from '../worklist/asked.ts'
import { type Line, linesOf } from '../worklist/item-lines.ts'
import { countWork, readWorklist, type Worklist } from '../worklist/read-worklist.ts'
import { countHandled } from './handled.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'
import { typedWords } from './typed-words.ts'

const pageLength = 30
const mostMailboxes = 5

export type ActionsAsked = { list: string; page: number; told?: string }

/** `/actions [mine | team | @name] [order] [filters]`: what waits for somebody, each with the way to its card. */
export const actionsCommand = (deps: CommandDeps, rest: string, staff: Staff): Promise<ClickOutcome> =>
  actionsAnswer(deps, { list: typedWords(rest, deps.context.words).join(' '), page: 0 }, staff)

/**
 * One page of what waits, in the order and with the filters of `list`; `mine`: what this person owns, and what nobody does. `told` is said
 * first.
 */
export async function actionsAnswer(deps: CommandDeps, { list, page, told }: ActionsAsked, staff: Staff): Promise<ClickOutcome> {
  const { words } = deps.context
  const asked = readAsked(list)
  if ('wrong' in asked) return { kind: 'refused', message: words.daily.usage(asked.wrong.slice(0, 40)) }
  const waiting = await readWorklist(deps, staff, asked, { page, length: pageLength })
  if (!waiting) return { kind: 'refused', message: words.people.noSuchPerson(asked.whose.slice(1, 60)) }
  return { kind: 'private', card: await listCard(deps, staff, asked, waiting, told) }
}

async function listCard(deps: CommandDeps, staff: Staff, asked: ListAsked, waiting: Worklist, told: string | undefined): Promise<Card> {
  const { client, clock, context } = deps
  const { words, format } = context
  const { total, first, items, whose } = waiting
  const lines = await linesOf(deps, items, writeAsked(asked))
  const picks = lines.map(line => pickOf(deps, asked, waiting, line))
  const zone = staff.timeZone ?? format.timeZone
  const midnight = fromInstant(clock.today(zone).toZonedDateTime(zone).toInstant())
  const isNarrowed = asked.promise || asked.mailbox !== undefined || asked.only !== undefined
  const [handled, needs] = [await countHandled(client, staff, whose, midnight), isNarrowed ? await countWork(deps, staff, whose) : total]
  const title = [
    words.command.actionsTitle,
    whoseName(asked, words.button),
    asked.mailbox,
    asked.promise ? words.daily.onlyPromise : undefined,
    asked.only && words.daily.only[asked.only],
  ]
  const range = `${words.command.actionsRange(first + 1, first + items.length, total)}, ${words.daily.sorted[asked.sort]}`
  const empty = asked.whose === 'team' ? words.command.actionsEmpty : words.command.actionsMineEmpty
  return cardSchema.parse({
    title: title.filter(Boolean).join(' · '),
    subtitle: `${total === 0 ? empty : range} · ${words.daily.today(handled, needs)}`,
    elements: [...(told ? [{ type: 'notice', tone: 'good', title: told } as const] : []), ...picks],
    buttons: [
      ...pageButtons('actions.show', { list: writeAsked(asked) }, { page: first / pageLength, last: Math.ceil(total / pageLength) - 1 }, words.button),
      asked.whose === 'mine' ? show(words.button.team, { ...asked, whose: 'team' }) : show(words.button.mine, { ...asked, whose: 'mine' }),
    ],
    more: [
      ...(await together(deps, staff, asked, waiting)),
      ...giveOn(deps, staff, asked),
      ...sortButtons(asked, words.daily.sort),
      ...filterButtons(asked, waiting, words.daily),
    ],
    fallback: [`${words.command.actionsTitle}: ${total}`, ...picks.map(({ text }) => text)].join('\n'),
  })
}

/** The way to moving somebody's work to a colleague, for who may. */
function giveOn({ context }: CommandDeps, staff: Staff, { whose }: ListAsked): CardButton[] {
  if (!whose.startsWith('@') || !may(staff, 'configure')) return []
  return [{ action: 'reassign.open', label: context.words.reassign.open, style: 'default', data: { from: whose.slice(1) } }]
}

/** The way to approving reminders together, where the page holds several. */
async function together({ client, context }: CommandDeps, staff: Staff, asked: ListAsked, { items }: Worklist): Promise<CardButton[]> {
  const entries = items.flatMap(({ kind, id }) => (kind === 'entry' ? [id] : []))
  if (entries.length < 2 || !may(staff, 'decide')) return []
  const reminders = await client.debtorEntry.count({ where: { id: { in: entries }, kind: 'dunning' } })
  if (reminders < 2) return []
  return [{ action: 'reminders.list', label: context.words.reminders.together, style: 'default', data: { list: writeAsked(asked) } }]
}

const whoseName = ({ whose }: ListAsked, words: { mine: string; team: string }): string => (whose === 'mine' || whose === 'team' ? words[whose] : whose)

const show = (label: string, asked: ListAsked): CardButton => ({
  action: 'actions.show',
  label,
  style: 'default',
  data: { list: writeAsked(asked), page: '0' },
})

const sortButtons = (asked: ListAsked, words: Record<ListAsked['sort'], string>): CardInput['buttons'] & object =>
  everySort.filter(sort => sort !== asked.sort).map(sort => show(words[sort], { ...asked, sort }))

type FilterWords = { onlyMailbox: (key: string) => string; onlyPromise: string; unfiltered: string; only: Record<Only, string> }

function filterButtons(asked: ListAsked, { mailboxes, kinds }: Worklist, words: FilterWords) {
  const { mailbox, only, ...unfiltered } = { ...asked, promise: false }
  const others = mailboxes.length > 1 ? mailboxes.filter(key => key !== mailbox) : []
  const ofKind = (name: Only) => show(words.only[name], { ...asked, only: name })
  return [
    ...(asked.promise ? [] : [show(words.onlyPromise, { ...asked, promise: true })]),
    ...(kinds.length > 1 && (kinds.includes('call') || kinds.includes('entry')) ? [ofKind('dunning')] : []),
    ...(kinds.length > 1 && kinds.includes('call') ? [ofKind('calls')] : []),
    ...(kinds.length > 1 && kinds.includes('task') ? [ofKind('tasks')] : []),
    ...others.slice(0, mostMailboxes).map(key => show(words.onlyMailbox(key), { ...asked, mailbox: key })),
    ...(mailbox !== undefined || asked.promise || only ? [show(words.unfiltered, unfiltered)] : []),
  ]
}

function pickOf({ context }: CommandDeps, asked: ListAsked, { currency }: Worklist, { item, text, sums, extra, at, owner, button }: Line) {
  const { words, format } = context
  const money = (amount: Prisma.Decimal) => format.money(amount.toDecimalPlaces(2), currency)
  const byOrder = {
    oldest: () => sums.map(sum => format.money(sum.amount, sum.currency)).join(' + '),
    risk: () =>
      [item.atRisk && words.daily.atRisk(money(item.atRisk)), item.insured?.gt(0) && words.creditView.insured(money(item.insured))].filter(Boolean).join(', '),
    amount: () => (item.balance ? words.daily.balance(money(item.balance)) : ''),
    due: () => (item.due ? words.daily.dueSince(format.day(toPlainDate(item.due).toString())) : ''),
    invoices: () => words.daily.invoices(item.invoices),
  }[asked.sort]
  return { type: 'pick' as const, text, note: [byOrder(), extra, format.dateTime(at), owner].filter(Boolean).join(' · '), verb: words.daily.open, button }
}
