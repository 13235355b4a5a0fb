import type { Staff } from '#people'
import type { ListedSchedule } from '#reports'
import type { cardContext } from '../../src/chat/context.ts'
import { listCard, reportAnswer } from '../../src/chat/reports/report-list.ts'
import { scheduleCard } from '../../src/chat/reports/schedule-card.ts'
import { newSchedule, scheduleForm } from '../../src/chat/reports/schedule-form.ts'
import type { Sample } from './sample-cards.ts'

// Reports: the list, one as files, a schedule with a recipient outside, and the form.

const at = new Date('2026-02-23T07:00:00Z')
const delivery = { scheduleId: 4, dueAt: at, mailId: null, rows: 12, createdAt: at, settledAt: at }
const schedule: ListedSchedule = {
  id: 4,
  version: 1,
  ownerId: 5,
  owner: 'Jan Willems',
  report: 'top_debtors',
  form: 'pdf',
  when: 'monthly last 08:00',
  timeZone: 'Europe/Amsterdam',
  filter: 'country:BE overdue:>1000',
  top: 20,
  own: false,
  staffIds: [5],
  staff: ['Jan Willems'],
  addresses: ['desk@auditor.example'],
  confirmedById: null,
  state: 'active',
  pausedFor: null,
  nextAt: new Date('2026-03-31T06:00:00Z'),
  createdAt: at,
  last: [
    { ...delivery, id: 1, recipient: 'staff:5', status: 'sent', reason: null },
    { ...delivery, id: 2, recipient: 'desk@auditor.example', status: 'withheld', reason: 'not_confirmed' },
  ],
}
const rows = [
  ['1', 'Harbourlight NV', '10001', 'Visser Installatie BV', 'Jan Willems', 'EUR', '48,210.55', '12,000.00', '21.4%'],
  ['2', 'Harbourlight NV', '10007', 'Staalbouw De Kempen NV', 'Eva', 'EUR', '31,007.00', '31,007.00', '13.8%'],
]

export function reportSamples(context: ReturnType<typeof cardContext>, language: string): Sample[] {
  const staff = { id: 5, key: 'jan', language, role: 'manager', active: true } as Staff
  const asking = { staff, context }
  const searches = [{ name: 'Belgium, very late', query: 'country:BE days_overdue:>60' }]
  const file = reportAnswer(asking, { report: 'aging', filter: 'country:BE' })
  return [
    { name: 'reports', on: 'answer', card: listCard(asking, { schedules: [schedule], searches }) },
    ...(file.kind === 'private' ? [{ name: 'report file', on: 'answer' as const, card: file.card }] : []),
    { name: 'report schedule', on: 'answer', card: scheduleCard(asking, schedule, { rows: 12, first: rows }) },
    { name: 'report form', on: 'form', card: scheduleForm(asking, newSchedule(staff)) },
  ]
}
