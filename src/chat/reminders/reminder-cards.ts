import { createHash } from 'node:crypto'
import { Prisma } from '#platform'
import type { EntryView } from '#proposals'
import { type Card, type CardButton, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { cut, oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { writeItem } from '../worklist/work-item.ts'
import { type Reminder, type ReminderKind, type WhyRead, writeKind } from './waiting-reminders.ts'

const [shownRows, shownOut, sampleLength] = [8, 15, 900]

/** What is offered of one kind. `whyOut`: in words. `all`: how many wait that could be approved together. */
export type Offer = {
  runId: number
  list: string
  kind: ReminderKind
  chosen: Reminder[]
  out: (Reminder & { whyOut: string })[]
  all: number
  /** Letters to look at: the largest, and one of every other language. */
  samples: EntryView[]
}

/** The kinds of reminders that wait in a list, each with how many and how much; below them what is opened one by one. */
export function kindsCard(list: string, reminders: readonly Reminder[], context: CardContext): Card {
  const { reminders: say } = context.words
  const plain = reminders.filter(({ why }) => why === null)
  const others = reminders.filter(({ why }) => why !== null)
  const kinds = [...Map.groupBy(plain, ({ kind }) => writeKind(kind)).values()]
  const picks = kinds.map((of): CardElement => {
    const kind = of[0]?.kind ?? { text: 'reminder_first', channel: 'email' }
    return {
      type: 'pick',
      text: say.setTitle(of.length, kindName(kind, context)),
      note: sumOf(of, context),
      verb: say.lookThrough,
      button: { action: 'reminders.show', label: say.lookThrough, style: 'default', data: { list, kind: writeKind(kind) } },
    }
  })
  const summary = [say.waiting(reminders.length), sumOf(reminders, context)].filter(Boolean).join(' · ')
  return cardSchema.parse({
    title: say.title,
    subtitle: reminders.length === 0 ? say.none : summary,
    elements: [...picks, ...oneByOne(list, others, context)],
    buttons: [backTo(list, context)],
    fallback: `${say.title}: ${summary}`,
  })
}

function oneByOne(list: string, others: readonly Reminder[], context: CardContext): CardElement[] {
  const { reminders: say, button } = context.words
  if (others.length === 0) return []
  const rest = others.length - shownOut
  return [
    { type: 'text', text: `${say.oneByOne} (${others.length})`, tone: 'neutral', weight: 'strong' },
    ...others.slice(0, shownOut).map((reminder): CardElement => {
      const item = { kind: 'entry' as const, id: reminder.id }
      const data = { entry: String(reminder.id), list, item: writeItem(item) }
      const note = [kindName(reminder.kind, context), sumOf([reminder], context), reminder.why && say.whyOut[reminder.why]].filter(Boolean).join(' · ')
      return {
        type: 'pick',
        text: oneLine(reminder.debtor, 80),
        note,
        verb: context.words.daily.open,
        button: { action: 'entry.show', label: button.openProposal, style: 'default', data },
      }
    }),
    ...(rest > 0 ? [subtle(say.more(rest))] : []),
    subtle(say.oneByOneText),
  ]
}

/** One kind, to look through and approve: how many about how much, letters as they leave, the largest amounts, and what is left out and why. */
export function offerCard({ runId, list, kind, chosen, out, all, samples }: Offer, context: CardContext): Card {
  const { words, format } = context
  const say = words.reminders
  const amount = sumOf(chosen, context)
  const title = say.setTitle(chosen.length, kindName(kind, context))
  const languages = [...new Set(chosen.flatMap(({ language }) => language ?? []))].map(language => format.languageName(language))
  const shown = chosen.length + out.length
  const subtitle = [amount, say.languages(format.list(languages)), shown < all && say.of(shown, all)].filter(Boolean).join(' · ')
  const debtors = new Set(chosen.map(({ debtorId }) => debtorId)).size
  const confirm = { title: say.confirmTitle(chosen.length), text: say.confirmText(amount, chosen.length, debtors), yes: say.approve(chosen.length) }
  const data = { run: String(runId), chosen: markOf(chosen) }
  return cardSchema.parse({
    title,
    subtitle,
    status: { text: words.status.open, tone: 'warning' },
    elements: [...leftOut(out, context), ...amountTable(chosen, context), ...samples.flatMap(sample => letter(sample, chosen, context))],
    buttons: [
      ...(chosen.length > 0 ? [{ action: 'reminders.approve', label: say.approve(chosen.length), style: 'primary', data, confirm } as const] : []),
      { action: 'reminders.pick', label: say.takeOut, data: { run: String(runId) } },
      backTo(list, context),
    ],
    fallback: [title, subtitle].join('\n'),
  })
}

/** A short mark of what was shown: whoever approves something else is shown it anew. */
export const markOf = (reminders: readonly Pick<Reminder, 'id' | 'version'>[]): string =>
  createHash('sha256')
    .update(reminders.map(({ id, version }) => `${id}.${version}`).join())
    .digest('hex')
    .slice(0, 12)

/** A tick for each, to take some out. */
export function pickForm({ runId, chosen, out, kind }: Pick<Offer, 'runId' | 'chosen' | 'kind'> & { out: Reminder[] }, context: CardContext): Card {
  const { reminders: say } = context.words
  const ticks = [...chosen.map(each => [each, true] as const), ...out.map(each => [each, false] as const)].map(([each, value]) => ({
    type: 'field' as const,
    field: { type: 'toggle' as const, id: tickOf(each.id), label: `${oneLine(each.debtor, 50)} · ${sumOf([each], context)}`, value },
  }))
  return cardSchema.parse({
    title: say.takeOut,
    subtitle: kindName(kind, context),
    elements: [{ type: 'text', text: say.takeOutText, weight: 'subtle' }, ...ticks],
    buttons: [{ action: 'reminders.choose', label: say.takenOut, style: 'primary', data: { run: String(runId) } }],
    fallback: say.takeOut,
  })
}

export const tickOf = (id: number): string => `entry.${id}`

/** What a text and the way it goes are called. */
export const kindName = ({ text, channel }: ReminderKind, { words: { reminders: say } }: CardContext): string =>
  text === 'hand_over' ? say.texts.hand_over : say.kind(say.texts[text], say.channels[channel])

/** Why one is never approved unread, in words. */
export const whyRead = (why: WhyRead, { words }: CardContext): string => words.reminders.whyOut[why]

/** What they are about, in each currency. */
export function sumOf(reminders: readonly Pick<Reminder, 'sums'>[], { format }: CardContext): string {
  const sums = new Map<string, Prisma.Decimal>()
  for (const { amount, currency } of reminders.flatMap(each => each.sums)) sums.set(currency, new Prisma.Decimal(amount).add(sums.get(currency) ?? 0))
  return [...sums].map(([currency, amount]) => format.money(amount, currency)).join(' + ')
}

function leftOut(out: Offer['out'], context: CardContext): CardElement[] {
  if (out.length === 0) return []
  const { reminders: say } = context.words
  const rest = out.length - shownOut
  const lines = out.slice(0, shownOut).map(each => `${oneLine(each.debtor, 60)} · ${sumOf([each], context)}: ${oneLine(each.whyOut, 160)}`)
  return [{ type: 'notice', tone: 'neutral', title: say.leftOut(out.length), lines: [...lines, ...(rest > 0 ? [say.more(rest)] : [])] }]
}

/** The words of one as they leave. */
function letter({ content, debtor, id }: EntryView, chosen: readonly Reminder[], context: CardContext): CardElement[] {
  if (content.kind !== 'dunning') return []
  const { words } = context
  const written = content.mail ?? content.letter ?? content.sms
  if (!written) return []
  const shown = cut(written.text, sampleLength)
  const to = content.sms?.to ?? (content.mail ?? content.letter)?.to.join(', ') ?? ''
  return [
    {
      type: 'letter',
      label: words.reminders.sample(
        oneLine(debtor.name, 60),
        sumOf(
          chosen.filter(each => each.id === id),
          context,
        ),
      ),
      facts: [{ label: words.card.to, value: oneLine(to, 120) }, ...('subject' in written ? [{ label: words.card.subject, value: written.subject }] : [])],
      text: shown.rest > 0 ? `${shown.text}…` : shown.text,
    },
  ]
}

function amountTable(chosen: readonly Reminder[], context: CardContext): CardInput['elements'] {
  const { reminders: say } = context.words
  const rest = chosen.length - shownRows
  if (chosen.length === 0) return []
  const rows = chosen.slice(0, shownRows).map(each => [oneLine(each.debtor, 60), sumOf([each], context)])
  return [{ type: 'table', columns: [{ title: say.debtor }, { title: say.amount, align: 'right' }], rows }, ...(rest > 0 ? [subtle(say.more(rest))] : [])]
}

const backTo = (list: string, { words }: CardContext): CardButton => ({
  action: 'actions.show',
  label: words.reminders.back,
  style: 'default',
  data: { list, page: '0' },
})

const subtle = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
