import { companyLink, creditFactsOf, positionOf } from '#credit'
import { sightOf } from '#people'
import { debtorOverview, portfolioRisk, readQuery, readSearchContext, riskOf, type SearchContext, unconvertedCurrencies } from '#search'
import { cardFor } from '../button-rights.ts'
import { oneLine } from '../cards/cut.ts'
import { portfolioRiskCard } from '../cards/risk-card.ts'
import type { ClickOutcome } from '../click.ts'
import { debtorRiskCard } from '../credit/debtor-risk-card.ts'
import { monitoringShown } from '../credit/monitoring-shown.ts'
import { assignedTo } from '../workflows/click-workflow.ts'
import { oneDebtor } from './debtor.ts'
import { inReporting } from './in-reporting.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps, CreditPort } from './registry.ts'
import { searchProblem } from './search-problem.ts'
import { typedWords } from './typed-words.ts'

const pageLength = 15

/** `mine`: the accounts whose collector the asker is. `query`: a search that the debtors must fit; '' for all of them. */
export type RiskAsked = { whose: 'mine' | 'team'; query: string; page: number }

/** `/risk [mine] [search | debtor]`: what is at risk, of the portfolio in sight, of one's own accounts, of what a search fits (`rating:D`), or of the one debtor that is meant. */
export async function riskCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const [first = ''] = typedWords(rest, deps.context.words)
  const whose = ['mine', 'team'].find(word => word === first.toLowerCase()) as RiskAsked['whose'] | undefined
  const text = whose ? rest.split(' ').slice(1).join(' ') : rest
  // Names of debtors have no colon; whoever looks for one that has writes its number.
  if (text === '' || text.includes(':')) return riskAnswer(deps, { whose: whose ?? 'team', query: text, page: 0 })
  return oneDebtor(deps, rest, 'risk.debtor', debtorRiskAnswer)
}

/** A page of the debtors with something at risk, the most first. */
export async function riskAnswer(deps: CommandDeps, { whose, query, page }: RiskAsked): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const read = query === '' ? { kind: 'all' as const, context: await searchingOf(deps) } : await readQuery(client, query, await searchingOf(deps))
  if (read.kind === 'problem') return searchProblem(query, read.problem, context.words)
  const searching = read.context
  const collector = whose === 'mine' ? staff.key : undefined
  const byBureau = await knowsBureau(deps)
  const current = Math.max(0, page)
  const scope = { collector, byBureau, query: read.kind === 'read' ? read.query : undefined }
  const risk = await portfolioRisk(client, searching, scope, { limit: pageLength, offset: current * pageLength })
  const { words } = context
  const other = whose === 'mine' ? ('team' as const) : ('mine' as const)
  const buttons = [
    ...pageButtons('risk.show', { whose, query }, { page: current, last: Math.ceil(risk.total / pageLength) - 1 }, words.button),
    { action: 'risk.show', label: other === 'mine' ? words.risk.mine : words.risk.all, data: { whose: other, query, page: '0' } },
  ]
  const filters = (byBureau ? ratings : []).flatMap(letter => {
    const chosen = letter === '' ? '' : `rating:${letter}`
    const label = letter === '' ? words.creditView.everyRating : words.creditView.onlyRating(letter)
    return chosen === query ? [] : [{ action: 'risk.show', label, data: { whose, query: chosen, page: '0' } }]
  })
  const insured = 'insurance:due,past'
  const ofInsurer = query !== insured && (await client.insurancePolicy.count()) > 0
  if (ofInsurer) filters.push({ action: 'risk.show', label: words.insurance.toReport, data: { whose, query: insured, page: '0' } })
  const shown = {
    ...risk,
    title: [whose === 'mine' ? words.risk.ownTitle : words.risk.title, oneLine(query, 60)].filter(Boolean).join(' · '),
    value: inReporting(risk.amounts, searching, context),
    open: inReporting(
      risk.aging.map(({ balance: amount, currency }) => ({ amount, currency })),
      searching,
      context,
    ),
    unconverted: await unconvertedCurrencies(client, searching),
    bureau: byBureau ? { readAt: await lastNight(deps) } : undefined,
  }
  return { kind: 'private', card: portfolioRiskCard(shown, { buttons, more: filters }, context) }
}

const ratings = ['', 'E', 'D', 'C', 'B', 'A']

/** What the ledger and a credit bureau tell of the risk of a debtor in sight. */
export async function debtorRiskAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const sight = sightOf(staff)
  const overview = await debtorOverview(client, { sight, clock }, debtorId)
  if (!overview) return { kind: 'refused', message: context.words.outcome.gone }
  const credit = await creditFactsOf(client, sight, debtorId)
  const risk = await riskOf(client, await searchingOf(deps), debtorId, { byBureau: await knowsBureau(deps) })
  const rules = await deps.credit?.rules()
  const shown = {
    debtor: overview,
    risk,
    credit,
    link: rules && credit && companyLink(rules, credit.company),
    position: await positionOf(client, sight, debtorId),
    monitoring: await monitoringShown(deps, debtorId),
    workflow: await assignedTo(deps, debtorId),
    orders: await client.order.findMany({ where: { debtorId, status: 'open' }, orderBy: { amount: 'desc' } }),
    today: clock.today(context.format.timeZone),
  }
  return { kind: 'private', card: cardFor(staff, debtorRiskCard(shown, context)) }
}

/** Whether a credit bureau watches anybody, and the settings want it to: only then do its words count in what is at risk. */
export async function knowsBureau({ client, credit }: Pick<CommandDeps, 'client'> & { credit?: CreditPort | undefined }): Promise<boolean> {
  if (credit && !(await credit.rules()).on) return false
  return (await client.creditCompany.findFirst({ where: { monitoring: 'monitored' }, select: { id: true } })) !== null
}

/** When the newest complete run ended. */
async function lastNight({ client }: CommandDeps): Promise<Date | undefined> {
  const run = await client.creditRun.findFirst({ where: { finishedAt: { not: null } }, orderBy: { finishedAt: 'desc' }, select: { finishedAt: true } })
  return run?.finishedAt ?? undefined
}

/** What a search of the asker runs with: their sight and days. */
export const searchingOf = ({ client, clock, staff, context }: CommandDeps): Promise<SearchContext> =>
  readSearchContext(client, { sight: sightOf(staff), clock, timeZone: staff.timeZone ?? context.format.timeZone })
