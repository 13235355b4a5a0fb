import { agingBuckets, type GroupView } from '#ledger'
import { Prisma } from '#platform'
import type { cardContext } from '../../src/chat/context.ts'
import { groupCard, leadForm } from '../../src/chat/groups/group-card.ts'
import type { Sample } from './sample-cards.ts'

// A central file as one, for those who make its card to look at.

const balances = (currency: string, balance: string, overdue: string, openCount: number): GroupView['balances'] => {
  const late = new Prisma.Decimal(overdue)
  const part = (name: string) => (name === 'not_due' ? new Prisma.Decimal(balance).sub(late) : name === 'd31_60' ? late : new Prisma.Decimal(0))
  const buckets = Object.fromEntries(agingBuckets.map(({ name }) => [name, part(name)])) as GroupView['balances'][number]['buckets']
  return [{ currency, balance: new Prisma.Decimal(balance), overdue: late, buckets, openCount, overdueCount: Math.ceil(openCount / 2) }]
}

const group: GroupView = {
  id: 4,
  name: 'Visser Groep',
  leadId: 8,
  entities: [
    { debtorId: 8, administration: 'NL01', number: '10001', name: 'Visser Installatie BV', balances: balances('EUR', '12400.50', '8400.50', 6) },
    { debtorId: 9, administration: 'NL01', number: '10040', name: 'Visser Onderhoud BV', balances: [] },
    { debtorId: 31, administration: 'UK01', number: 'C-77', name: 'Visser Building Services Ltd', balances: balances('GBP', '2210', '990', 3) },
  ],
  balances: [...balances('EUR', '12400.50', '8400.50', 6), ...balances('GBP', '2210', '990', 3)],
}

/** Cards of central files with their words in the language of the context. */
export const groupSamples = (context: ReturnType<typeof cardContext>): Sample[] => [
  {
    name: 'central file',
    on: 'answer',
    card: groupCard(group, { entries: [], inReporting: { currency: 'EUR', balance: '€14,990', overdue: '€9,560' } }, context),
  },
  { name: 'who leads a central file', on: 'form', card: leadForm({ ...group, leadId: null }, context) },
]
