import type { EntryView } from '#proposals'
import type { cardContext } from '../../../src/chat/context.ts'
import { type ReceiptLine, receiptCard } from '../../../src/chat/reminders/receipt.ts'
import { kindsCard, type Offer, offerCard, pickForm } from '../../../src/chat/reminders/reminder-cards.ts'
import type { Reminder } from '../../../src/chat/reminders/waiting-reminders.ts'
import type { Sample } from '../sample-cards.ts'

// Reminders that are approved together, for those who make their cards to look at.

const names = [
  'Visser Installatie BV',
  'Möller Stahlbau GmbH',
  'Zonnebloem NV',
  'Boulangerie Martin SARL',
  'Kowalski Transport sp. z o.o.',
  'Harrow & Sons Ltd',
]
const kind = { text: 'reminder_first', channel: 'email' } as const
const aReminder = (index: number, rest: Partial<Reminder> = {}): Reminder => ({
  id: index + 1,
  version: 0,
  debtorId: index + 1,
  debtor: names[index % names.length] ?? '',
  kind,
  language: index % 3 === 0 ? 'nl' : 'de',
  sums: [{ amount: (9800 / (index + 1)).toFixed(2), currency: 'EUR' }],
  why: null,
  ...rest,
})
const chosen = Array.from({ length: 44 }, (_, index) => aReminder(index))
const entry = (reminder: Reminder, rest: Partial<EntryView> = {}): EntryView => ({
  id: reminder.id,
  version: 0,
  debtor: { id: reminder.debtorId, number: `1000${reminder.debtorId}`, name: reminder.debtor, administration: 'NL01' },
  members: [],
  mailbox: 'debtors',
  owner: null,
  responsible: null,
  autonomy: null,
  content: {
    kind: 'dunning',
    actionId: reminder.id,
    channel: 'email',
    template: 'reminder_first',
    invoiceIds: [1],
    attachments: [],
    letter: null,
    sms: null,
    mail: {
      mailboxId: 1,
      messageId: null,
      threadId: null,
      to: ['post@visser.example'],
      subject: 'Herinnering: factuur 2026-0412',
      text: 'Beste Petra Visser,\n\nMisschien is het u ontgaan: deze factuur staat nog open.\n\nFactuur    Vervaldag   Open\n2026-0412  2026-02-20  € 9.800,00\n\nMet vriendelijke groet,\nHarbourlight Trading',
      language: 'nl',
      tone: 'friendly',
      amounts: ['9800.00'],
      written: false,
    },
  },
  right: 'decide',
  why: { code: 'dunning_step', workflow: 'Standard', step: 'first_reminder', daysLate: 10, open: reminder.sums },
  invoices: ['2026-0412'],
  status: 'proposed',
  by: null,
  makers: [],
  at: new Date('2026-03-02T05:30:00Z'),
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
  ...rest,
})

/** The kinds that wait, one of them to look through with its ticks, and what became of it. */
export function reminderSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const { whyOut } = context.words.reminders
  const out = [
    { ...aReminder(50, { sums: [{ amount: '61250.00', currency: 'EUR' }] }), whyOut: whyOut.second_vote },
    { ...aReminder(51, { why: 'pinned' as const }), whyOut: whyOut.pinned },
    { ...aReminder(52, { why: 'nobody' as const }), whyOut: whyOut.nobody },
  ]
  const samples = chosen.slice(0, 2).map(each => entry(each))
  const offer: Offer = { runId: 1, list: 'mine', kind, chosen, out, all: 47, samples }
  const waiting = [
    ...chosen,
    aReminder(60, { kind: { ...kind, text: 'final_notice' }, why: 'read' }),
    aReminder(61, { kind: { ...kind, channel: 'letter' } }),
    ...out,
  ]
  const left = { state: 'scheduled', sendAfter: new Date('2026-03-02T13:05:00Z'), problems: [] }
  const line = (reminder: Reminder, outcome: ReceiptLine['outcome'], problems: ReceiptLine['problems'] = []): ReceiptLine => ({
    entry: entry(reminder, outcome === 'approved' ? { status: 'done', mail: left } : {}),
    outcome,
    problems,
  })
  const lines = chosen.slice(0, 9).map((each, index) => (index === 4 ? line(each, 'changed') : line(each, 'approved')))
  const receipt = { runId: 1, kind, by: 'Jan Willems', at: new Date('2026-03-02T13:03:00Z'), isFinished: true, lines }
  return [
    { name: 'reminders that wait', on: 'answer', card: kindsCard('mine', waiting, context) },
    { name: 'reminders together', on: 'answer', card: offerCard(offer, context) },
    { name: 'reminders with ticks', on: 'form', card: pickForm({ ...offer, chosen: chosen.slice(0, 5), out: out.slice(0, 1) }, context) },
    { name: 'reminders approved', on: 'post', card: receiptCard(receipt, context) },
    {
      name: 'reminders being approved',
      on: 'post',
      card: receiptCard({ ...receipt, isFinished: false, lines: [...lines, ...chosen.slice(9, 12).map(each => line(each, null))] }, context),
    },
  ]
}
