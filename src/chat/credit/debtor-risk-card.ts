import type { Temporal } from 'temporal-polyfill'
import type { CreditFacts, CriterionHistory, PositionView } from '#credit'
import { type Money, usedOf } from '#ledger'
import { Prisma } from '#platform'
import type { BureauWord, DebtorOverview, RiskFacts } from '#search'
import { type Card, type CardInput, cardSchema, isWebAddress } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { behaviorLines } from '../cards/debtor-facts.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { insuredParts, oldFact, shareFact, signsOf, weightsText } from '../cards/risk-card.ts'
import { insuranceFact } from '../insurance/insurance-line.ts'
import { assignedText, type WorkflowShown } from '../workflows/workflow-card.ts'
import { bureauName, dayOf } from './bureau-name.ts'
import { graveParts } from './credit-line.ts'
import { limitFacts } from './limit-facts.ts'
import { sayPlace, sayStance, sayTag, sayWhy } from './matrix/say-place.ts'
import type { MonitoringShown } from './monitoring-shown.ts'
import { sayValue } from './say-value.ts'

export type DebtorRiskShown = {
  debtor: DebtorOverview
  risk: { facts: RiskFacts; amounts: Money[]; bureau: BureauWord | undefined }
  /** What a bureau says of its company, where one does. */
  credit: CreditFacts | undefined
  /** The company's page at its bureau. */
  link: string | undefined
  /** Its place in the decision matrix. */
  position: PositionView | undefined
  monitoring: MonitoringShown | undefined
  /** The dunning workflow that it is on, and who said so. */
  workflow: WorkflowShown['assigned']
  /** The open ones. */
  orders: readonly { number: string; amount: Prisma.Decimal; currency: string }[]
  today: Temporal.PlainDate
}

const ledgerMoment = ({ debtor, today }: DebtorRiskShown, { format }: CardContext): string =>
  debtor.administration.importedAt ? format.dateTime(debtor.administration.importedAt) : format.day(today.toString())

type Facts = { label: string; value: string }[]

/** All that is known of one debtor's risk: what its bureau says beside what the ledger itself knows, each with its date. */
export function debtorRiskCard(shown: DebtorRiskShown, context: CardContext): Card {
  const { debtor, risk, credit } = shown
  const { words, format } = context
  const { risk: say, creditView: view } = words
  const title = say.debtorTitle(oneLine(debtor.name, 80))
  const told = credit ? graveParts(credit, context) : []
  const signs = [...told, ...signsOf(risk.facts, words)]
  const value = risk.amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ') || words.card.none
  const open = debtor.aging.map(({ balance, currency }) => format.money(balance, currency)).join(' + ')
  const insured = risk.bureau && open ? insuredParts(risk.bureau.insured, context) : []
  const summary = [`${say.atRisk}: ${risk.bureau && open ? view.ofOpen(value, open) : value}`, ...insured, debtor.number, debtor.administration.name].join(
    ' · ',
  )
  const data = { debtor: String(debtor.id) }
  return cardSchema.parse({
    title,
    subtitle: summary,
    ...(signs.length > 0 && { status: { text: signs.join(' · '), tone: risk.facts.grave || told.length > 0 ? 'bad' : 'warning' } }),
    elements: [
      ...(credit ? bureauBlock(shown, credit, context) : []),
      ...(credit ? [{ type: 'text', text: view.ledgerSays(ledgerMoment(shown, context)), weight: 'strong' }] : []),
      { type: 'facts', facts: ledgerFacts(shown, signs, context) },
      ...nextStepLine(debtor.next, context),
      ...(shown.link !== undefined && isWebAddress(shown.link) && credit
        ? [{ type: 'link', label: words.credit.openAt(bureauName(credit.company.bureau)), url: shown.link }]
        : []),
      { type: 'text', text: risk.bureau ? weightsText(context) : say.meaning, weight: 'subtle' },
    ],
    buttons: [
      { action: 'debtor.show', label: words.button.debtor, data },
      ...(credit ? [{ action: 'credit.history', label: words.credit.history, data }] : []),
    ],
    more: [
      ...(credit ? [{ action: 'credit.company', label: view.company, data }] : []),
      ...(shown.position?.score ? [{ action: 'score.show', label: words.matrix.ownScore, data }] : []),
      ...(shown.monitoring?.buttons ?? []),
      { action: 'workflow.show', label: words.entries.kind.workflow, data },
      { action: 'risk.show', label: say.back, data: { whose: 'team', query: '', page: '0' } },
    ],
    fallback: [title, summary].join('\n'),
  })
}

function ledgerFacts({ debtor, risk, credit, position, monitoring, workflow }: DebtorRiskShown, signs: string[], context: CardContext): Facts {
  const { words } = context
  const { risk: say } = words
  return [
    ...shareFact(debtor.aging, context),
    ...oldFact(debtor.aging, context),
    { label: say.oldest, value: risk.facts.daysOverdue > 0 ? say.days(risk.facts.daysOverdue) : words.card.none },
    ...(signs.length === 0 ? [{ label: say.signs, value: say.noSigns }] : []),
    { label: say.pays, value: behaviorLines(debtor, context).join('\n') || words.debtorCard.empty },
    ...limitFacts(debtor, context),
    ...(debtor.insurance ? [insuranceFact(debtor.insurance, context)] : []),
    ...(workflow ? [{ label: words.entries.kind.workflow, value: assignedText(workflow, context) }] : []),
    ...(position ? positionFacts(position, context) : []),
    ...(monitoring ? [{ label: words.parties.monitoring, value: monitoring.line }] : []),
    ...(credit ? [] : [{ label: say.rating, value: words.credit.noFacts }]),
  ]
}

/** Its place in the decision matrix, why it stands there and what it may become; its own score and tags. */
function positionFacts(position: PositionView, context: CardContext): Facts {
  const { words, format } = context
  const { matrix: say } = words
  const day = (at: Date) => format.day(at.toISOString().slice(0, 10))
  const stance = position.before ? say.moved(sayStance(position.before.stance, words), sayStance(position.stance, words)) : sayStance(position.stance, words)
  const next = position.next && say.waits(sayStance(position.next.stance, words), day(position.next.on))
  const { score } = position
  return [
    {
      label: say.stance,
      value: [stance, say.since(day(position.since)), sayPlace(position, words), sayWhy(position.why, context), next].filter(Boolean).join(' · '),
    },
    ...(score?.score ? [{ label: say.ownScore, value: words.credit.outOf(format.number(score.score.toNumber()), '100') }] : []),
    ...(position.tags.length > 0 ? [{ label: words.creditView.tags, value: position.tags.map(tag => sayTag(tag, words)).join(', ') }] : []),
  ]
}

function bureauBlock(shown: DebtorRiskShown, credit: CreditFacts, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const { creditView: view } = words
  const { company, history } = credit
  const reported = company.reportedAt ? dayOf(company.reportedAt, format) : ''
  const sections = [...new Set(company.sections.map(section => view.sections[section as keyof typeof view.sections] ?? section))]
  const facts = history.flatMap(each => criterionFact(each, credit, context))
  const limit = moneyOf(credit, 'credit_limit')
  const used = limit && usedOf(limit, shown.debtor.exposure)
  const weight = shown.risk.bureau?.weight
  return [
    ...notices(shown, credit, context),
    { type: 'text', text: view.bureauSays(bureauName(company.bureau), reported), weight: 'strong' },
    {
      type: 'facts',
      facts: [
        ...facts,
        ...(used ? [{ label: view.used, value: format.percent(used.toNumber()) }] : []),
        ...(weight === undefined ? [] : [{ label: view.weight, value: format.percent(weight / 100) }]),
        ...(sections.length > 0 ? [{ label: view.available, value: sections.join(', ') }] : []),
      ],
    },
  ]
}

/** What must not be overlooked beside the figures: a weaker parent, orders that are larger than the bureau would go along with. */
function notices({ orders }: DebtorRiskShown, credit: CreditFacts, { words, format }: CardContext): CardInput['elements'] {
  const { creditView: view } = words
  const contract = moneyOf(credit, 'contract_limit')
  const above = contract ? orders.filter(({ amount, currency }) => currency === contract.currency && amount.gt(contract.amount)) : []
  const lines = above.map(({ number, amount, currency }) =>
    view.orderAbove(oneLine(number, 40), format.money(amount, currency), contract ? format.money(contract.amount, contract.currency) : ''),
  )
  return [
    ...(isParentLower(credit)
      ? [{ type: 'notice' as const, tone: 'warning' as const, title: view.parentLower, lines: [oneLine(credit.parent?.name ?? '', 80)] }]
      : []),
    ...(lines.length > 0 ? [{ type: 'notice' as const, tone: 'bad' as const, title: view.aboveContract, lines: lines.slice(0, 3) }] : []),
  ]
}

// What a person is not helped by here: names and addresses stand on the company's card, the industry's days beside the company's own.
const leftOut = ['name', 'address', 'industry_days_beyond_terms']

function criterionFact({ criterion, value, since, changes }: CriterionHistory, credit: CreditFacts, context: CardContext): Facts {
  if (leftOut.includes(criterion)) return []
  const { words, format } = context
  const { creditView: view } = words
  const text = sayValue(criterion, value, context)
  const [last, ...earlier] = changes
  // What another bureau said is of another scale.
  const own = last ? [last, ...earlier.filter(change => change.bureau === last.bureau)] : []
  const [now, before] = own.map(change => (change.value.is === 'number' ? new Prisma.Decimal(change.value.number) : undefined))
  const moved = now && before ? now.minus(before) : undefined
  const day = dayOf(since, format)
  const points = moved && !moved.isZero() ? `${moved.gt(0) ? '↑ +' : '↓ −'}${moved.abs().toString()}` : undefined
  const dated = points ? view.moved(text, points, day) : changes.length > 1 ? view.since(text, day) : text
  return [{ label: words.credit.criterion[criterion], value: [dated, ...beside(criterion, credit, context)].join(' · ') }]
}

/** What belongs to a criterion: the industry's days beside the company's own, the parent's advice beside its name. */
function beside(criterion: string, { history, parent }: CreditFacts, context: CardContext): string[] {
  const { creditView: view } = context.words
  if (criterion === 'days_beyond_terms') {
    const industry = history.find(each => each.criterion === 'industry_days_beyond_terms')
    return industry ? [view.industry(sayValue('days_beyond_terms', industry.value, context))] : []
  }
  if (criterion !== 'parent' || !parent) return []
  const { rating } = context.words.credit
  const advice = [
    parent.ratingClass && (rating[parent.ratingClass as keyof typeof rating] ?? parent.ratingClass),
    parent.limit && `${context.words.credit.limit} ${sayValue('credit_limit', parent.limit, context)}`,
  ]
  return advice.filter(part => typeof part === 'string')
}

/** Whether the parent is rated worse, or may have less credit, than the debtor's company itself. */
function isParentLower(credit: CreditFacts): boolean {
  const { parent, company } = credit
  if (!parent) return false
  // E is not scored, which is no step on this ladder.
  const [own, above] = [company.ratingClass, parent.ratingClass].map(letter => (letter ? 'ABCD'.indexOf(letter) : -1))
  if (own !== undefined && above !== undefined && own >= 0 && above > own) return true
  const limit = moneyOf(credit, 'credit_limit')
  return parent.limit?.is === 'money' && parent.limit.currency === limit?.currency && limit !== undefined && limit.amount.gt(parent.limit.amount)
}

function moneyOf({ history }: CreditFacts, criterion: 'credit_limit' | 'contract_limit'): Money | undefined {
  const value = history.find(each => each.criterion === criterion)?.value
  return value?.is === 'money' && value.currency ? { amount: new Prisma.Decimal(value.amount), currency: value.currency } : undefined
}
