import { Temporal } from 'temporal-polyfill'
import type { CreditFacts, CriterionHistory, PositionView } from '#credit'
import type { Money } from '#ledger'
import { Prisma } from '#platform'
import { type DebtorOverview, type DebtorRisk } from '#search'
import { portfolioRiskCard } from '../../../src/chat/cards/risk-card.ts'
import type { cardContext } from '../../../src/chat/context.ts'
import { companyCard } from '../../../src/chat/credit/company-card.ts'
import { debtorRiskCard } from '../../../src/chat/credit/debtor-risk-card.ts'
import { criterionCard, historyCard } from '../../../src/chat/credit/history-card.ts'
import { creditStatusCard } from '../../../src/chat/credit/status-card.ts'
import type { Sample } from '../sample-cards.ts'
import { secondReminder } from '../views.ts'

// What people see of credit risk when they look, for those who make these cards to look at.

const decimal = (value: string) => new Prisma.Decimal(value)
const money = (amount: string, currency = 'EUR'): Money => ({ amount: decimal(amount), currency })
const at = (day: string) => new Date(`${day}T22:10:00Z`)
const number = (value: string, max?: string) => ({ is: 'number' as const, number: value, ...(max && { min: '0', max }) })
const text = (value: string, key?: string) => ({ is: 'text' as const, text: value, ...(key && { key }) })
const limit = (amount: string) => ({ is: 'money' as const, amount, currency: 'EUR' })

function criterion(name: CriterionHistory['criterion'], ...values: [day: string, value: CriterionHistory['value'], raw?: string][]): CriterionHistory {
  const changes = values.map(([day, value, raw]) => ({
    at: at(day),
    value,
    raw: raw ?? (value.is === 'number' ? value.number : value.is === 'text' ? value.text : ''),
    source: 'report',
    bureau: 'creditsafe',
  }))
  const [now] = changes
  return {
    criterion: name,
    value: now?.value ?? { is: 'none' },
    since: now?.at ?? at('2026-01-05'),
    seenAt: at('2026-02-27'),
    source: 'report',
    bureau: 'creditsafe',
    changes,
  }
}

const facts: CreditFacts = {
  company: {
    id: 1,
    name: 'Kroonenburg Bouw BV',
    country: 'NL',
    bureau: 'creditsafe',
    bureauId: 'NL-X-99990001',
    monitoring: 'monitored',
    reportedAt: at('2026-02-27'),
    sections: ['financialStatements', 'directors', 'groupStructure', 'paymentData'],
    identity: {
      name: 'Kroonenburg Bouw BV',
      tradeName: 'Kroon Bouw',
      registrationNumber: '99990001',
      vatNumber: 'NL999900010B01',
      legalForm: 'Besloten vennootschap',
      activity: 'Algemene burgerlijke en utiliteitsbouw',
      telephone: '+31 20 555 0100',
      foundedOn: '1998-05-04',
      capital: { amount: '18000', currency: 'EUR' },
    },
    ratingClass: 'D',
  },
  parent: { name: 'Kroonenburg Holding NV', ratingClass: 'E', limit: limit('0') },
  former: [],
  history: [
    criterion(
      'score',
      ['2026-02-27', number('25', '100')],
      ['2026-01-30', number('38', '100')],
      ['2025-11-03', number('52', '100')],
      ['2025-06-12', number('61', '100')],
    ),
    criterion(
      'international_rating',
      ['2026-02-27', text('D'), 'D High Risk'],
      ['2026-01-30', text('C'), 'C Moderate Risk'],
      ['2025-06-12', text('B'), 'B Low Risk'],
    ),
    criterion('credit_limit', ['2026-02-27', limit('80000'), '80000 EUR'], ['2025-06-12', limit('150000'), '150000 EUR']),
    criterion('contract_limit', ['2025-06-12', limit('40000'), '40000 EUR']),
    criterion('days_beyond_terms', ['2026-02-27', number('32')], ['2025-11-03', number('18')]),
    criterion('industry_days_beyond_terms', ['2025-11-03', number('12')]),
    criterion('judgments', ['2026-02-27', number('1')], ['2025-06-12', number('0')]),
    criterion('status', ['2025-06-12', text('Active', 'ACTIVE')]),
    criterion('parent', ['2025-06-12', text('Kroonenburg Holding NV', 'NL-X-99990002')]),
    criterion('address', ['2025-06-12', text('Havenkade 12, 1011 AB Amsterdam')]),
  ],
}

const aging = {
  currency: 'EUR',
  balance: decimal('120000'),
  overdue: decimal('42000'),
  buckets: {
    not_due: decimal('78000'),
    d1_30: decimal('12000'),
    d31_60: decimal('18000'),
    d61_90: decimal('0'),
    d91_120: decimal('12000'),
    d120_plus: decimal('0'),
  },
  openCount: 9,
  overdueCount: 4,
}

const debtor = {
  id: 8,
  number: '10001',
  name: 'Kroonenburg Bouw BV',
  administration: { id: 1, code: 'NL01', name: 'Harbourlight Trading', currency: 'EUR', importedAt: new Date('2026-03-02T05:00:00Z') },
  aging: [aging],
  exposure: [{ currency: 'EUR', overdue: decimal('42000'), notDue: decimal('78000'), orders: decimal('55000'), total: decimal('175000') }],
  limits: { internal: { id: 1, ...money('150000'), source: 'decided', insurer: null, setAt: at('2025-06-12') } },
  behavior: { averageDaysLate: 23.4, paidInvoices: 41, promises: { kept: 3, partlyKept: 1, broken: 2 }, keepsPercent: 55 },
  next: secondReminder,
} as unknown as DebtorOverview

const position: PositionView = {
  solvency: { key: 'weak' },
  band: { key: 'large' },
  stance: 'reduce',
  workflow: null,
  segment: null,
  exposure: money('175000'),
  why: { by: 'rating', value: 'D' },
  since: at('2026-02-27'),
  placedAt: at('2026-03-01'),
  before: { stance: 'reinforce', at: at('2026-01-30') },
  next: undefined,
  score: { score: decimal('34'), version: 0, known: 92, at: at('2026-03-01'), lines: [] },
  tags: [{ key: 'sector_crisis', title: undefined }],
}

const row = (name: string, value: string, open: string, rest: Partial<DebtorRisk>): DebtorRisk => ({
  id: 8,
  number: '10001',
  name,
  administration: 'Harbourlight Trading',
  value: decimal(value),
  amounts: [money(value)],
  open: [money(open)],
  daysOverdue: 0,
  brokenPromises: 0,
  disputes: 0,
  grave: false,
  ...rest,
})

const rows = [
  row('Kroonenburg Bouw BV', '48000.00', '120000.00', {
    daysOverdue: 92,
    brokenPromises: 2,
    bureau: { rating: text('D'), ratingBefore: text('C'), score: number('25', '100'), weight: 40, insured: [], limitUsed: 162.5 },
  }),
  row('Łódzka Hurtownia Sp. z o.o.', '31000.00', '31000.00', { grave: true, bureau: { rating: text('E'), weight: 100, insured: [], limitUsed: Infinity } }),
  row('Visser Installatie BV', '1800.00', '86000.00', { daysOverdue: 12, bureau: { weight: 5, insured: [money('50000.00')], limitUsed: undefined } }),
  row('Möller Stahlbau GmbH', '1200.00', '60000.00', {
    bureau: { rating: text('B'), score: number('64', '100'), scoreBefore: number('69', '100'), weight: 2, insured: [], limitUsed: 40 },
  }),
]

const button = (action: string, label: string) => ({ action, label, data: {} })

/** Lists, one debtor, its company, history and coverage, in a language. */
export function creditViewSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const { words, format } = context
  const portfolio = portfolioRiskCard(
    {
      total: 214,
      debtors: rows,
      amounts: [money('84500')],
      aging: [aging],
      value: format.shortMoney(decimal('84500'), 'EUR'),
      open: format.shortMoney(decimal('2310000'), 'EUR'),
      title: words.risk.title,
      unconverted: [],
      bureau: { readAt: at('2026-03-01') },
    },
    {
      buttons: [button('risk.show', words.button.next), button('risk.show', words.risk.mine)],
      more: ['E', 'D', 'C', 'B', 'A'].map(letter => button('risk.show', words.creditView.onlyRating(letter))),
    },
    context,
  )
  const one = debtorRiskCard(
    {
      debtor,
      risk: { facts: { daysOverdue: 92, brokenPromises: 2, disputes: 0, grave: false }, amounts: [money('48000')], bureau: rows[0]?.bureau },
      credit: facts,
      link: 'https://app.creditsafe.com/companies/NL-X-99990001',
      position,
      monitoring: { line: context.words.parties.monitoredSince(format.day('2025-06-12')), buttons: [button('monitor.off', context.words.parties.stop)] },
      workflow: { title: 'Standard', workflow: 'standard', reason: 'rule:high-risk', at: at('2026-02-27'), by: undefined },
      orders: [{ number: 'SO-2281', ...money('55000') }],
      today: Temporal.PlainDate.from('2026-03-02'),
    },
    context,
  )
  const counts = { inScope: 412, changed: 9, unchanged: 371, failed: 0, overQuota: 0, gone: 2, notMonitored: 30 }
  const covered = (administration: string, open: string, ...[valid = '0', identified = '0', monitored = '0', fresh = '0']: string[]) => ({
    administration,
    currency: 'EUR',
    open: decimal(open),
    valid: decimal(valid),
    identified: decimal(identified),
    monitored: decimal(monitored),
    fresh: decimal(fresh),
  })
  const status = creditStatusCard(
    {
      isWhole: true,
      status: {
        state: 'active',
        activeSince: at('2025-06-12'),
        lastRun: undefined,
        inScope: 412,
        monitored: 380,
        reportsThisYear: 96,
        gaps: [],
        bureaus: [],
      },
      night: {
        at: at('2026-03-01'),
        views: [{ administration: { id: 1, code: 'NL01', name: 'Harbourlight Trading' }, counts, notAsked: [], lateAt: undefined, alerts: [] }],
      },
      gaps: {
        inScope: 412,
        total: 32,
        reasons: [
          { reason: 'no_number', count: 17 },
          { reason: 'bad_number', count: 8 },
          { reason: 'several', count: 7 },
        ],
        lines: [],
      },
      coverage: [
        covered('Harbourlight Trading', '1910000', '1820000', '1790000', '1750000', '1750000'),
        covered('Harbourlight Belgium', '400000', '390000', '360000', '352000', '352000'),
      ],
    },
    context,
  )
  const [score] = facts.history
  return [
    { name: 'credit portfolio', on: 'answer', card: portfolio },
    { name: 'credit debtor', on: 'answer', card: one },
    { name: 'credit company', on: 'answer', card: companyCard(facts, { debtorId: 8, link: 'https://app.creditsafe.com/companies/NL-X-99990001' }, context) },
    { name: 'credit history', on: 'answer', card: historyCard(facts, 8, context) },
    ...(score ? [{ name: 'credit criterion', on: 'answer' as const, card: criterionCard(facts, score, { debtorId: 8, page: 0 }, context) }] : []),
    { name: 'credit status', on: 'answer', card: status },
  ]
}
