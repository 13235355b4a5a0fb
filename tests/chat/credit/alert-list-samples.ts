import type { ListedAlert, NightView } from '#credit'
import { rulesTriedCard } from '../../../src/chat/commands/alerts.ts'
import type { cardContext } from '../../../src/chat/context.ts'
import { alertsListCard } from '../../../src/chat/credit/alerts-list.ts'
import { alertsCard, nightCard } from '../../../src/chat/credit/night-card.ts'
import type { Sample } from '../sample-cards.ts'

// Alerts on lists and on the card of a night, for those who make these cards to look at.

const raisedAt = new Date('2026-03-02T22:10:00Z')
const letter = (text: string) => ({ is: 'text' as const, text })
const euros = (amount: string) => ({ is: 'money' as const, amount, currency: 'EUR' })
const points = (number: string) => ({ is: 'number' as const, number, min: '0', max: '100' })

const night: NightView = {
  administration: { id: 1, code: 'NL01', name: 'Harbourlight Trading' },
  counts: { inScope: 412, changed: 9, unchanged: 396, failed: 2, overQuota: 0, gone: 1, notMonitored: 4 },
  notAsked: ['northern'],
  lateAt: new Date('2026-03-03T06:12:00Z'),
  alerts: [
    { id: 1, channel: 'credit', party: 'debtor', company: 'Visser Installatie BV', criterion: 'score', before: points('71'), value: points('48') },
    {
      id: 2,
      channel: 'credit',
      party: 'debtor',
      company: 'Möller Fensterbau GmbH',
      criterion: 'international_rating',
      before: letter('B'),
      value: letter('C'),
    },
    { id: 3, channel: 'credit', party: 'debtor', company: 'Ateliers Morel SARL', criterion: 'credit_limit', before: euros('25000'), value: euros('0') },
  ],
}
const supplier = {
  id: 4,
  channel: 'purchasing',
  party: 'supplier',
  company: 'Staalhandel Polder BV',
  criterion: 'international_rating' as const,
  before: letter('B'),
  value: letter('D'),
}

const listed = (id: number, company: string, rest: Partial<ListedAlert>): ListedAlert => ({
  id,
  company,
  party: 'debtor',
  administration: 'Harbourlight Trading',
  rule: 'x',
  criterion: 'score',
  before: points('71'),
  value: points('48'),
  raisedAt,
  facts: 1,
  ...rest,
})

export function alertListSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const alerts = [
    listed(1, 'Kroonenburg Bouw B.V.', { criterion: 'insolvency', before: { is: 'none' }, value: letter('Bankruptcy'), facts: 3 }),
    listed(2, 'Visser Installatie BV', {}),
    listed(3, 'Staalhandel Polder BV', { party: 'supplier', criterion: 'international_rating', before: letter('B'), value: letter('D') }),
  ]
  const tried = [
    { key: 'insolvency', alerts: 1, cooling: 0, companies: ['Kroonenburg Bouw B.V.'] },
    { key: 'score-drop', alerts: 14, cooling: 6, companies: ['Visser Installatie BV', 'Möller Fensterbau GmbH', 'Ateliers Morel SARL'] },
    { key: 'pays-later', alerts: 0, cooling: 0, companies: [] },
  ]
  return [
    { name: 'credit: a night', on: 'post', card: nightCard(night, night.alerts, [], context) },
    { name: 'credit: a night without news', on: 'post', card: nightCard({ ...night, notAsked: [], lateAt: undefined, alerts: [] }, [], [], context) },
    { name: 'credit: suppliers of a night', on: 'post', card: alertsCard(context.words.credit.nightTitle('Harbourlight Trading'), [supplier], context) },
    { name: 'credit: open alerts', on: 'answer', card: alertsListCard(alerts, { page: 0, total: 18 }, context) },
    { name: 'credit: rules tried', on: 'answer', card: rulesTriedCard(tried as never, 90, context) },
  ]
}
