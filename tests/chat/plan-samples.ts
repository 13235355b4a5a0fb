import { Temporal } from 'temporal-polyfill'
import type { PlanView } from '#ledger'
import { Prisma } from '#platform'
import { entryCard } from '../../src/chat/cards/entry-card.ts'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import type { ShownEntry } from '../../src/chat/cards/shown-entry.ts'
import type { cardContext } from '../../src/chat/context.ts'
import { editForm } from '../../src/chat/forms/edit-form.ts'
import { editEntryForm } from '../../src/chat/forms/risk-forms.ts'
import { plansCard } from '../../src/chat/plans/plan-card.ts'
import { planForm } from '../../src/chat/plans/plan-form.ts'
import type { Sample } from './sample-cards.ts'
import { aPromise, aReply, aView, secondReminder } from './views.ts'

// Promises that were not kept and payment plans, for those who make their cards to look at.

const debtor = { id: 8, number: '10001', name: 'Visser Installatie BV' }
const instalments = [
  { dueOn: '2026-03-16', amount: '403.33' },
  { dueOn: '2026-04-16', amount: '403.33' },
  { dueOn: '2026-05-16', amount: '403.34' },
]
const text = [
  'Beste Petra Visser,',
  'U hebt ons laten weten dat u factuur 2026-0412 uiterlijk 20 februari 2026 zou betalen. Die betaling hebben wij niet ontvangen: er staat nog € 1.210,00 open. Wilt u voor de betaling zorgen en ons laten weten op welke dag wij die mogen verwachten?',
  'Met vriendelijke groet,',
  'Harbourlight Trading',
].join('\n\n')
const mail = {
  mailboxId: 1,
  messageId: 3,
  threadId: 2,
  to: ['p.visser@visserinstallatie.example'],
  subject: 'Re: Factuur 2026-0412',
  text,
  language: 'nl',
  tone: 'neutral' as const,
  amounts: ['1210.00'],
  written: false,
}
const followUp: ShownEntry = {
  next: secondReminder,
  id: 14,
  version: 0,
  debtor: { ...debtor, administration: 'NL01' },
  members: [],
  mailbox: null,
  owner: null,
  responsible: null,
  autonomy: null,
  content: { kind: 'follow_up', about: 'promise', refId: 3, invoiceIds: [11], mail },
  right: 'decide',
  why: {
    code: 'promise_not_kept',
    promisedOn: '2026-02-20',
    waitedUntil: '2026-02-25',
    partly: false,
    open: [{ amount: '1210.00', currency: 'EUR' }],
    record: { kept: 4, judged: 6, percent: 62 },
  },
  invoices: ['2026-0412'],
  status: 'proposed',
  by: null,
  makers: [],
  at: new Date('2026-03-02T05:30:00Z'),
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
}

const plan = (status: PlanView['status'], states: PlanView['instalments'][number]['status'][], paid: string): PlanView => ({
  id: 5,
  status,
  currency: 'EUR',
  total: new Prisma.Decimal('1210'),
  credited: new Prisma.Decimal(0),
  paid: new Prisma.Decimal(paid),
  invoices: [{ id: 11, number: '2026-0412' }],
  instalments: instalments.map(({ dueOn, amount }, index) => ({
    id: index,
    dueOn: Temporal.PlainDate.from(dueOn),
    amount: new Prisma.Decimal(amount),
    status: states[index] ?? 'open',
  })),
  agreedAt: new Date('2026-03-02T12:03:00Z'),
})

/** Every sample in a language. */
export function planSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const payload = { invoiceIds: [11], currency: 'EUR', total: '1210.00', instalments }
  const agree = aPromise({ kind: 'agree_payment_plan' as never, payload: payload as never })
  const view = aView({ id: 12, actions: [agree, aReply()] })
  const record = { kept: 0, judged: 3, percent: 20 }
  const promise = {
    promisedOn: '2026-06-30',
    amount: '1210.00',
    currency: 'EUR',
    invoiceIds: [11],
    conditional: false,
    waitUntil: '2026-07-01',
    holdUntil: '2026-03-26',
    record,
  }
  const doubtful = aView({ id: 12, actions: [aPromise({ payload: promise }), aReply()] })
  const missed = plan('at_risk', ['kept', 'missed'], '403.33')
  const extension = context.words.insurance.atMost('Veilig Krediet', context.format.day('2026-03-31'))
  const form = editEntryForm(followUp, {}, context)
  const asked = { debtor, currency: 'EUR', open: context.words.entries.open(context.format.money('1210', 'EUR'), 1), instalments, invoices: ['2026-0412'] }
  return [
    { name: 'plans: a plan is asked for', on: 'post', card: proposalCard(view, context) },
    { name: 'plans: edit', on: 'form', card: editForm(view, { recipients: ['p.visser@visserinstallatie.example'], disputeTypes: [], extension }, {}, context) },
    { name: 'plans: a promise of who breaks them', on: 'post', card: proposalCard(doubtful, context) },
    { name: 'plans: a promise was not kept', on: 'post', card: entryCard(followUp, undefined, context) },
    ...(form ? [{ name: 'plans: edit a follow-up', on: 'form' as const, card: form }] : []),
    {
      name: 'plans: an instalment was missed, and nobody can be written to',
      on: 'post',
      card: entryCard(
        {
          ...followUp,
          content: { kind: 'follow_up', about: 'instalment', refId: 1, invoiceIds: [11], mail: null },
          why: { code: 'instalment_missed', dueOn: '2026-04-16', amount: '403.33', currency: 'EUR', planId: 5 },
        },
        undefined,
        context,
      ),
    },
    {
      name: 'plans: plans of a debtor',
      on: 'answer',
      card: plansCard(debtor, [missed, plan('finished', ['kept', 'kept', 'kept'], '1210')], secondReminder, context),
    },
    {
      name: 'plans: a dispute ended, and its debtor is to hear',
      on: 'post',
      card: entryCard(
        {
          ...followUp,
          owner: { id: 5, name: 'Jan Willems' },
          content: { kind: 'follow_up', about: 'dispute', refId: 4, invoiceIds: [11], mail },
          why: {
            code: 'dispute_decided',
            outcome: 'partly',
            disputeId: 4,
            credit: { amount: '363.00', currency: 'EUR' },
            due: { amount: '847.00', currency: 'EUR' },
            payBy: '2026-03-20',
          },
        },
        undefined,
        context,
      ),
    },
    {
      name: 'plans: a credit note lowers a plan',
      on: 'answer',
      card: plansCard(
        debtor,
        [{ ...plan('running', ['kept', 'open', 'credited'], '403.33'), credited: new Prisma.Decimal('420.00') }],
        secondReminder,
        context,
      ),
    },
    { name: 'plans: none', on: 'answer', card: plansCard(debtor, [], { kind: 'nothing_open' }, context) },
    { name: 'plans: agree one', on: 'form', card: planForm(asked, 'x', context) },
  ]
}
