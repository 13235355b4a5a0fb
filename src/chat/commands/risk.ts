import { creditFactsOf } from '#credit'
import { sightOf } from '#people'
import { debtorOverview, portfolioRisk, readSearchContext, riskOf, type SearchContext, unconvertedCurrencies } from '#search'
import { debtorRiskCard, portfolioRiskCard } from '../cards/risk-card.ts'
import type { ClickOutcome } from '../click.ts'
import { creditLine } from '../credit/credit-line.ts'
import { oneDebtor } from './debtor.ts'
import { inReporting } from './in-reporting.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'
import { typedWords } from './typed-words.ts'

const pageLength = 15

/** `mine`: the accounts whose collector the asker is. */
export type RiskAsked = { whose: 'mine' | 'team'; page: number }

/** `/risk [mine | debtor]`: what is at risk, of the whole portfolio in sight, of one's own accounts, or of the one debtor that is meant. */
export async function riskCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const word = typedWords(rest, deps.context.words).join(' ').toLowerCase()
  if (word === '' || word === 'team') return riskAnswer(deps, { whose: 'team', page: 0 })
  return word === 'mine' ? riskAnswer(deps, { whose: 'mine', page: 0 }) : oneDebtor(deps, rest, 'risk.debtor', debtorRiskAnswer)
}

/** A page of the debtors with something at risk, the most first. */
export async function riskAnswer(deps: CommandDeps, { whose, page }: RiskAsked): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const searching = await searchingOf(deps)
  const collector = whose === 'mine' ? staff.key : undefined
  const current = Math.max(0, page)
  const risk = await portfolioRisk(client, searching, { collector }, { limit: pageLength, offset: current * pageLength })
  const { words } = context
  const other = whose === 'mine' ? ('team' as const) : ('mine' as const)
  const buttons = [
    ...pageButtons('risk.show', { whose }, { page: current, last: Math.ceil(risk.total / pageLength) - 1 }, words.button),
    { action: 'risk.show', label: other === 'mine' ? words.risk.mine : words.risk.all, data: { whose: other, page: '0' } },
  ]
  const unconverted = await unconvertedCurrencies(client, searching)
  const hasBureau = (await client.creditCompany.findFirst({ where: { monitoring: 'monitored' }, select: { id: true } })) !== null
  const shown = { ...risk, hasBureau, value: inReporting(risk.amounts, searching, context), isOwn: whose === 'mine', unconverted }
  return { kind: 'private', card: portfolioRiskCard(shown, buttons, context) }
}

/** What the ledger and a credit bureau tell of the risk of a debtor in sight. */
export async function debtorRiskAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const overview = await debtorOverview(client, { sight: sightOf(staff), clock }, debtorId)
  if (!overview) return { kind: 'refused', message: context.words.outcome.gone }
  const searching = await searchingOf(deps)
  const { facts, amounts } = await riskOf(client, searching, debtorId)
  const value = amounts.map(({ amount, currency }) => context.format.money(amount, currency)).join(' + ')
  const credit = await creditFactsOf(client, sightOf(staff), debtorId)
  return { kind: 'private', card: debtorRiskCard(overview, facts, value, credit && creditLine(credit, context), context) }
}

/** What a search of the asker runs with: their sight and days. */
export const searchingOf = ({ client, clock, staff, context }: CommandDeps): Promise<SearchContext> =>
  readSearchContext(client, { sight: sightOf(staff), clock, timeZone: staff.timeZone ?? context.format.timeZone })
