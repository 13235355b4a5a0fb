import type { AgedBalance } from '#ledger'
import { Prisma } from '#platform'
import { type BureauWord, type DebtorRisk, type PortfolioRisk, type RiskFacts, riskWeights } from '#search'
import { type Card, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { sayValue } from '../credit/say-value.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

/** `value`, `open`: all that is at risk, and all that is open, in words. `bureau`: where bureaus' words count; when they were read last. */
export type PortfolioShown = PortfolioRisk & {
  value: string
  open: string
  title: string
  unconverted: string[]
  bureau: { readAt: Date | undefined } | undefined
}

/** What is at risk of a portfolio: how much, since when, and the debtors with the most, each with what bureaus say and the signs that the ledger shows. */
export function portfolioRiskCard(risk: PortfolioShown, { buttons, more }: Pick<CardInput, 'buttons' | 'more'>, context: CardContext): Card {
  const { words, format } = context
  const { risk: say, creditView: view } = words
  const { title } = risk
  const summary = summaryOf(risk, words)
  const notes = [
    risk.bureau ? weightsText(context) : say.meaning,
    risk.bureau ? risk.bureau.readAt && view.dataOf(format.dateTime(risk.bureau.readAt)) : say.noBureau,
    risk.unconverted.length > 0 && words.search.noRate(risk.unconverted.join(', ')),
  ]
  return cardSchema.parse({
    title,
    subtitle: summary,
    elements: [
      { type: 'facts', inline: true, facts: [...shareFact(risk.aging, context), ...oldFact(risk.aging, context)] },
      ...risk.debtors.map(debtor => riskPick(debtor, context)),
      { type: 'text', text: notes.filter(Boolean).join(' '), weight: 'subtle' },
    ],
    buttons,
    more,
    fallback: [title, summary, ...risk.debtors.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
}

function summaryOf({ total, value, open, bureau }: PortfolioShown, { risk: say, creditView: view, search }: Words): string {
  if (bureau) return total === 0 ? search.none : view.weighed(value, open, total)
  return total === 0 ? say.none : say.summary(value, total)
}

/** A debtor of a list of risk: what is at risk of what is open, what its bureau says and how that moved in a week, and the ledger's own signs. */
function riskPick(debtor: DebtorRisk, context: CardContext): CardElement {
  const { words, format } = context
  const sum = (money: DebtorRisk['amounts']) =>
    money
      .filter(({ amount }) => amount.gt(0))
      .map(({ amount, currency }) => format.money(amount, currency))
      .join(' + ')
  const { bureau, amounts, open } = debtor
  const note = [
    bureau ? words.creditView.ofOpen(sum(amounts), sum(open)) : sum(amounts),
    ...(bureau ? bureauParts(bureau, context) : []),
    debtor.daysOverdue > 0 && words.risk.days(debtor.daysOverdue),
    ...signsOf(debtor, words),
    debtor.number,
    debtor.administration,
  ]
  const data = { debtor: String(debtor.id) }
  // Where a bureau's words count, all of them are a click away.
  const action = bureau ? 'risk.debtor' : 'debtor.show'
  return {
    type: 'pick',
    text: oneLine(debtor.name, 80),
    note: note.filter(Boolean).join(' · '),
    button: { action, label: oneLine(debtor.name, 60), style: 'default', data },
  }
}

function bureauParts({ rating, score, ratingBefore, scoreBefore, insured, limitUsed }: BureauWord, context: CardContext): string[] {
  const { creditView: say } = context.words
  const told = rating && rating.is !== 'none' ? sayValue('international_rating', rating, context) : score && sayValue('score', score, context)
  const moved = score?.is === 'number' && scoreBefore?.is === 'number' ? new Prisma.Decimal(score.number).minus(scoreBefore.number) : undefined
  const points = moved && !moved.isZero() ? [say.scoreMoved(`${moved.gt(0) ? '+' : '−'}${moved.abs().toString()}`)] : []
  return [
    ...insuredParts(insured, context),
    told ?? say.unrated,
    ...(ratingBefore ? [say.wasRated(ratingBefore.is === 'text' ? ratingBefore.text : say.unrated)] : points),
    ...(limitUsed === undefined ? [] : [limitUsed === Infinity ? say.noLimit : say.limitUsed(context.format.percent(limitUsed / 100))]),
  ]
}

/** What of what is open came off before the weight. */
export const insuredParts = (insured: BureauWord['insured'], { words: { creditView: say }, format }: CardContext): string[] =>
  insured.map(({ amount, currency }) => say.insured(format.money(amount.toDecimalPlaces(2), currency)))

/** What counts how much, in words. */
export function weightsText({ words: { creditView: say }, format }: CardContext): string {
  const { A, B, C, D, E, ...facts } = riskWeights
  const percent = (weight: number) => format.percent(weight / 100)
  const letters = Object.entries({ A, B, C, D, E }).map(([letter, weight]) => `${letter} ${percent(weight)}`)
  const named = (Object.keys(facts) as (keyof typeof facts)[]).map(name => `${say.weightNames[name]} ${percent(facts[name])}`)
  return say.weights(letters.join(', '), named.join(', '))
}

/** In the order in which they weigh. */
export const signsOf = ({ grave, brokenPromises, disputes }: RiskFacts, { risk: say }: Words): string[] =>
  [grave && say.grave, brokenPromises > 0 && say.broken(brokenPromises), disputes > 0 && say.disputes(disputes)].filter(sign => sign !== false)

/** How much of what is open is overdue, by currency. */
export function shareFact(aging: readonly AgedBalance[], { words: { risk: say }, format }: CardContext): { label: string; value: string }[] {
  const shares = aging
    .filter(({ balance }) => balance.gt(0))
    .map(({ overdue, balance, currency }) => {
      const percent = format.percent(Prisma.Decimal.max(overdue, 0).div(balance).toNumber())
      return say.share(format.shortMoney(overdue, currency), format.shortMoney(balance, currency), percent)
    })
  return shares.length === 0 ? [] : [{ label: say.overdueShare, value: shares.join('\n') }]
}

export function oldFact(aging: readonly AgedBalance[], { words: { risk: say }, format }: CardContext): { label: string; value: string }[] {
  const old = aging.flatMap(({ buckets, currency }) => {
    const amount = buckets.d91_120.add(buckets.d120_plus)
    return amount.gt(0) ? [format.shortMoney(amount, currency)] : []
  })
  return old.length === 0 ? [] : [{ label: say.over90, value: old.join(' + ') }]
}
