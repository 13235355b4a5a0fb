import type { CreditFacts, CriterionHistory } from '#credit'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { sayValue } from './say-value.ts'

const shownChanges = 8

/** What the bureau says of a company, each criterion with its dated values; numbers that moved as a small chart, too. */
export function historyCard({ company, history }: CreditFacts, context: CardContext): Card {
  const { words, format } = context
  const say = words.credit
  const title = say.historyTitle(oneLine(company.name, 80))
  const moved = history.filter(({ changes }) => changes.length > 1)
  const card: CardInput = {
    title,
    ...(company.reportedAt && { subtitle: say.reportedOn(format.day(company.reportedAt.toISOString().slice(0, 10))) }),
    ...(company.monitoring !== 'monitored' && { status: { text: say.notMonitored, tone: 'warning' as const } }),
    elements: [
      { type: 'facts', facts: history.map(({ criterion, value }) => ({ label: say.criterion[criterion], value: sayValue(criterion, value, context) })) },
      ...moved.flatMap(each => changesOf(each, context)),
    ],
    fallback: title,
  }
  return cardSchema.parse(card)
}

function changesOf({ criterion, changes }: CriterionHistory, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const say = words.credit
  const day = (at: Date) => format.day(at.toISOString().slice(0, 10))
  const recent = changes.slice(0, shownChanges)
  const points = recent.toReversed().flatMap(({ at, value }) => {
    const number = value.is === 'number' ? value.number : value.is === 'money' ? value.amount : undefined
    return number === undefined ? [] : [{ label: day(at), values: [{ value: number, text: sayValue(criterion, value, context) }] }]
  })
  if (points.length === recent.length) return [{ type: 'chart', title: say.criterion[criterion], series: [say.criterion[criterion]], points }]
  return [
    { type: 'text', text: say.criterion[criterion], weight: 'strong' },
    ...recent.map(({ at, value, source }) => ({ type: 'text' as const, text: `${day(at)}: ${sayValue(criterion, value, context)} (${say.source(source)})` })),
  ]
}
