import type { ActionItem, WrittenAction } from '#dunning'
import type { DebtorOverview } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { agingCharts } from '../cards/debtor-card.ts'
import { behaviorLines, noteLine, promiseLine } from '../cards/debtor-facts.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { stepName } from '../cards/step-name.ts'
import type { CallHead } from './call.ts'

const shownItems = 8
const shownLines = 3

/** `again`: ISO day on which it would be due again; `credit`: what a bureau says, on one line; `next`: how many others wait in the list. */
export type BesideCall = { again: string; credit: string | undefined; version: number; next: number }

/** All that somebody should know before they call a debtor, with what may come of the call. */
export function callCard(call: CallHead, action: WrittenAction, debtor: DebtorOverview, beside: BesideCall, context: CardContext): Card {
  const { words, format } = context
  const { calls: say, debtorCard } = words
  const data = { call: String(call.id), tries: String(call.tries) }
  const about = (name: string, label: string) => ({ action: name, label, data: { debtor: String(debtor.id) } })
  const asked = money(call.sums, context)
  const title = say.line(oneLine(call.group ?? debtor.name, 80))
  const sum = (of: 'balance' | 'overdue') => debtor.aging.map(row => format.money(row[of], row.currency)).join(' + ') || words.card.none
  return cardSchema.parse({
    title,
    subtitle: [debtor.number, debtor.administration.name, call.group && debtor.name, debtor.collector && `@${debtor.collector}`].filter(Boolean).join(' · '),
    status: { text: say.late(call.daysLate), tone: 'warning' },
    elements: [
      ...debtor.notes
        .filter(({ pinned }) => pinned)
        .map(({ text }) => ({ type: 'notice' as const, tone: 'warning' as const, title: debtorCard.pinned, lines: [oneLine(text, 300)] })),
      { type: 'text', text: whyNow(call, action, beside, context) },
      { type: 'facts', facts: [{ label: say.phone, value: phonesOf(debtor).join('\n') || say.noPhone }] },
      {
        type: 'facts',
        inline: true,
        facts: [
          { label: say.toAsk, value: asked || words.card.none },
          { label: debtorCard.balance, value: `${sum('balance')} (${debtor.openCount})` },
          { label: debtorCard.overdue, value: `${sum('overdue')} (${debtor.overdueCount})` },
        ],
      },
      ...itemTable(action, context),
      ...picture(debtor, action.items, beside, context),
      ...nextStepLine(debtor.next, context),
      ...agingCharts(debtor, words, format),
      { type: 'page', label: debtorCard.openPage, debtorId: debtor.id },
    ],
    buttons: [
      { action: 'call.reached', label: say.reached, style: 'primary', data },
      { action: 'call.no_answer', label: say.noAnswer(format.day(beside.again)), data },
      ...(beside.next > 0 ? [{ action: 'actions.next', label: words.daily.next(beside.next) }] : []),
    ],
    more: [
      about('entry.promise', words.entries.kind.promise),
      about('entry.dispute', words.entries.kind.dispute),
      about('note.open', say.note),
      about('mail.open', words.compose.write),
      { action: 'call.skip', label: say.skip, data },
    ],
    fallback: `${title}: ${asked}`,
  })
}

const money = (sums: CallHead['sums'], { format }: CardContext): string => sums.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')

/** The telephone numbers that the ledger knows, each with whose it is. */
const phonesOf = ({ contacts }: DebtorOverview): string[] =>
  contacts.flatMap(({ phone, name }) => (phone ? [[oneLine(phone, 40), name && oneLine(name, 60)].filter(Boolean).join(' · ')] : [])).slice(0, 5)

function itemTable({ debtorId, items }: Pick<WrittenAction, 'debtorId' | 'items'>, { words, format }: CardContext): CardInput['elements'] {
  const say = words.debtorCard
  // Of a central file each item says whose it is.
  const isOfSeveral = items.some(item => item.debtorId !== debtorId)
  if (items.length === 0) return [{ type: 'text', text: words.calls.nothingOpen, tone: 'warning' }]
  const rest = items.length - shownItems
  return [
    {
      type: 'table',
      columns: [{ title: say.invoice }, { title: say.due }, { title: say.daysLate, align: 'right' }, { title: say.openAmount, align: 'right' }],
      rows: items
        .slice(0, shownItems)
        .map(({ number, debtorNumber, dueDate, daysLate, amount, currency }) => [
          isOfSeveral ? `${number} (${debtorNumber})` : number,
          format.day(dueDate.toISOString().slice(0, 10)),
          daysLate > 0 ? `+${daysLate}` : '',
          format.money(amount, currency),
        ]),
    },
    ...(rest > 0 ? [{ type: 'text', text: say.more(rest), weight: 'subtle' } as const] : []),
  ]
}

/** What was promised and kept, what is contested, how risky it is, and when it was last heard of; in one line what there is nothing of. */
function picture(debtor: DebtorOverview, items: readonly ActionItem[], { credit }: BesideCall, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const say = words.debtorCard
  const mail = ([line]: DebtorOverview['mails']['in']) => (line ? [`${format.dateTime(line.at)} · ${oneLine(line.subject, 70)}`] : [])
  const known: [label: string, lines: string[]][] = [
    [say.promises, debtor.promises.map(promise => promiseLine(promise, debtor, context))],
    [say.behavior, behaviorLines(debtor, context)],
    [say.disputes, debtor.disputes.map(({ reason, invoices }) => [disputeReason(reason, words), invoices.join(', ')].filter(Boolean).join(' · '))],
    [words.risk.rating, credit ? [credit] : []],
    [say.lastIn, mail(debtor.mails.in)],
    [say.lastOut, mail(debtor.mails.out)],
    [say.notes, notesFor(debtor, items).map(noteLine)],
  ]
  const none = known.flatMap(([label, lines]) => (lines.length === 0 ? [label] : []))
  return [
    { type: 'facts', facts: known.flatMap(([label, lines]) => (lines.length > 0 ? [{ label, value: lines.slice(0, shownLines).join('\n') }] : [])) },
    ...(none.length > 0 ? [{ type: 'text', text: `${none.join(', ')}: ${say.empty}`, weight: 'subtle' } as const] : []),
  ]
}

/** Notes on what is called about come first, then those on the debtor; pinned ones stand above all else. */
function notesFor({ notes }: DebtorOverview, items: readonly ActionItem[]): DebtorOverview['notes'] {
  const isAbout = ({ invoices }: DebtorOverview['notes'][number]) => items.some(({ number }) => invoices.includes(number))
  const others = notes.filter(({ pinned }) => !pinned)
  return [...others.filter(isAbout), ...others.filter(note => !isAbout(note))]
}

/** Why this debtor is to be called, and why today. */
function whyNow({ tries, daysLate }: CallHead, { step, workflow, plannedOn }: WrittenAction, { version }: BesideCall, { words, format }: CardContext): string {
  const { calls: say } = words
  const since = format.day(plannedOn.toISOString().slice(0, 10))
  const why = say.why(stepName(step, words), oneLine(workflow.title, 60), String(version), since, String(daysLate))
  return tries > 0 ? `${why} ${say.tried(tries)}` : why
}
