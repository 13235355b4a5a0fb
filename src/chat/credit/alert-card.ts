import type { AlertView } from '#credit'
import { Prisma } from '#platform'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { sayValue } from './say-value.ts'

/** The card of a credit alert: what happened, what is at stake, what it was and is, and what can be done. */
export function alertCard(alert: AlertView, context: CardContext): Card {
  const { words, format } = context
  const say = words.credit
  const [gravest] = alert.facts
  const company = oneLine(alert.company.name, 80)
  const headline = say.headline[(gravest?.criterion ?? 'other') as keyof typeof say.headline] ?? say.headline.other
  const title = headline(company)
  const stake = stakeOf(alert, context)
  const data = { alert: String(alert.id) }
  const [only, ...others] = alert.debtors
  const isOpen = alert.status !== 'acknowledged'
  const card: CardInput = {
    title,
    subtitle: [stake, alert.debtors.map(({ number }) => number).join(', '), alert.administration.name].filter(Boolean).join(' · '),
    status: statusOf(alert, context),
    elements: [
      {
        type: 'table',
        columns: [{ title: say.what }, { title: say.before }, { title: say.now }],
        rows: alert.facts.map(({ criterion, before, value }) => [
          say.criterion[criterion],
          sayValue(criterion, before, context),
          sayValue(criterion, value, context),
        ]),
      },
      ...alert.facts.flatMap(({ steps }) => (steps[0] ? [{ type: 'text' as const, text: say.drift(steps.length, format.day(steps[0].at.slice(0, 10))) }] : [])),
      { type: 'facts', inline: true, facts: exposureFacts(alert, context) },
      { type: 'text', text: say.unchanged, weight: 'subtle' },
      ...(only && others.length === 0 ? [{ type: 'page' as const, label: words.debtorCard.openPage, debtorId: only.id }] : []),
    ],
    buttons: [
      ...(isOpen ? [{ action: 'alert.acknowledge', label: say.acknowledge, style: 'primary' as const, data }] : []),
      ...(isOpen && only && others.length === 0 ? [{ action: 'entry.hold', label: say.hold, data: { debtor: String(only.id) } }] : []),
      ...(only ? [{ action: 'credit.history', label: say.history, data: { debtor: String(only.id) } }] : []),
    ],
    more: isOpen ? [{ action: 'alert.snooze', label: say.snooze, data }] : [],
    fallback: `${title}. ${stake}`,
  }
  return cardSchema.parse(card)
}

function statusOf({ status, decidedBy = '', decidedAt, snoozedUntil }: AlertView, { words: { credit: say }, format }: CardContext): CardInput['status'] {
  if (status === 'acknowledged') return { text: say.acknowledged(decidedBy, decidedAt ? format.dateTime(decidedAt) : ''), tone: 'good' }
  if (status === 'snoozed') return { text: say.snoozed(decidedBy, snoozedUntil ? format.dateTime(snoozedUntil) : ''), tone: 'neutral' }
  return { text: say.open, tone: 'bad' }
}

function stakeOf({ exposure }: AlertView, { words: { credit: say }, format }: CardContext): string {
  if (exposure.length === 0) return say.nothingOpen
  return exposure.map(({ currency, balance, overdue }) => say.atStake(format.money(overdue, currency), format.money(balance, currency))).join(' + ')
}

function exposureFacts({ exposure, orders, creditLimit }: AlertView, { words: { credit: say }, format }: CardContext): { label: string; value: string }[] {
  const sums = (of: 'overdue' | 'not_due') =>
    exposure.map(({ currency, overdue, buckets }) => format.money(of === 'overdue' ? overdue : buckets.not_due, currency)).join(' + ') || say.noValue
  const limit =
    creditLimit?.is === 'money' && creditLimit.currency ? { amount: new Prisma.Decimal(creditLimit.amount), currency: creditLimit.currency } : undefined
  // Only what is owed in the limit's own currency is held against it.
  const owed = limit && exposure.find(({ currency }) => currency === limit.currency)?.balance
  return [
    { label: say.overdue, value: sums('overdue') },
    { label: say.notDue, value: sums('not_due') },
    ...(orders.length > 0 ? [{ label: say.orders, value: orders.map(({ amount, currency }) => format.money(amount, currency)).join(' + ') }] : []),
    ...(limit ? [{ label: say.limit, value: format.money(limit.amount, limit.currency) }] : []),
    ...(limit && owed && limit.amount.gt(0) ? [{ label: say.used, value: format.percent(owed.div(limit.amount).toNumber()) }] : []),
  ]
}
