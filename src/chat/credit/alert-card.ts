import type { AlertView } from '#credit'
import { type Card, type CardInput, cardSchema, isWebAddress } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { entryPicks } from '../cards/entry-picks.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { adviceFacts, besideLimits, exposureFacts } from './alert-figures.ts'
import type { AlertNext } from './alert-next.ts'
import { bureauName } from './bureau-name.ts'
import { limitFacts } from './limit-facts.ts'
import { sayStance } from './matrix/say-place.ts'
import { sayValue } from './say-value.ts'

type Elements = CardInput['elements']
type Button = NonNullable<CardInput['buttons']>[number]

const shownDebtors = 10

/** The card of a credit alert: what happened, what is at stake, against which limits, what happens next, and what can be done. */
export function alertCard(alert: AlertView, next: AlertNext, context: CardContext): Card {
  const { words, format } = context
  const { credit: say, alerts: of } = words
  const title = alertTitle(alert, context)
  const stake = alert.party === 'supplier' ? of.supplierStake : stakeOf(alert, context)
  const beside = besideLimits(alert, context)
  const limits = alert.party === 'supplier' ? [] : [...adviceFacts(alert, context), ...limitFacts(alert, context)]
  const card: CardInput = {
    title,
    subtitle: [stake, alert.debtors.map(({ number }) => number).join(', '), alert.administration.name].filter(Boolean).join(' · '),
    status: statusOf(alert, context),
    elements: [
      factsTable(alert, context),
      ...mailElements(alert, context),
      ...alert.facts.flatMap(({ steps }) => (steps[0] ? [{ type: 'text' as const, text: say.drift(steps.length, format.day(steps[0].at.slice(0, 10))) }] : [])),
      ...(alert.party === 'supplier' ? [] : [{ type: 'facts' as const, inline: true, facts: exposureFacts(alert, context) }]),
      ...(limits.length > 0 ? [{ type: 'facts' as const, facts: limits }] : []),
      ...(beside ? [{ type: 'text' as const, text: say.otherCurrency(beside), weight: 'subtle' as const }] : []),
      ...nextElements(alert, next, context),
      ...linkElements(alert, next, context),
    ],
    ...optionsOf(alert, next, context),
    fallback: `${title}. ${stake}`,
  }
  return cardSchema.parse(card)
}

/** What was and is; of orders, what is advised and what was ordered. */
function factsTable({ facts }: AlertView, context: CardContext): Elements[number] {
  const { credit: say, alerts: of } = context.words
  const isOrder = facts.every(({ order }) => order !== undefined)
  return {
    type: 'table',
    columns: isOrder
      ? [{ title: say.what }, { title: say.criterion.contract_limit }, { title: of.ordered }]
      : [{ title: say.what }, { title: say.before }, { title: say.now }],
    rows: facts.map(({ order, criterion, before, value }) => [
      order === undefined ? say.criterion[criterion] : of.order(oneLine(order, 40)),
      sayValue(criterion, before, context),
      sayValue(criterion, value, context),
    ]),
  }
}

/** What happened, and to whom. */
export function alertTitle({ party, facts: [gravest], company, isMailOnly }: AlertView, { words: { credit: say, alerts: of } }: CardContext): string {
  const name = oneLine(company.name, 80)
  const who = party === 'supplier' ? of.supplier(name) : name
  if (gravest?.order !== undefined) return of.orderAbove(who)
  // A mail tells of what becomes better, too.
  if (isMailOnly && gravest && !grave.includes(gravest.criterion)) return say.headline.other(who)
  return (say.headline[(gravest?.criterion ?? 'other') as keyof typeof say.headline] ?? say.headline.other)(who)
}

function statusOf({ status, decidedBy = '', decidedAt, snoozedUntil }: AlertView, { words: { credit: say }, format }: CardContext): CardInput['status'] {
  if (status === 'acknowledged') return { text: say.acknowledged(decidedBy, decidedAt ? format.dateTime(decidedAt) : ''), tone: 'good' }
  if (status === 'snoozed') return { text: say.snoozed(decidedBy, snoozedUntil ? format.dateTime(snoozedUntil) : ''), tone: 'neutral' }
  return { text: say.open, tone: 'bad' }
}

function stakeOf({ exposure }: AlertView, { words: { credit: say }, format }: CardContext): string {
  const open = exposure.map(each => ({ ...each, open: each.overdue.plus(each.notDue) })).filter(each => !each.open.isZero() || !each.overdue.isZero())
  if (open.length === 0) return say.nothingOpen
  return open.map(each => say.atStake(format.money(each.overdue, each.currency), format.money(each.open, each.currency))).join(' + ')
}

/** What happens to the one debtor as things stand, and what waits to be decided; of several, each to choose. */
function nextElements({ id, party, debtors }: AlertView, { debtor }: AlertNext, context: CardContext): Elements {
  const { words, format } = context
  const { credit: say } = words
  if (party === 'supplier') return [{ type: 'text', text: words.alerts.supplierUnchanged, weight: 'subtle' }]
  const picks = debtors.slice(0, shownDebtors).map(({ id: debtorId, number, name }) => ({
    type: 'pick' as const,
    text: `${number} · ${oneLine(name, 60)}`,
    button: { action: 'alert.show', label: say.options, data: { alert: String(id), debtor: String(debtorId) } },
  }))
  const rest = debtors.length - shownDebtors
  if (!debtor) {
    return [
      { type: 'text', text: say.unchanged, weight: 'subtle' },
      ...(debtors.length > 1 ? picks : []),
      ...(rest > 0 ? [{ type: 'text' as const, text: say.more(rest), weight: 'subtle' as const }] : []),
    ]
  }
  const { holds } = debtor
  const reminders = holds.whole
    ? say.held(holds.whole.until ? format.day(holds.whole.until.toString()) : '')
    : holds.items > 0
      ? say.heldItems(holds.items)
      : say.goOn
  const facts = [
    { label: say.today, value: [debtor.workflow && oneLine(debtor.workflow, 60), reminders].filter(Boolean).join(' · ') },
    ...(debtor.stance ? [{ label: words.matrix.stance, value: sayStance(debtor.stance, words) }] : []),
  ]
  return [
    { type: 'facts', facts },
    ...nextStepLine(debtor.step, context),
    ...entryPicks(debtor.waiting, context),
    { type: 'text', text: say.unchanged, weight: 'subtle' },
  ]
}

function mailElements({ mailedAt, isMailOnly, isMonitored }: AlertView, { words: { alerts: of }, format }: CardContext): Elements {
  if (!mailedAt) return []
  const day = format.day(mailedAt.toISOString().slice(0, 10))
  return [{ type: 'text', text: !isMailOnly ? of.mailed(day) : isMonitored ? of.mailAlone(day) : of.mailOnly(day), weight: 'subtle' }]
}

function linkElements({ company, debtors: [only, ...others] }: AlertView, { link }: AlertNext, { words }: CardContext): Elements {
  return [
    ...(only && others.length === 0 ? [{ type: 'page' as const, label: words.debtorCard.openPage, debtorId: only.id }] : []),
    ...(link !== undefined && isWebAddress(link) ? [{ type: 'link' as const, label: words.credit.openAt(bureauName(company.bureau)), url: link }] : []),
  ]
}

const grave = ['insolvency', 'judgments', 'privileges', 'status']

/** Two or three that fit what happened stand as buttons, the rest behind them. */
function optionsOf({ id, party, status, facts: [gravest], debtors: [only, ...others] }: AlertView, next: AlertNext, { words }: CardContext) {
  const { credit: say } = words
  const data = { alert: String(id) }
  const isOpen = status !== 'acknowledged'
  const seen: Button[] = isOpen ? [{ action: 'alert.acknowledge', label: say.acknowledge, style: 'primary', data }] : []
  const later: Button[] = isOpen ? [{ action: 'alert.snooze', label: say.snooze, data }] : []
  if (!only || others.length > 0) return { buttons: seen, more: later }
  const debtor = { debtor: String(only.id) }
  const history: Button = { action: 'credit.history', label: say.history, data: debtor }
  if (party === 'supplier') return { buttons: [...seen, history], more: later }
  const hold: Button = { action: 'entry.hold', label: say.hold, data: debtor }
  const limit: Button = { action: 'alert.limit', label: say.proposeLimit, data: { ...data, ...debtor } }
  const workflow: Button[] = next.debtor?.hasWorkflows ? [{ action: 'alert.workflow', label: say.switchWorkflow, data: { ...data, ...debtor } }] : []
  const note: Button = { action: 'note.open', label: say.note, data: debtor }
  const fitting = gravest && grave.includes(gravest.criterion) ? [hold, limit] : [limit, hold]
  return { buttons: [...seen, ...fitting], more: [...workflow, note, history, ...later] }
}
