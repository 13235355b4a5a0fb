import { Temporal } from 'temporal-polyfill'
import type { WrittenAction } from '#dunning'
import type { Staff } from '#people'
import { Prisma } from '#platform'
import type { DebtorOverview } from '#search'
import type { TaskLine } from '../../../src/chat/commands/task-list.ts'
import { taskCard } from '../../../src/chat/commands/tasks.ts'
import type { cardContext } from '../../../src/chat/context.ts'
import type { CallHead } from '../../../src/chat/worklist/call.ts'
import { callCard } from '../../../src/chat/worklist/call-card.ts'
import { reachedForm, skipForm } from '../../../src/chat/worklist/call-forms.ts'
import type { Sample } from '../sample-cards.ts'
import { secondReminder } from '../views.ts'

// Calls that workflows ask for, for those who make their cards to look at.

const money = (amount: string) => new Prisma.Decimal(amount)
const call: CallHead = {
  id: 7,
  debtorId: 8,
  debtor: 'Visser Installatie BV',
  group: null,
  administration: { code: 'NL01', country: 'NL', timeZone: 'Europe/Amsterdam', currency: 'EUR' },
  country: 'NL',
  settingsVersion: 12,
  tries: 1,
  sums: [{ amount: '1985.50', currency: 'EUR' }],
  daysLate: 32,
}
const item = (number: string, dueDate: string, daysLate: number, amount: string) => ({
  invoiceId: 1,
  debtorId: 8,
  administration: 'NL01',
  number,
  invoiceDate: null,
  paymentReference: null,
  dueDate: new Date(dueDate),
  amount: money(amount),
  currency: 'EUR',
  stepName: 'call',
  daysLate,
})
const action = {
  workflow: { key: 'standard', title: 'Standard' },
  debtorId: 8,
  step: { name: 'first_call', type: 'call' },
  stages: [{ step: 'first_call' }, { step: 'final_notice' }],
  plannedOn: new Date('2026-03-02'),
  items: [item('2026-0412', '2026-01-29', 32, '1210.00'), item('2026-0455', '2026-02-10', 20, '775.50')],
} as unknown as WrittenAction
const buckets = { not_due: '640.00', d1_30: '775.50', d31_60: '1210.00', d61_90: '0', d91_120: '0', d120_plus: '0' }
const mail = (subject: string, at: string) => [{ id: 1, subject, at: new Date(at), from: null }]
const debtor = {
  id: 8,
  number: '10001',
  name: 'Visser Installatie BV',
  administration: { name: 'Harbourlight Trading', currency: 'EUR' },
  collector: 'jan',
  openCount: 3,
  overdueCount: 2,
  aging: [
    {
      currency: 'EUR',
      balance: money('2625.50'),
      overdue: money('1985.50'),
      buckets: Object.fromEntries(Object.entries(buckets).map(([name, amount]) => [name, money(amount)])),
    },
  ],
  notes: [{ id: 1, text: 'Ask for Petra, never for the director.', pinned: true, at: new Date(), invoices: [] }],
  contacts: [{ name: 'Petra Visser', phone: '+31 20 555 0100' }],
  promises: [
    {
      id: 1,
      status: 'broken',
      amount: money('1210.00'),
      currency: 'EUR',
      promisedOn: Temporal.PlainDate.from('2026-02-20'),
      passed: false,
      invoices: ['2026-0412'],
    },
  ],
  behavior: { averageDaysLate: 12, paidInvoices: 31, promises: { kept: 3, partlyKept: 0, broken: 1 }, keepsPercent: 66 },
  disputes: [],
  next: { kind: 'under_way', step: { name: 'bellen' }, following: { name: 'laatste_aanmaning' } },
  mails: { in: mail('Re: Factuur 2026-0412', '2026-02-12T09:12:00Z'), out: mail('Herinnering', '2026-02-24T07:00:00Z') },
} as unknown as DebtorOverview

const staff = { role: 'collector' } as Staff
const task: TaskLine = {
  id: 6,
  title: 'Ask the carrier for the signed delivery note',
  detail: 'The debtor says that pallet 3 never came.',
  dueOn: new Date('2026-03-02'),
  debtorId: 8,
  debtor: 'Visser Installatie BV',
  administration: { code: 'NL01', country: 'NL', timeZone: 'Europe/Amsterdam' },
  isDue: true,
}

/** A call and its forms, and a task. */
export function callSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const beside = { again: '2026-03-03', credit: 'C 46/100 · 12,000 advised', version: 12, next: 4 }
  const asked = { disputeTypes: ['price', 'other'], numbers: '2026-0412, 2026-0455', today: Temporal.PlainDate.from('2026-03-02'), key: 'k' }
  return [
    { name: 'a call', on: 'answer', card: callCard(call, action, debtor, beside, context) },
    { name: 'a task', on: 'answer', card: taskCard({ context, staff }, task, { list: 'mine', pinned: undefined, next: secondReminder }) },
    { name: 'a call was answered', on: 'form', card: reachedForm(call, asked, context) },
    { name: 'a call is skipped', on: 'form', card: skipForm(call, context) },
  ]
}
