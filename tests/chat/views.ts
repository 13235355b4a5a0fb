import { Temporal } from 'temporal-polyfill'
import type { ActionView, ProposalView } from '#proposals'
import type { NextStep } from '#search'

/** What comes next for a debtor: its workflow goes on. */
export const secondReminder: NextStep = { kind: 'planned', on: Temporal.PlainDate.from('2026-03-16'), step: { name: 'second_reminder' } }

type PromiseView = Extract<ActionView, { kind: 'register_promise' }>
type ReplyView = Extract<ActionView, { kind: 'send_reply' }>

const span = (text: string, start = 0) => ({ start, end: start + text.length, text })
const invoice = {
  id: 11,
  number: '2026-0412',
  dueDate: '2026-01-30',
  openAmount: '1210.00',
  amount: '1210.00',
  currency: 'EUR',
  daysOverdue: 31,
  status: 'open',
}

const common: Omit<PromiseView, 'kind' | 'payload' | 'id' | 'position'> = {
  messageId: 7,
  evidence: [],
  protective: false,
  ticked: true,
  edited: false,
  status: 'pending',
  scheduledFor: null,
  finishedAt: null,
  problems: [],
  invoices: [invoice],
  wholeDebtor: false,
  undoable: false,
}

/** A promise to pay one invoice, as an action that waits. */
export const aPromise = (change: Partial<PromiseView> = {}): PromiseView => ({
  ...common,
  id: 1,
  position: 0,
  kind: 'register_promise',
  payload: { promisedOn: '2026-03-06', amount: '1210.00', currency: 'EUR', invoiceIds: [11], conditional: false, holdUntil: '2026-03-09' },
  evidence: [span('We will pay invoice 2026-0412 on Friday 6 March.', 11)],
  ...change,
})

/** A reply that waits to be sent. */
export const aReply = (change: Partial<ReplyView> = {}): ReplyView => ({
  ...common,
  id: 2,
  position: 1,
  kind: 'send_reply',
  payload: {
    to: ['p.visser@visserinstallatie.example'],
    cc: [],
    subject: 'Re: Reminder 2026-0412',
    text: 'Dear Ms Visser,\n\nThank you for your message. We have noted that you will pay invoice 2026-0412 (€1,210.00) on 6 March 2026.\n\nKind regards,\nHarbourlight Trading',
    language: 'en',
    tone: 'neutral',
    template: 'promise',
    attachments: [],
    amounts: [],
    needsFreshLedger: false,
  },
  invoices: [],
  ...change,
})

/** An open proposal with a promise and a reply; the parts that a test is about are given. */
export const aView = (change: Partial<ProposalView> = {}): ProposalView => ({
  id: 12,
  status: 'open',
  needsPerson: null,
  summary: 'promise_to_pay: register_promise, send_reply',
  language: 'en',
  edited: false,
  createdAt: new Date('2026-03-02T12:58:00Z'),
  decidedAt: null,
  decidedBy: null,
  firstVoteBy: null,
  cover: null,
  channel: 'debtors',
  owner: null,
  snoozedUntil: null,
  supersededBy: null,
  undoUntil: null,
  redecidable: false,
  autonomy: null,
  learned: [],
  intents: [{ intent: 'promise_to_pay', confidence: 0.93 }],
  facts: [{ kind: 'promised_date', value: '2026-03-06', evidence: span('Friday 6 March', 44), confidence: 0.9 }],
  disagreements: [],
  claim: null,
  quarantine: [],
  warnings: [],
  candidates: [],
  atStake: { currency: 'EUR', amount: '1210.00' },
  debtor: {
    id: 3,
    number: '10023',
    name: 'Visser Installatie BV',
    country: 'NL',
    administration: { id: 1, code: 'HL', name: 'Harbourlight Trading', importedAt: new Date('2026-03-02T05:00:00Z'), stale: false },
    open: [{ currency: 'EUR', amount: '3630.00' }],
    overdue: [{ currency: 'EUR', amount: '1210.00' }],
    openCount: 3,
    overdueCount: 1,
    pinnedNote: null,
    linkReason: 'sender',
  },
  next: { kind: 'wait', reason: 'open_proposal', until: null },
  message: {
    id: 7,
    threadId: null,
    mailboxKey: 'debtors',
    from: { address: 'p.visser@visserinstallatie.example', name: 'Petra Visser' },
    to: ['debtors@harbourlight.example'],
    cc: [],
    subject: 'RE: Reminder 2026-0412',
    receivedAt: new Date('2026-03-02T12:57:00Z'),
    replyText: 'Dear sir,\n\nWe will pay invoice 2026-0412 on Friday 6 March.\n\nRegards, Petra',
    attachments: [{ id: 31, fileName: 'statement.pdf', contentType: 'application/pdf', size: 48_120, inline: false }],
  },
  actions: [aPromise(), aReply()],
  decisions: [],
  ...change,
})

/** What an approved view has besides its status. */
export const approved = (by = 'Jan Willems'): Partial<ProposalView> => ({
  status: 'approved',
  decidedAt: new Date('2026-03-02T13:03:00Z'),
  decidedBy: { id: 5, name: by },
  decisions: [{ kind: 'approve', by: { id: 5, name: by }, at: new Date('2026-03-02T13:03:00Z'), edited: false, reason: null, surface: 'console', detail: {} }],
})
