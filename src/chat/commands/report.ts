import { exportStatus } from '#ledger'
import { may, sightOf } from '#people'
import { portfolioRisk } from '#search'
import { type CardInput, cardSchema } from '../card.ts'
import { agingCharts } from '../cards/debtor-card.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { ClickOutcome } from '../click.ts'
import { namedReport } from '../reports/reports-command.ts'
import { inReporting } from './in-reporting.ts'
import type { CommandDeps } from './registry.ts'
import { type ReportFigures, reportFigures } from './report-figures.ts'
import { searchingOf } from './risk.ts'
import { typedWords } from './typed-words.ts'

const periods = [7, 30, 90] as const
const shownExports = 5

/** `days`: how far back what was promised and decided is counted. */
export type ReportAsked = { whose: 'mine' | 'team'; days: number }

/** `/duncan report [mine] [7 | 30 | 90]`: short figures of what the asker sees, or of their own accounts; a report by name, or `schedule`, as `/duncan reports`. */
export const reportCommand = async (deps: CommandDeps, rest: string): Promise<ClickOutcome> =>
  (await namedReport(deps, rest)) ?? reportAnswer(deps, readReport(typedWords(rest.toLowerCase(), deps.context.words)))

/** The figures that were asked for by words, whatever a browser sends. */
export const readReport = (words: readonly string[]): ReportAsked => ({
  whose: words.includes('mine') ? 'mine' : 'team',
  days: periods.find(days => words.includes(String(days))) ?? 30,
})

/** Short figures of what is open now, and of what was promised and decided in the last days. */
export async function reportAnswer(deps: CommandDeps, { whose, days }: ReportAsked): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const { words, format } = context
  const say = words.report
  const searching = await searchingOf(deps)
  const collector = whose === 'mine' ? staff.key : undefined
  const scope = { sight: sightOf(staff), collector, today: searching.today, from: searching.today.subtract({ days }) }
  const [risk, figures, files] = await Promise.all([
    portfolioRisk(client, searching, { collector }, { limit: 0 }),
    reportFigures(client, scope),
    exportFacts(deps),
  ])
  const sumOf = (of: 'balance' | 'overdue') =>
    inReporting(
      risk.aging.map(sums => ({ currency: sums.currency, amount: sums[of] })),
      searching,
      context,
    )
  const summary = risk.aging.length === 0 ? say.nothing : say.summary(sumOf('balance'), sumOf('overdue'))
  const title = whose === 'mine' ? say.ownTitle : say.title
  const facts = [
    { label: say.debtors, value: String(risk.total) },
    { label: say.promises(days), value: promiseText(figures, context) },
    { label: say.disputes, value: figures.disputes.map(({ reason, count }) => `${disputeReason(reason, words)}: ${count}`).join('\n') || words.card.none },
    { label: say.proposals(days), value: decisionText(figures, context) },
    ...files,
  ]
  const show = (asked: ReportAsked, label: string) => ({ action: 'report.show', label, data: { asked: `${asked.whose} ${asked.days}` } })
  const others: CardInput['more'] = periods.filter(period => period !== days).map(period => show({ whose, days: period }, say.period(period)))
  const card = cardSchema.parse({
    title: `${title} · ${say.period(days)}`,
    subtitle: summary,
    elements: [...agingCharts(risk, words, format), { type: 'facts', facts }],
    buttons: [
      { action: 'risk.show', label: words.risk.back, data: { whose, page: '0' } },
      whose === 'mine' ? show({ whose: 'team', days }, words.risk.all) : show({ whose: 'mine', days }, words.risk.mine),
      ...(deps.reports ? [{ action: 'reports.list', label: words.reports.all }] : []),
    ],
    more: others,
    fallback: [title, summary, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
  })
  return { kind: 'private', card }
}

function promiseText({ promises: { kept, decided } }: ReportFigures, { words: { report: say }, format }: CommandDeps['context']): string {
  return decided === 0 ? say.noPromises : say.kept(kept, decided, format.percent(kept / decided))
}

function decisionText(
  { decisions: { decided, edited, rejected, minutes } }: ReportFigures,
  { words: { report: say, card }, format }: CommandDeps['context'],
): string {
  if (decided === 0 || minutes === null) return card.none
  const half = minutes < 90 ? say.minutes(format.number(Math.round(minutes))) : say.hours(format.number(minutes / 60))
  return `${say.decided(decided, edited, rejected)}\n${say.answer} ${half}`
}

/** The exports of the settings with their last files, for who sets them up. */
async function exportFacts({ client, staff, context: { words, format } }: CommandDeps): Promise<{ label: string; value: string }[]> {
  if (!may(staff, 'configure')) return []
  const runs = (await exportStatus(client)).filter(({ finishedAt, status }) => finishedAt !== null && status === 'done').slice(0, shownExports)
  const lines = runs.map(({ name, finishedAt }) => words.report.exported(name, format.dateTime(new Date(finishedAt ?? 0))))
  return lines.length === 0 ? [] : [{ label: words.report.exports, value: lines.join('\n') }]
}
