import type { GapList, ReviewState, ReviewView } from '#credit'
import { Prisma } from '#platform'
import type { EntryView } from '#proposals'
import { entryCard } from '../../../src/chat/cards/entry-card.ts'
import { masterDataForm } from '../../../src/chat/cards/party-entries.ts'
import type { ShownEntry } from '../../../src/chat/cards/shown-entry.ts'
import type { cardContext } from '../../../src/chat/context.ts'
import { gapsCard } from '../../../src/chat/credit/gaps-card.ts'
import { reviewCard } from '../../../src/chat/credit/review-card.ts'
import type { Sample } from '../sample-cards.ts'
import { secondReminder } from '../views.ts'

// Which companies debtors are and who is not monitored, for those who make these cards to look at.

const owed = (amount: string) => [{ currency: 'EUR', balance: new Prisma.Decimal(amount), overdue: new Prisma.Decimal(0) }] as never
const company = (companyId: string, city: string, court: string | undefined) => ({
  bureau: 'creditsafe',
  companyId,
  country: 'DE',
  name: `Kranbau Muster ${city} GmbH`,
  registrationNumber: 'HRB 9123',
  vatNumbers: [],
  address: `Werftstraße 4, 24103 ${city}`,
  status: 'Active',
  court,
})
const open: Extract<ReviewState, { kind: 'open' }> = {
  kind: 'open',
  reason: 'several',
  candidates: [company('DE-1', 'Kiel', 'Kiel'), company('DE-2', 'Essen', undefined)],
  mark: 'HRB 9123',
  declined: undefined,
}
const review = (state: ReviewState): ReviewView => ({
  debtor: {
    id: 8,
    number: '10047',
    name: 'Kranbau Muster GmbH',
    country: 'DE',
    companyNumber: 'HRB 9123',
    court: 'Amtsgericht Kiel',
    vatNumber: null,
    address: 'Werftstr. 4, 24103 Kiel',
  },
  administration: { id: 1, code: 'HL', name: 'Harbourlight Trading' },
  balances: owed('18450.00'),
  state,
})
const line = (number: string, name: string, reason: GapList['lines'][number]['reason'], amount: string, more = {}): GapList['lines'][number] => ({
  debtorId: Number(number),
  number,
  name,
  administration: 'Harbourlight Trading',
  reason,
  fault: undefined,
  candidates: 0,
  balances: owed(amount),
  ...more,
})
const gaps: GapList = {
  inScope: 412,
  total: 9,
  reasons: [
    { reason: 'no_number', count: 5 },
    { reason: 'bad_number', count: 2 },
    { reason: 'several', count: 1 },
    { reason: 'not_found', count: 1 },
  ],
  lines: [
    line('10047', 'Kranbau Muster GmbH', 'several', '18450.00', { candidates: 2 }),
    line('10052', 'Drukkerij De Letter BV', 'bad_number', '9120.50', { fault: 'check_digit' }),
    line('10060', 'Studio Waterlijn', 'no_number', '740.00'),
  ],
}
const entry = (content: EntryView['content'], why: EntryView['why'], members: EntryView['members'] = []): ShownEntry => ({
  next: secondReminder,
  id: 31,
  version: 0,
  debtor: { id: 8, number: '10047', name: 'Kranbau Muster GmbH', administration: 'HL' },
  members,
  mailbox: null,
  owner: null,
  responsible: null,
  autonomy: null,
  content,
  right: 'decide',
  why,
  invoices: [],
  status: 'proposed',
  by: null,
  makers: [],
  at: new Date('2026-03-02T22:40:00Z'),
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
})
const member = (number: string, name: string, administration: string) => ({ id: Number(number), number, name, administration })

/** Each of these cards in a language. */
export function partySamples(context: ReturnType<typeof cardContext>): Sample[] {
  const decided = { by: 'Eva Lindner', at: new Date('2026-03-02T08:10:00Z') }
  const masterData: Extract<EntryView['content'], { kind: 'master_data' }> = {
    kind: 'master_data',
    bureau: 'creditsafe',
    toldOn: '2026-03-02',
    changes: [
      { field: 'vatNumber', from: null, to: 'DE136695976', ticked: true },
      { field: 'phone', from: null, to: '+49 431 000 00', ticked: true },
      { field: 'name', from: 'Kranbau Muster GmbH', to: 'Muster Krane Nord GmbH', ticked: false },
    ],
  }
  const group: EntryView['content'] = { kind: 'group', debtorIds: [10047, 20013], groupId: null, name: 'Kranbau Muster GmbH' }
  const members = [member('10047', 'Kranbau Muster GmbH', 'HL'), member('20013', 'Kranbau Muster', 'HLDE')]
  const button = { action: 'entry.approve_edited', label: context.words.button.sendEdited, data: {} }
  const title = context.words.parties.notMonitored('Harbourlight Trading')
  return [
    { name: 'party: which company', on: 'post', card: reviewCard(review(open), context) },
    { name: 'party: no company', on: 'post', card: reviewCard(review({ ...open, reason: 'not_found', candidates: [] }), context) },
    { name: 'party: none of these', on: 'post', card: reviewCard(review({ ...open, declined: decided }), context) },
    { name: 'party: company chosen', on: 'post', card: reviewCard(review({ kind: 'chosen', company: 'Kranbau Muster Kiel GmbH', decided }), context) },
    {
      name: 'party: not monitored',
      on: 'post',
      card: gapsCard({ title, isOfOne: true, gaps, duplicates: 2 }, [{ action: 'gaps.show', label: context.words.parties.allGaps }], context),
    },
    {
      name: 'party: master data',
      on: 'post',
      card: entryCard(entry(masterData, { code: 'bureau_report', bureau: 'creditsafe', toldOn: '2026-03-02' }), undefined, context),
    },
    { name: 'party: master data form', on: 'form', card: masterDataForm({ content: masterData, debtor: { name: 'Kranbau Muster GmbH' } }, button, context) },
    {
      name: 'party: one group',
      on: 'post',
      card: entryCard(entry(group, { code: 'one_company', company: 'Kranbau Muster GmbH' }, members), undefined, context),
    },
  ]
}
