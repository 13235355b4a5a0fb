import type { BureauStatus, CreditStatus, GapList, NightView } from '#credit'
import { type Coverage, coverageStages, totalCoverage } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { bureauName } from './bureau-name.ts'

export type StatusShown = {
  /** Whether the asker sees every debtor: counts over all of them are for nobody else. */
  isWhole: boolean
  status: CreditStatus
  /** The newest complete run, of the administrations in sight. */
  night: { at: Date; views: NightView[] } | undefined
  gaps: GapList | undefined
  coverage: readonly (Coverage & { administration: string })[]
}

const tones = { off: 'neutral', no_login: 'warning', refused: 'bad', waiting: 'neutral', active: 'good' } as const

/** How credit monitoring stands: whether it is connected, what the last run brought, how much of what is open is covered, and what is not. */
export function creditStatusCard({ isWhole, status, night, gaps, coverage }: StatusShown, context: CardContext): Card {
  const { words, format } = context
  const { creditView: say, parties } = words
  const state = status.state === 'active' && status.activeSince ? say.activeSince(format.dateTime(status.activeSince)) : say.state[status.state]
  const total = (of: 'changed' | 'inScope') => (night?.views ?? []).reduce((sum, { counts }) => sum + counts[of], 0)
  const facts = [
    ...(night ? [{ label: say.lastRun, value: `${format.dateTime(night.at)} · ${words.credit.nightSummary(total('changed'), total('inScope'))}` }] : []),
    { label: say.reports, value: format.number(status.reportsThisYear) },
    ...(status.bureaus.some(({ quotas }) => quotas.length > 0) ? [{ label: say.reportsLeft, value: quotasLeft(status.bureaus, context) }] : []),
    // Of one bureau the card itself tells how it stands.
    ...(status.bureaus.length > 1 ? status.bureaus.map(bureau => bureauFact(bureau, isWhole, context)) : []),
  ]
  const missing = (gaps?.reasons ?? []).map(({ reason, count }) => ({ label: parties.reason[reason], value: format.number(count) }))
  return cardSchema.parse({
    title: say.statusTitle,
    status: { text: state, tone: tones[status.state] },
    elements:
      status.state === 'off'
        ? []
        : [
            { type: 'facts', facts },
            { type: 'text', text: say.coverage, weight: 'strong' },
            ...coverageElements(coverage, context),
            ...(missing.length > 0
              ? [
                  { type: 'text', text: parties.gapSummary(gaps?.total ?? 0, gaps?.inScope ?? 0), weight: 'strong' },
                  { type: 'facts', facts: missing },
                ]
              : []),
          ],
    buttons:
      status.state === 'off'
        ? []
        : [
            ...(missing.length > 0 ? [{ action: 'gaps.show', label: parties.allGaps, data: { page: '0' } }] : []),
            { action: 'risk.show', label: words.risk.title, data: { whose: 'team', query: '', page: '0' } },
            { action: 'tip.show', label: say.tipTitle, data: { place: '0' } },
          ],
    fallback: `${say.statusTitle}: ${state}`,
  })
}

const quotasLeft = (bureaus: BureauStatus[], { words: { creditView: say }, format }: CardContext): string =>
  bureaus.flatMap(({ quotas }) => quotas.map(({ country, paid, used }) => say.quota(country, format.number(paid - used), format.number(paid)))).join(' · ')

/** How one of several bureaus stands, and for which countries. */
function bureauFact(
  { name, countries, state, inScope, monitored, activeSince }: BureauStatus,
  isWhole: boolean,
  { words, format }: CardContext,
): { label: string; value: string } {
  const { creditView: say } = words
  const stands = state === 'active' && activeSince ? say.activeSince(format.dateTime(activeSince)) : say.state[state]
  return {
    label: [bureauName(name), countries?.join(', ')].filter(Boolean).join(' · '),
    value: [stands, isWhole && say.watched(monitored, inScope)].filter(Boolean).join(' '),
  }
}

/** The steps of coverage as shares of what is open, and of each administration how much of it is monitored. */
function coverageElements(coverage: StatusShown['coverage'], { words: { creditView: say }, format }: CardContext): CardInput['elements'] {
  const totals = totalCoverage(coverage)
  if (totals.length === 0) return [{ type: 'text', text: say.nothingOpen }]
  const share = (of: (typeof coverageStages)[number]) => (row: Coverage) =>
    say.share(format.percent(row[of].div(row.open).toNumber()), format.shortMoney(row[of], row.currency), format.shortMoney(row.open, row.currency))
  const several = new Set(coverage.map(({ administration }) => administration)).size > 1
  return [
    { type: 'facts', facts: coverageStages.map(stage => ({ label: say.stages[stage], value: totals.map(share(stage)).join('\n') })) },
    ...(several
      ? [
          { type: 'text' as const, text: say.byAdministration, weight: 'subtle' as const },
          { type: 'facts' as const, facts: coverage.map(row => ({ label: row.administration, value: share('monitored')(row) })) },
        ]
      : []),
  ]
}
