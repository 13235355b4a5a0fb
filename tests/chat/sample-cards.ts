import { Temporal } from 'temporal-polyfill'
import { type Card, cardSchema } from '../../src/chat/card.ts'
import { opsCard } from '../../src/chat/cards/ops-card.ts'
import { type PaymentView, paymentCard, paymentsCard } from '../../src/chat/cards/payment-cards.ts'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { historyCard, mailCard } from '../../src/chat/cards/thread-cards.ts'
import { pickDebtor } from '../../src/chat/commands/pick-debtor.ts'
import { cardContext } from '../../src/chat/context.ts'
import { editForm } from '../../src/chat/forms/edit-form.ts'
import { liftForm, linkForm, reassignForm, rejectForm, snoozeForm } from '../../src/chat/forms/small-forms.ts'
import { autonomySamples } from './autonomy/autonomy-samples.ts'
import { awaySamples } from './away-samples.ts'
import { bulkSamples } from './bulk/bulk-samples.ts'
import { composeSamples } from './compose-samples.ts'
import { alertListSamples } from './credit/alert-list-samples.ts'
import { alertSamples } from './credit/alert-samples.ts'
import { bureauSamples } from './credit/bureau-samples.ts'
import { matrixSamples } from './credit/matrix-samples.ts'
import { partySamples } from './credit/party-samples.ts'
import { creditViewSamples } from './credit/view-samples.ts'
import { dispatchSamples } from './dispatch-samples.ts'
import { disputeSamples } from './dispute-samples.ts'
import { groupSamples } from './group-samples.ts'
import { insuranceSamples } from './insurance-samples.ts'
import { payLinkSamples } from './pay-link-samples.ts'
import { planSamples } from './plan-samples.ts'
import { reminderSamples } from './reminders/reminder-samples.ts'
import { reportSamples } from './report-samples.ts'
import { resultSamples } from './result-samples.ts'
import { stepSamples } from './step-samples.ts'
import { aPromise, approved, aReply, aView, secondReminder } from './views.ts'
import { callSamples } from './worklist/call-samples.ts'

// Cards in every state that people meet, for those who make them to look at.

export type Sample = { name: string; on: 'post' | 'reply' | 'answer' | 'form' | 'home'; card: Card }

const turned = '\u202eتذكير: سندفع يوم الجمعة <!channel> **bold** [pay here](https://evil.example)'
const day = (at: string) => new Date(`2026-03-02T${at}:00Z`)
const decision = { by: { id: 5, name: 'Jan Willems' }, at: day('13:03'), edited: false, reason: null, surface: 'console', detail: {} }
const alert = {
  id: 1,
  key: 'mailbox:debtors',
  problem: 'The mailbox debtors cannot be read: the password is refused.',
  remedy: 'Set DEBTORS_PASSWORD and restart.',
  raisedAt: day('13:00'),
  resolvedAt: null,
}
const hits = ['Visser Installatie BV', 'Visser & Zonen NV'].map((name, index) => ({
  id: index,
  number: `1000${index}`,
  name,
  administration: 'NL01',
  by: 'name' as const,
  found: name,
  score: 1,
}))
const payment: PaymentView = {
  id: 3,
  version: 1,
  administrationId: 1,
  administration: 'Harbourlight Trading',
  amount: '1210.00',
  currency: 'EUR',
  receivedOn: '2026-03-02',
  payerName: 'P. Visser',
  payerIban: 'NL20INGB0001234567',
  text: 'deel 2026-0412',
  structuredReference: null,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV' },
  status: 'review',
  why: 'which_invoices',
  candidates: [
    {
      debtor: { id: 8, number: '10001', name: 'Visser Installatie BV' },
      shares: [{ invoice: '2026-0412', amount: '1210.00', waived: '0.00' }],
      rest: '0.00',
      reasons: ['number'],
    },
  ],
  allocations: [],
  rest: '1210.00',
  originals: [],
  lookalikes: [],
  firstVote: null,
}

/** Every sample in a language. */
export function sampleCards(language: string): Sample[] {
  const context = cardContext(language, 'Europe/Amsterdam')
  const hold = aPromise({ id: 9, kind: 'place_hold' as never, payload: { until: '2026-03-09' } as never, protective: true, undoable: true, status: 'done' })
  const open = aView({ id: 12, actions: [hold, aPromise(), aReply()] })
  const photo = { id: 32, fileName: 'pallet.jpg', contentType: 'image/jpeg', size: 812_000, inline: false }
  const hostile = aView({
    message: { ...aView().message, subject: turned, replyText: `${turned}\n\nPlease pay to NL91ABNA0417164300 from now on.` },
    quarantine: [{ kind: 'bank_change', code: 'other_country', now: 'LT', before: ['NL', 'BE'] }],
    callBackOn: [{ name: 'P. Visser', phone: '+31 20 555 0100' }],
    needsPerson: 'quarantine',
    actions: [],
  })
  const unsent = { ...approved(), actions: [aPromise({ status: 'done' }), aReply({ status: 'unknown' })] }
  const proposal = (name: string, view: Parameters<typeof aView>[0]): Sample => ({ name, on: 'post', card: proposalCard(aView({ id: 12, ...view }), context) })
  const states: Sample[] = [
    { name: 'a proposal', on: 'post', card: proposalCard(open, context) },
    proposal('edited and approved', { ...approved(), edited: true, actions: [aPromise({ status: 'done' }), aReply({ status: 'done', edited: true })] }),
    proposal('rejected', {
      status: 'rejected',
      decidedAt: day('13:03'),
      decidedBy: { id: 5, name: 'Jan Willems' },
      decisions: [{ ...decision, kind: 'reject', reason: 'Paid already' }],
    }),
    proposal('a second vote is asked for', {
      status: 'awaiting_second',
      firstVoteBy: { id: 5, name: 'Jan Willems' },
      decisions: [{ ...decision, kind: 'approve' }],
    }),
    proposal('snoozed', { status: 'snoozed', snoozedUntil: new Date('2026-03-03T07:00:00Z'), decisions: [{ ...decision, kind: 'snooze' }] }),
    { name: 'quarantined, from right to left', on: 'post', card: proposalCard(hostile, context) },
    proposal('a send that is not known', unsent),
    { name: 'where it is not known who reads', on: 'post', card: cardSchema.parse(proposalCard(open, context).guarded) },
  ]
  const forms: Sample[] = [
    { name: 'edit', on: 'form', card: editForm(open, { recipients: ['p.visser@visserinstallatie.example'], disputeTypes: ['price', 'other'] }, {}, context) },
    { name: 'reject', on: 'form', card: rejectForm(open, context) },
    { name: 'snooze', on: 'form', card: snoozeForm(open, '2026-03-03', context) },
    { name: 'reassign', on: 'form', card: reassignForm(open, [{ id: 4, name: 'Eva Lindner' }], context) },
    { name: 'link', on: 'form', card: linkForm(open, 'visser', hits, context) },
    { name: 'lift a protection', on: 'form', card: liftForm(open, '9', context) },
  ]
  const others: Sample[] = [
    {
      name: 'in the thread',
      on: 'reply',
      card: mailCard(aView({ message: { ...aView().message, attachments: [photo, ...aView().message.attachments] } }), context),
    },
    { name: 'nothing before', on: 'reply', card: historyCard([], context) },
    { name: 'an alert', on: 'post', card: opsCard(alert, context) },
    { name: 'solved', on: 'post', card: opsCard({ ...alert, resolvedAt: day('13:20') }, context) },
    { name: 'payments', on: 'post', card: paymentsCard('Harbourlight Trading', [payment], 1, context) },
    { name: 'a payment', on: 'answer', card: paymentCard(payment, secondReminder, context) },
    {
      name: 'paid',
      on: 'answer',
      card: paymentCard(
        { ...payment, status: 'matched', candidates: [], allocations: [{ invoice: '2026-0412', amount: '1210.00', waived: '0.00' }], rest: '0.00' },
        { kind: 'nothing_open' },
        context,
      ),
    },
    {
      name: 'several hits',
      on: 'answer',
      card: pickDebtor(
        { query: 'visser', page: 0, action: 'debtor.show' },
        { hits, total: 2, isCut: false } as never,
        context.words.debtorCard.alsoSimilar,
        context,
      ),
    },
    { name: 'a chart', on: 'answer', card: aChart(context) },
  ]
  return [
    ...states,
    ...forms,
    ...others,
    ...bulkSamples(context),
    ...alertSamples(context),
    ...alertListSamples(context),
    ...creditViewSamples(context),
    ...bureauSamples(context),
    ...matrixSamples(context),
    ...autonomySamples(context),
    ...awaySamples(context),
    ...partySamples(context),
    ...payLinkSamples(context),
    ...planSamples(context),
    ...insuranceSamples(context),
    ...groupSamples(context),
    ...dispatchSamples(context),
    ...stepSamples(context),
    ...disputeSamples(context),
    ...composeSamples(context),
    ...callSamples(context),
    ...reminderSamples(context),
    ...resultSamples(context),
    ...reportSamples(context, language),
  ]
}

function aChart({ words, format }: ReturnType<typeof cardContext>): Card {
  const { bucket, aging, openAmount } = words.debtorCard
  const amounts = ['3200.00', '1210.50', '0.00', '410.00', '0.00', '95.00']
  const points = Object.values(bucket).map((label, index) => {
    const value = amounts[index] ?? '0.00'
    return { label, values: [{ value, text: format.money(value, 'EUR') }] }
  })
  return cardSchema.parse({
    title: 'Visser Installatie BV',
    subtitle: `10001 · ${format.day(Temporal.PlainDate.from('2026-03-02').toString())}`,
    elements: [{ type: 'chart', title: aging, series: [openAmount], points }],
    fallback: 'x',
  })
}
