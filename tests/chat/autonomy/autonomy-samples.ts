import { Temporal } from 'temporal-polyfill'
import type { AutonomyRow, EndedGrant, ProposalView, SelfAudit } from '#proposals'
import { grantEndedCard } from '../../../src/chat/approvals/post-grant-ended.ts'
import { type CardContext, proposalCard } from '../../../src/chat/cards/proposal-card.ts'
import { autonomyCard } from '../../../src/chat/commands/autonomy.ts'
import { selfAuditCard } from '../../../src/chat/commands/self-audit.ts'
import { whyCard } from '../../../src/chat/commands/why.ts'
import type { Sample } from '../sample-cards.ts'
import { aPromise, aReply, aView } from '../views.ts'

const row = (kind: string, intent: string, language: string, n: number, unchanged: number, change: Partial<AutonomyRow>): AutonomyRow => ({
  combination: { kind, intent, language, mailboxId: null },
  mailbox: null,
  record: { n, unchanged, bound: n === unchanged ? 0.05 ** (1 / n) : 0.9, passedAt: null, nextLook: n === unchanged ? 59 : 153 },
  level: 'ask',
  since: null,
  grantedBy: null,
  asks: 'not_earned',
  ended: null,
  ...change,
})

const eva = { id: 9, name: 'Eva Adams' }
const day = (at: string) => new Date(`${at}T09:00:00Z`)

/** Combinations in every state: granted, to be granted, on their way, demoted, never. */
const autonomyRows: AutonomyRow[] = [
  row('register_promise', 'promise_to_pay', 'nl', 211, 211, { level: 'act', since: day('2026-02-03'), grantedBy: eva, asks: null }),
  row('send_invoice_copies', 'invoice_copy_request', 'nl', 64, 64, { level: 'send_after_undo', since: day('2026-02-20'), grantedBy: eva, asks: null }),
  row('send_reply', 'promise_to_pay', 'nl', 59, 59, { asks: 'to_grant' }),
  row('send_reply', 'promise_to_pay', 'fr', 41, 40, { ended: { at: day('2026-02-11'), why: 'bad_case', by: null } }),
  row('send_reply', 'promise_to_pay', 'de', 12, 12, {
    mailbox: 'debtors',
    combination: { kind: 'send_reply', intent: 'promise_to_pay', language: 'de', mailboxId: 1 },
  }),
  row('send_reply', 'payment_plan_request', 'nl', 20, 18, { asks: 'always_person' }),
]

const aWeek: SelfAudit = {
  proposals: 184,
  byPeople: 141,
  alone: 37,
  waiting: 6,
  judged: 231,
  unchanged: 219,
  undone: 1,
  wrong: 0,
  calledBack: 3,
  sampled: 2,
  guarded: 4,
  intents: [
    { intent: 'promise_to_pay', judged: 96, unchanged: 94, bound: 0.9355 },
    { intent: 'invoice_copy_request', judged: 71, unchanged: 71, bound: 0.9586 },
    { intent: 'dispute', judged: 22, unchanged: 17, bound: 0.5797 },
  ],
  minutesSaved: 418,
}

const asked: NonNullable<ProposalView['autonomy']> = {
  level: 'ask',
  asks: ['unsure', 'not_earned'],
  sampled: false,
  calledBack: null,
  records: [],
  ungranted: ['register_promise', 'send_reply'],
}

const anEnd: EndedGrant = {
  key: 'proposal:12',
  ended: ['register_promise', 'send_reply'].map(kind => ({ combination: { kind, intent: 'promise_to_pay', language: 'nl', mailboxId: null }, mailbox: null })),
  grantedById: eva.id,
  at: day('2026-03-02'),
  why: 'bad_case',
  by: { id: 3, name: 'Jan Willems' },
  verdict: 'undone',
  proposalId: 12,
}

const autonomy = {
  level: 'send_after_undo',
  asks: [],
  sampled: false,
  calledBack: null,
  ungranted: [],
  records: [{ kind: 'send_reply', cases: 59, bound: 0.9505, grantedBy: 'Eva Adams', grantedAt: '2026-02-03T09:00:00Z' }],
} as const
const alone = { ...autonomy, asks: [], ungranted: [], records: [...autonomy.records] }
const own = { kind: 'approve', by: null, at: new Date('2026-03-02T13:03:00Z'), edited: false, reason: null, surface: 'duncan', detail: {} }
const decided = { status: 'approved', decidedAt: own.at, decisions: [own], autonomy: alone } as const

/** Cards of what Duncan decides alone, learns and says of itself. */
export function autonomySamples(context: CardContext): Sample[] {
  const done = aPromise({ status: 'done', undoable: true })
  const until = new Date('2026-03-02T13:13:00Z')
  const views = {
    'decided alone': aView({ ...decided, decisions: [own], undoUntil: until, actions: [done, aReply({ status: 'scheduled', scheduledFor: until })] }),
    'decided alone, left': aView({ ...decided, decisions: [own], actions: [done, aReply({ status: 'done' })] }),
    'called back': aView({ autonomy: { ...alone, level: 'ask', calledBack: { why: 'mail', at: own.at.toISOString() } } }),
    'asked as a sample': aView({ autonomy: { ...alone, level: 'ask', asks: ['sampled'], sampled: true } }),
    'as corrected before': aView({
      learned: [
        {
          id: 1,
          rule: 'wording',
          about: 'en x',
          debtorId: 8,
          change: { from: 'Dear Ms Visser,', to: 'Hello Petra,' },
          by: 'Jan Willems',
          at: '2026-02-12T09:00:00Z',
          owner: null,
        },
        {
          id: 2,
          rule: 'recipients',
          about: 'p.visser@visserinstallatie.example',
          debtorId: 8,
          change: { to: ['ap@visserinstallatie.example'], cc: [] },
          by: 'Jan Willems',
          at: '2026-02-12T09:00:00Z',
          owner: null,
        },
      ],
    }),
  }
  const proposals = Object.entries(views).map(([name, view]): Sample => ({ name, on: 'post', card: proposalCard(view, context) }))
  return [
    ...proposals,
    { name: 'autonomy', on: 'answer', card: autonomyCard(autonomyRows, context) },
    { name: 'autonomy on day one', on: 'answer', card: autonomyCard([], context) },
    { name: 'autonomy ended', on: 'answer', card: grantEndedCard(anEnd, context) },
    { name: 'why a person is asked', on: 'answer', card: whyCard(aView({ autonomy: asked }), context, { mayReplay: true }) },
    { name: 'why Duncan decided alone', on: 'answer', card: whyCard(views['decided alone, left'], context, { mayReplay: false }) },
    { name: 'weekly self-audit', on: 'answer', card: selfAuditCard(aWeek, Temporal.PlainDate.from('2026-02-23'), [], context) },
  ]
}
