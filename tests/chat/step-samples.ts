import type { EndedStep, EntryView, StepRow } from '#proposals'
import { stepEndedCard } from '../../src/chat/approvals/post-step-ended.ts'
import { entryCard } from '../../src/chat/cards/entry-card.ts'
import type { ShownEntry } from '../../src/chat/cards/shown-entry.ts'
import { autonomyCard } from '../../src/chat/commands/autonomy.ts'
import type { cardContext } from '../../src/chat/context.ts'
import type { Sample } from './sample-cards.ts'

// Steps of dunning that leave alone, for those who make their cards to look at.

const at = new Date('2026-03-02T05:30:00Z')
const sendAfter = new Date('2026-03-02T08:00:00Z')
const autonomy = { level: 'send_after_undo', asks: [], sampled: false, grantId: 1, calledBack: null } as const
const mail = {
  mailboxId: 1,
  messageId: null,
  threadId: null,
  to: ['info@visser.example'],
  subject: 'Herinnering: factuur 2026-0412',
  text: 'Beste Petra Visser,\n\nDeze facturen staan nog open. Wilt u ze uiterlijk 9 maart betalen?\n\nFactuur      Vervaldatum           Bedrag\n2026-0412    30 januari 2026   € 1.210,00\n2026-0455    10 februari 2026    € 775,50\n\nMet vriendelijke groet,\n\nHarbourlight Trading',
  language: 'nl' as const,
  tone: 'friendly' as const,
  amounts: ['1210.00'],
  written: false,
}
const leaving: ShownEntry = {
  next: { kind: 'under_way', step: { name: 'reminder' }, following: { name: 'second_reminder' } },
  id: 15,
  version: 0,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV', administration: 'NL01' },
  members: [],
  mailbox: 'debtors',
  owner: { id: 5, name: 'Jan Willems' },
  responsible: null,
  autonomy: { ...autonomy, asks: [] },
  content: {
    kind: 'dunning',
    actionId: 3,
    channel: 'email',
    template: 'reminder_first',
    invoiceIds: [11],
    attachments: [],
    mail: { ...mail },
    letter: null,
    sms: null,
  },
  right: 'decide',
  why: { code: 'dunning_step', workflow: 'Standard', step: 'herinnering', daysLate: 1, open: [{ amount: '1210.00', currency: 'EUR' }] },
  invoices: ['2026-0412'],
  status: 'done',
  by: null,
  makers: [],
  at,
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: at,
  mail: { state: 'scheduled', sendAfter, problems: [] },
}
const { mail: _left, ...asked } = leaving
const back: ShownEntry = {
  ...asked,
  status: 'proposed',
  decidedAt: null,
  autonomy: { ...autonomy, level: 'ask', asks: [], calledBack: [{ code: 'grant_ended' }] },
}
const guarded: ShownEntry = { ...back, autonomy: { ...autonomy, level: 'ask', asks: ['others_wait', 'above_limit'] } }
const partly: ShownEntry = {
  ...guarded,
  autonomy: { ...autonomy, level: 'ask', asks: ['always_person'] },
  content: {
    ...leaving.content,
    kind: 'dunning',
    leftOut: [
      { number: '2026-0431', why: 'promise' },
      { number: '2026-0440', why: 'dispute' },
    ],
    untold: [
      { what: 'interest', invoice: '2026-0412', why: 'no_rate', on: '2026-07-01' },
      { what: 'interest', invoice: '2026-0413', why: 'no_rate', on: '2026-07-01' },
      { what: 'compensation', invoice: null, why: 'party_unknown' },
    ],
  } as EntryView['content'],
}
const granted: StepRow = {
  workflow: 'standard',
  step: 'herinnering',
  title: 'Standard',
  stepTitle: undefined,
  level: 'send_after_undo',
  since: at,
  grantedBy: { id: 2, name: 'Maria Smit' },
  alone: 214,
  wrong: 0,
  asks: null,
  ended: null,
}
const endedBy = { id: 5, name: 'Jan Willems' }
const lost: StepRow = {
  ...granted,
  step: 'aanmaning',
  level: 'ask',
  since: null,
  grantedBy: null,
  alone: 12,
  wrong: 1,
  asks: 'to_grant',
  ended: { at, why: 'bad_case', by: endedBy },
}
const ended: EndedStep = {
  workflow: 'standard',
  step: 'aanmaning',
  title: 'Standard',
  stepTitle: undefined,
  grantedById: 2,
  at,
  why: 'bad_case',
  by: endedBy,
  entryId: 15,
}

/** Every sample in a language. */
export function stepSamples(context: ReturnType<typeof cardContext>): Sample[] {
  return [
    { name: 'step: a reminder leaves alone', on: 'post', card: entryCard(leaving, undefined, context) },
    { name: 'step: a reminder came back', on: 'post', card: entryCard(back, undefined, context) },
    { name: 'step: why a person is asked', on: 'post', card: entryCard(guarded, undefined, context) },
    { name: 'step: what is not asked for', on: 'post', card: entryCard(partly, undefined, context) },
    { name: 'step: what steps may', on: 'answer', card: autonomyCard([], context, { rows: [granted, lost], isOn: true }) },
    {
      name: 'step: everything is stopped',
      on: 'answer',
      card: autonomyCard([], context, { rows: [{ ...granted, level: 'ask', asks: 'ceiling' }], isOn: false }),
    },
    { name: 'step: one asks again', on: 'answer', card: stepEndedCard(ended, context) },
  ]
}
