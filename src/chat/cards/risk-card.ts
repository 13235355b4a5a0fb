import { type AgedBalance } from '#ledger'
import { Prisma } from '#platform'
import type { DebtorOverview, DebtorRisk, PortfolioRisk, RiskFacts } from '#search'
import { type Card, type CardElement, type CardInput, cardSchema } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import { behaviorLines } from './debtor-facts.ts'
import type { CardContext } from './proposal-card.ts'

/** `total`: all that is at risk, in words. */
export type PortfolioShown = PortfolioRisk & { value: string; isOwn: boolean; unconverted: string[]; hasBureau: boolean }

/** What is at risk of a portfolio: how much, since when, and the debtors with the most, each with the signs that the ledger shows. */
export function portfolioRiskCard(risk: PortfolioShown, buttons: CardInput['buttons'], { words, format }: CardContext): Card {
  const { risk: say } = words
  const title = risk.isOwn ? say.ownTitle : say.title
  const summary = risk.total === 0 ? say.none : say.summary(risk.value, risk.total)
  const notes = [say.meaning, !risk.hasBureau && say.noBureau, risk.unconverted.length > 0 && words.search.noRate(risk.unconverted.join(', '))].filter(Boolean)
  return cardSchema.parse({
    title,
    subtitle: summary,
    elements: [
      { type: 'facts', inline: true, facts: [...shareFact(risk.aging, { words, format }), ...oldFact(risk.aging, { words, format })] },
      ...risk.debtors.map(debtor => debtorPick(debtor, { words, format })),
      { type: 'text', text: notes.join(' '), weight: 'subtle' },
    ],
    buttons,
    fallback: [title, summary, ...risk.debtors.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
}

/** What the ledger and a credit bureau tell of one debtor's risk. `value`: what is at risk, in words; `bureau`: what a bureau says, likewise. */
export function debtorRiskCard(debtor: DebtorOverview, facts: RiskFacts, value: string, bureau: string | undefined, { words, format }: CardContext): Card {
  const { risk: say } = words
  const title = say.debtorTitle(oneLine(debtor.name, 80))
  const signs = signsOf(facts, words)
  const summary = [`${say.atRisk}: ${value || words.card.none}`, debtor.number, debtor.administration.name].join(' · ')
  return cardSchema.parse({
    title,
    subtitle: summary,
    ...(signs.length > 0 && { status: { text: signs.join(' · '), tone: facts.grave ? 'bad' : 'warning' } }),
    elements: [
      {
        type: 'facts',
        facts: [
          ...shareFact(debtor.aging, { words, format }),
          ...oldFact(debtor.aging, { words, format }),
          { label: say.oldest, value: facts.daysOverdue > 0 ? say.days(facts.daysOverdue) : words.card.none },
          ...(signs.length === 0 ? [{ label: say.signs, value: say.noSigns }] : []),
          { label: say.pays, value: behaviorLines(debtor, { words, format }).join('\n') || words.debtorCard.empty },
          { label: say.rating, value: bureau ?? words.credit.noFacts },
        ],
      },
      { type: 'text', text: say.meaning, weight: 'subtle' },
    ],
    buttons: [
      { action: 'debtor.show', label: words.button.debtor, data: { debtor: String(debtor.id) } },
      ...(bureau ? [{ action: 'credit.history', label: words.credit.history, data: { debtor: String(debtor.id) } }] : []),
      { action: 'risk.show', label: say.back, data: { whose: 'team', page: '0' } },
    ],
    fallback: [title, summary].join('\n'),
  })
}

function debtorPick(debtor: DebtorRisk, { words, format }: CardContext): CardElement {
  const amounts = debtor.amounts.filter(({ amount }) => amount.gt(0)).map(({ amount, currency }) => format.money(amount, currency))
  const late = debtor.daysOverdue > 0 ? words.risk.days(debtor.daysOverdue) : ''
  const note = [amounts.join(' + '), late, ...signsOf(debtor, words), debtor.number, debtor.administration].filter(Boolean).join(' · ')
  const data = { debtor: String(debtor.id) }
  return { type: 'pick', text: oneLine(debtor.name, 80), note, button: { action: 'debtor.show', label: oneLine(debtor.name, 60), style: 'default', data } }
}

/** In the order in which they weigh. */
const signsOf = ({ grave, brokenPromises, disputes }: RiskFacts, { risk: say }: Words): string[] =>
  [grave && say.grave, brokenPromises > 0 && say.broken(brokenPromises), disputes > 0 && say.disputes(disputes)].filter(sign => sign !== false)

/** How much of what is open is overdue, by currency. */
function shareFact(aging: readonly AgedBalance[], { words: { risk: say }, format }: CardContext): { label: string; value: string }[] {
  const shares = aging
    .filter(({ balance }) => balance.gt(0))
    .map(({ overdue, balance, currency }) => {
      const percent = format.percent(Prisma.Decimal.max(overdue, 0).div(balance).toNumber())
      return say.share(format.shortMoney(overdue, currency), format.shortMoney(balance, currency), percent)
    })
  return shares.length === 0 ? [] : [{ label: say.overdueShare, value: shares.join('\n') }]
}

function oldFact(aging: readonly AgedBalance[], { words: { risk: say }, format }: CardContext): { label: string; value: string }[] {
  const old = aging.flatMap(({ buckets, currency }) => {
    const amount = buckets.d91_120.add(buckets.d120_plus)
    return amount.gt(0) ? [format.shortMoney(amount, currency)] : []
  })
  return old.length === 0 ? [] : [{ label: say.over90, value: old.join(' + ') }]
}
