import { readChannelResults, readLinkResults, readPromiseResults } from '#dunning'
import { allDebtorIds, readQuery, readSegments, type SearchContext } from '#search'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import { searchProblem } from '../commands/search-problem.ts'
import type { Words } from '../words/index.ts'
import { type ResultsAsked, resultsCard } from './results-card.ts'
import { testsAnswer } from './tests-answer.ts'

const periods = [7, 30, 90] as const

/** `/duncan results [7 | 30 | 90] [steps] [segment | search] | tests`: what came of what reached debtors in the last days, or of tests of two variants. */
export const resultsCommand = (deps: CommandDeps, rest: string): Promise<ClickOutcome> =>
  /^tests?$/i.test(rest) ? testsAnswer(deps) : resultsAnswer(deps, readResultsAsked(rest, deps.context.words))

/** Which results somebody wants to see: days (`30`, `30 days`, `30 Tage`) and view lead, the rest is a search. */
export function readResultsAsked(text: string, words: Words): ResultsAsked {
  const typed = text.split(' ').filter(Boolean)
  const days = periods.find(period => String(period) === typed[0])
  const afterDays = days === undefined ? typed : typed.slice(1)
  const units = days === undefined ? [] : ['days', ...words.report.period(days).toLowerCase().split(' ')]
  const others = units.includes(afterDays[0]?.toLowerCase() ?? '') ? afterDays.slice(1) : afterDays
  const by = others[0]?.toLowerCase() === 'steps' ? ('step' as const) : ('channel' as const)
  return { days: days ?? 90, by, search: (by === 'step' ? others.slice(1) : others).join(' ') }
}

/** The results of the debtors in sight, or of those that the search fits. */
export async function resultsAnswer(deps: CommandDeps, asked: ResultsAsked): Promise<ClickOutcome> {
  const { client, context } = deps
  const searching = await searchingOf(deps)
  const fitting = asked.search === '' ? undefined : await fittingDebtors(deps, searching, asked.search)
  if (fitting?.kind === 'problem') return searchProblem(asked.search, fitting.problem, context.words)
  const scope = { context: searching, from: searching.today.subtract({ days: asked.days }), debtors: fitting?.ids }
  const [{ channels, steps }, promises, links, people] = await Promise.all([
    readChannelResults(client, scope),
    readPromiseResults(client, scope),
    readLinkResults(client, scope),
    client.staff.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } }),
  ])
  const nameOf = (id: number) => oneLine(people.find(person => person.id === id)?.name ?? context.words.results.byNobody, 40)
  return {
    kind: 'private',
    card: resultsCard({ channels, steps, promises, links, searching, nameOf, workflows: deps.workflows() }, { ...asked, periods }, context),
  }
}

/** Of a segment when it is named alone, else of a search; never more than the asker sees. */
async function fittingDebtors({ client }: CommandDeps, searching: SearchContext, text: string) {
  const segments = await readSegments(client)
  const isSegment = segments.some(({ key }) => key === text.toLowerCase())
  const read = await readQuery(client, isSegment ? `segment:${text}` : text, searching)
  if (read.kind === 'problem') return read
  return { kind: 'read' as const, ids: await allDebtorIds(client, read.query, read.context) }
}
