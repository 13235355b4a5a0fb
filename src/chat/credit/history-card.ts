import type { CreditFacts, CriterionHistory, CriterionValue } from '#credit'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { pageButtons } from '../commands/pick-debtor.ts'
import { bureauName, dayOf } from './bureau-name.ts'
import { sayValue } from './say-value.ts'

const pageLength = 8
/** So many criteria that moved stand on one card; of more, each has its own. */
const mostTogether = 2

/** What the bureau says of a company, each criterion with its day; how those went that moved, or the way there. */
export function historyCard({ company, history, former }: CreditFacts, debtorId: number, context: CardContext): Card {
  const { words, format } = context
  const { credit: say, creditView: view } = words
  const title = say.historyTitle(oneLine(company.name, 80))
  const moved = history.filter(({ changes }) => changes.length > 1)
  const together = moved.length <= mostTogether
  return cardSchema.parse({
    title,
    subtitle: view.bureauSays(bureauName(company.bureau), company.reportedAt ? dayOf(company.reportedAt, format) : ''),
    ...(company.monitoring !== 'monitored' && { status: { text: say.notMonitored, tone: 'warning' } }),
    elements: [
      factsOf(history, context),
      ...(together
        ? moved.flatMap(each => [heading(say.criterion[each.criterion]), ...sectionOf(each, each.changes.slice(0, pageLength), context)])
        : [heading(view.pickCriterion), ...moved.map(each => criterionPick(each, debtorId, context))]),
      // What stands here in part has the rest on a card of its own.
      ...(together ? moved.filter(({ changes }) => changes.length > pageLength).map(each => criterionPick(each, debtorId, context)) : []),
      ...(former[0] ? [heading(view.former(bureauName(former[0].bureau))), factsOf(former, context)] : []),
    ],
    buttons: [{ action: 'risk.debtor', label: words.risk.atRisk, data: { debtor: String(debtorId) } }],
    fallback: title,
  })
}

/** How one criterion of a company went, newest first, a page of it. */
export function criterionCard(
  { company }: CreditFacts,
  each: CriterionHistory,
  { debtorId, page }: { debtorId: number; page: number },
  context: CardContext,
): Card {
  const { words } = context
  const { credit: say, creditView: view } = words
  const last = Math.ceil(each.changes.length / pageLength) - 1
  const current = Math.min(Math.max(0, page), last)
  const shown = each.changes.slice(current * pageLength, (current + 1) * pageLength)
  const data = { debtor: String(debtorId) }
  const title = view.historyOf(say.criterion[each.criterion], oneLine(company.name, 80))
  return cardSchema.parse({
    title,
    subtitle: sayValue(each.criterion, each.value, context),
    elements: sectionOf(each, shown, context),
    buttons: [
      ...pageButtons('credit.history', { ...data, criterion: each.criterion }, { page: current, last }, words.button),
      { action: 'credit.history', label: view.all, data },
    ],
    fallback: title,
  })
}

const factsOf = (history: CriterionHistory[], context: CardContext): CardInput['elements'][number] => ({
  type: 'facts',
  facts: history.map(({ criterion, value, since }) => ({
    label: context.words.credit.criterion[criterion],
    value: context.words.creditView.since(sayValue(criterion, value, context), dayOf(since, context.format)),
  })),
})

const heading = (text: string): CardInput['elements'][number] => ({ type: 'text', text, weight: 'strong' })

function criterionPick({ criterion, value, changes }: CriterionHistory, debtorId: number, context: CardContext): CardInput['elements'][number] {
  const { credit: say, creditView: view } = context.words
  const first = changes.at(-1)
  const label = say.criterion[criterion]
  return {
    type: 'pick',
    text: `${label}: ${sayValue(criterion, value, context)}`,
    note: first && view.timesTold(changes.length, dayOf(first.at, context.format)),
    button: { action: 'credit.history', label, data: { debtor: String(debtorId), criterion, page: '0' } },
  }
}

type Change = CriterionHistory['changes'][number]

/** Values with their days, their source and, where it says more, the bureau's own text; numbers as a small chart, too. */
function sectionOf({ criterion }: CriterionHistory, changes: Change[], context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const { credit: say, creditView: view } = words
  const points = changes.toReversed().flatMap(({ at, value }) => {
    const number = value.is === 'number' ? value.number : value.is === 'money' ? value.amount : undefined
    return number === undefined ? [] : [{ label: dayOf(at, format), values: [{ value: number, text: sayValue(criterion, value, context) }] }]
  })
  const isChart = points.length > 1 && points.length === changes.length && new Set(changes.map(scaleOf)).size === 1
  const told = changes.map(({ value, raw, source, bureau }) =>
    [`${bureauName(bureau)}, ${say.source(source)}`, saysMore(raw, value) && view.told(oneLine(raw, 80))].filter(Boolean).join(', '),
  )
  const [origin = '', ...others] = new Set(told)
  const chart = isChart ? [{ type: 'chart' as const, title: say.criterion[criterion], series: [say.criterion[criterion]], points }] : []
  // The chart's own words have each day and value: what is the same for all of them is said once.
  if (isChart && others.length === 0) return [...chart, { type: 'text', text: origin, weight: 'subtle' }]
  const rows = changes.map(({ at, value }, index) => [dayOf(at, format), sayValue(criterion, value, context), told[index] ?? ''])
  return [...chart, { type: 'table', columns: [{ title: view.day }, { title: view.value }, { title: view.from }], rows }]
}

// Bars of two scales, or of two currencies, beside each other would tell something wrong.
const scaleOf = ({ bureau, value }: Change): string =>
  JSON.stringify([bureau, value.is === 'number' ? [value.min, value.max] : value.is === 'money' && value.currency])

/** Whether the bureau's own text says something else than the value that was read from it. */
function saysMore(raw: string, value: CriterionValue): boolean {
  const plain = raw.trim().toLowerCase()
  if (value.is === 'number') return plain !== value.number
  if (value.is === 'money') return plain.replace(/\s+[a-z]{3}$/, '') !== value.amount
  return value.is === 'none' || ![value.text, value.key].some(text => text?.toLowerCase() === plain)
}
