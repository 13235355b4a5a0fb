import type { BureauStatus, CreditFacts, CriterionHistory, CriterionValue } from '#credit'
import type { cardContext } from '../../../src/chat/context.ts'
import { historyCard } from '../../../src/chat/credit/history-card.ts'
import { creditStatusCard } from '../../../src/chat/credit/status-card.ts'
import { northernScales } from '../../credit/bureaus/bureau-files.ts'
import type { Sample } from '../sample-cards.ts'

// What people see of a second bureau, whose scales are from 0 to 10 and from AAA to C, for those who make these cards to look at.

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const ofTen = (number: string): CriterionValue => ({ is: 'number', number, min: '0', max: '10' })
const letter = (text: string): CriterionValue => ({ is: 'text', text, letters: northernScales.ratings })
const limit = (amount: string): CriterionValue => ({ is: 'money', amount, currency: 'EUR' })

type Told = [day: string, value: CriterionValue, bureau?: string][]

function criterion(name: CriterionHistory['criterion'], ...values: Told): CriterionHistory {
  const changes = values.map(([day, value, bureau = 'northern']) => ({
    at: at(day),
    value,
    raw: value.is === 'number' ? value.number : value.is === 'text' ? value.text : value.is === 'money' ? value.amount : '',
    source: 'report',
    bureau,
  }))
  const [now] = changes
  return {
    criterion: name,
    value: now?.value ?? { is: 'none' },
    since: now?.at ?? at('2026-02-27'),
    seenAt: at('2026-02-27'),
    source: 'report',
    bureau: now?.bureau ?? 'northern',
    changes,
  }
}

const facts = (name: string, ratingClass: string, history: CriterionHistory[], former: CriterionHistory[] = []): CreditFacts => ({
  company: {
    id: 1,
    name,
    country: 'NL',
    bureau: 'northern',
    bureauId: 'NL-99990001',
    monitoring: 'monitored',
    reportedAt: at('2026-02-27'),
    sections: [],
    identity: { name },
    ratingClass,
  },
  parent: undefined,
  history,
  former,
})

const strong = facts('Sterk Voorbeeld B.V.', 'A', [
  criterion('score', ['2026-02-27', ofTen('7.7')], ['2025-10-01', ofTen('7.1')]),
  criterion('rating', ['2026-02-27', letter('AAA')]),
  criterion('payment_score', ['2026-02-27', ofTen('8.1')]),
  criterion('credit_limit', ['2026-02-27', limit('1000000')]),
  criterion('risk', ['2026-02-27', { is: 'text', text: 'Very low risk' }]),
])

const weak = facts(
  'Zwak Voorbeeld B.V.',
  'D',
  [
    criterion('score', ['2026-02-27', ofTen('4.7')], ['2025-06-12', { is: 'number', number: '55', min: '0', max: '100' }, 'creditsafe']),
    criterion('rating', ['2026-02-27', letter('C')]),
    criterion('payment_score', ['2026-02-27', ofTen('3.9')]),
    criterion('credit_limit', ['2026-02-27', limit('0')]),
    criterion('risk', ['2026-02-27', { is: 'text', text: 'Raised risk' }]),
  ],
  [criterion('international_rating', ['2025-06-12', { is: 'text', text: 'B' }, 'creditsafe'])],
)

const bureau = (given: Partial<BureauStatus>): BureauStatus => ({
  name: 'creditsafe',
  kind: 'creditsafe',
  countries: undefined,
  state: 'active',
  activeSince: at('2025-06-12'),
  lastRun: undefined,
  inScope: 300,
  monitored: 281,
  reportsThisYear: 96,
  quotas: [
    { country: 'NL', paid: 500, used: 412 },
    { country: 'FR', paid: 250, used: 66 },
  ],
  ...given,
})

/** A strong and a weak company as a second bureau tells of them, and how the two bureaus stand. */
export function bureauSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const bureaus = [
    bureau({ state: 'refused' }),
    bureau({ name: 'northern', kind: 'file', countries: ['NL', 'DK'], inScope: 112, monitored: 99, reportsThisYear: 0, quotas: [] }),
  ]
  const status = { state: 'refused' as const, activeSince: undefined, lastRun: undefined, inScope: 412, monitored: 380, reportsThisYear: 96, gaps: [], bureaus }
  return [
    { name: 'credit northern, strong', on: 'answer', card: historyCard(strong, 8, context) },
    { name: 'credit northern, weak', on: 'answer', card: historyCard(weak, 9, context) },
    {
      name: 'credit northern, status',
      on: 'answer',
      card: creditStatusCard({ isWhole: true, status, night: undefined, gaps: undefined, coverage: [] }, context),
    },
  ]
}
