import { entryCard } from '../../src/chat/cards/entry-card.ts'
import type { ShownEntry } from '../../src/chat/cards/shown-entry.ts'
import type { cardContext } from '../../src/chat/context.ts'
import type { Sample } from './sample-cards.ts'
import { secondReminder } from './views.ts'

// Letters, SMS and files for collection, for those who make their cards to look at.

const text = [
  'Beste Petra Visser,',
  'Wij hebben u al eerder herinnerd: onderstaande factuur is nog niet betaald.',
  'Factuur    Vervaldag   Open\n2026-0412  2026-02-20  € 1.210,00',
  'Met vriendelijke groet,\n\nHarbourlight Trading',
].join('\n\n')
const letter = {
  language: 'nl' as const,
  tone: 'neutral' as const,
  date: '2026-03-02',
  sender: { name: 'Harbourlight Trading', address: ['Kade 1', '1012 AB Amsterdam'] },
  to: ['Visser Installatie BV', 'Petra Visser', 'Dorpsweg 4', '1697 KJ Schellinkhout'],
  country: 'NL',
  customerNumber: '10001',
  subject: 'Tweede herinnering: factuur 2026-0412',
  text,
  transfers: [],
  overview: '',
  amounts: ['1210.00'],
}
const open = [{ amount: '1210.00', currency: 'EUR' }]
const sms = {
  to: '+31612345678',
  text: 'Harbourlight: factuur 2026-0412 (€ 1.210,00) staat nog open. Wilt u betalen?',
  language: 'nl' as const,
  tone: 'neutral' as const,
  amounts: ['1210.00'],
}
const step = { kind: 'dunning', actionId: 3, template: 'reminder_second', invoiceIds: [11], attachments: [], mail: null, letter: null, sms: null } as const
const asked: ShownEntry = {
  next: secondReminder,
  id: 15,
  version: 0,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV', administration: 'NL01' },
  members: [],
  mailbox: null,
  owner: { id: 5, name: 'Jan Willems' },
  responsible: null,
  autonomy: null,
  content: { ...step, invoiceIds: [11], attachments: [], channel: 'letter', letter },
  right: 'decide',
  why: { code: 'dunning_step', workflow: 'Standard', step: 'second_reminder', daysLate: 14, open },
  invoices: ['2026-0412'],
  status: 'proposed',
  by: null,
  makers: [],
  at: new Date('2026-03-02T05:30:00Z'),
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
}
const done = { ...asked, status: 'done', decidedBy: 'Jan Willems', decidedAt: new Date('2026-03-02T08:30:00Z') } as const

/** Every sample in a language. */
export function dispatchSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const sendAfter = new Date('2026-03-02T08:32:00Z')
  const problems = [{ code: 'sms_refused', status: 403 }]
  const failed = { ...done, content: { ...asked.content, channel: 'sms', letter: null, sms }, mail: { state: 'failed', sendAfter, problems } } as ShownEntry
  const handedOver: ShownEntry = {
    ...done,
    content: { kind: 'hand_over', actionId: 3, invoiceIds: [11], open },
    mail: { state: 'sent', sendAfter, problems: [] },
  }
  return [
    { name: 'dispatch: a letter is drafted', on: 'post', card: entryCard(asked, undefined, context) },
    { name: 'dispatch: an SMS did not leave', on: 'post', card: entryCard(failed, undefined, context) },
    {
      name: 'dispatch: a debtor is to be handed over',
      on: 'post',
      card: entryCard({ ...handedOver, ...asked, content: handedOver.content }, undefined, context),
    },
    { name: 'dispatch: a debtor was handed over', on: 'post', card: entryCard(handedOver, undefined, context) },
  ]
}
