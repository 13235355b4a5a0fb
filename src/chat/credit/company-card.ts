import type { CreditFacts } from '#credit'
import { type Card, cardSchema, isWebAddress } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { bureauName, dayOf } from './bureau-name.ts'
import { sayValue } from './say-value.ts'

/** Who a debtor's company is, as far as its bureau tells; what it does not tell is left out. `link`: its page at the bureau. */
export function companyCard({ company, history }: CreditFacts, { debtorId, link }: { debtorId: number; link: string | undefined }, context: CardContext): Card {
  const { words, format } = context
  const { credit: say, creditView: view } = words
  const { foundedOn, capital, ...texts } = company.identity
  const title = view.who(oneLine(company.name, 80))
  const subtitle = view.bureauSays(bureauName(company.bureau), company.reportedAt ? dayOf(company.reportedAt, format) : '')
  const named = (Object.keys(view.identity) as (keyof typeof view.identity)[]).flatMap(key => {
    const value =
      key === 'founded' ? foundedOn && format.day(foundedOn) : key === 'capital' ? capital && format.money(capital.amount, capital.currency) : texts[key]
    return value ? [{ label: view.identity[key], value: oneLine(value, 200) }] : []
  })
  const told = history.flatMap(({ criterion, value }) =>
    (['address', 'status', 'parent'] as string[]).includes(criterion) && value.is !== 'none'
      ? [{ label: say.criterion[criterion], value: sayValue(criterion, value, context) }]
      : [],
  )
  const data = { debtor: String(debtorId) }
  return cardSchema.parse({
    title,
    subtitle,
    ...(company.monitoring !== 'monitored' && { status: { text: say.notMonitored, tone: 'warning' } }),
    elements: [
      { type: 'facts', facts: [...named, ...told, { label: bureauName(company.bureau), value: company.bureauId }] },
      ...(link !== undefined && isWebAddress(link) ? [{ type: 'link', label: say.openAt(bureauName(company.bureau)), url: link }] : []),
    ],
    buttons: [
      { action: 'risk.debtor', label: words.risk.atRisk, data },
      { action: 'credit.history', label: say.history, data },
      { action: 'debtor.show', label: words.button.debtor, data },
    ],
    fallback: [title, subtitle].join('\n'),
  })
}
