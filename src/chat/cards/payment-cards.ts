import type { PaymentChoice } from '#ledger'
import type { NextStep } from '#search'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from './cut.ts'
import { nextStepLine } from './next-step-line.ts'
import type { CardContext } from './proposal-card.ts'

/** Amounts are decimal strings in the payment's currency, days are ISO. */
export type PaymentView = {
  id: number
  version: number
  administrationId: number
  administration: string
  amount: string
  currency: string
  receivedOn: string
  payerName: string | null
  payerIban: string | null
  text: string | null
  structuredReference: string | null
  debtor: { id: number; number: string; name: string } | null
  status: string
  /** Why a person is asked. */
  why: string | null
  candidates: { debtor: { id: number; number: string; name: string }; shares: ShareView[]; rest: string; reasons: string[] }[]
  allocations: ShareView[]
  rest: string
  /** Of money that the bank took back: the payments that it could be. */
  originals: { id: number; amount: string; receivedOn: string; payerName: string | null; text: string | null }[]
  /** Of a line that another statement may have told of: the lines there. */
  lookalikes: { payerName: string | null; text: string | null; statement: string; fileName: string }[]
  /** What a first person approved and a second one is to agree to; amounts of numbers that were typed are not known before. */
  firstVote: { by: string; at: Date; kind: PaymentChoice['kind']; shares: (Omit<ShareView, 'amount'> & { amount: string | null })[] } | null
}
export type ShareView = { invoice: string; amount: string; waived: string }

const shown = 8

/** The payments of one administration that wait for a decision: who paid what, each to be opened. */
export function paymentsCard(administration: string, payments: PaymentView[], total: number, context: CardContext): Card {
  const { payments: own } = context.words
  const picks = picksOf(payments, context)
  const left = total - picks.length
  return cardSchema.parse({
    title: own.title(administration),
    status: total === 0 ? { text: own.done, tone: 'good' } : { text: own.waiting(total), tone: 'warning' },
    elements: [
      { type: 'text', text: total === 0 ? own.none : own.oldest, weight: 'subtle' },
      ...picks,
      ...(left > 0 ? [{ type: 'text', text: own.more(left), weight: 'subtle' }] : []),
    ],
    fallback: `${own.title(administration)}: ${total === 0 ? own.none : own.waiting(total)}`,
  })
}

/** The bank payments that paid an invoice, each to be opened. */
export function invoicePaymentsCard(invoice: string, payments: PaymentView[], context: CardContext): Card {
  const title = `${context.words.payments.covers}: ${oneLine(invoice, 60)}`
  const none = { type: 'text', text: context.words.payments.noneOfInvoice, weight: 'subtle' }
  return cardSchema.parse({ title, elements: payments.length > 0 ? picksOf(payments, context) : [none], fallback: title })
}

const picksOf = (payments: PaymentView[], { words, format }: CardContext) =>
  payments.slice(0, shown).map(payment => ({
    type: 'pick',
    text: `${words.payments.payment(format.money(payment.amount, payment.currency), format.day(payment.receivedOn))} · ${oneLine(payment.payerName ?? payment.debtor?.name ?? words.payments.unknownPayer, 60)}`,
    note: oneLine([payment.firstVote ? words.status.awaiting_second : payment.why && whyOf(payment.why, words), payment.text].filter(Boolean).join(' '), 160),
    button: { action: 'payment.show', label: words.payments.mayPay, data: { payment: String(payment.id) } },
  }))

/** One payment: what the bank says of it, why it is asked, what it may pay, what comes next for its debtor, and the buttons that decide. */
export function paymentCard(payment: PaymentView, next: NextStep | undefined, context: CardContext): Card {
  const { words, format } = context
  const { payments: own } = words
  const amount = format.money(payment.amount, payment.currency)
  const data = { payment: String(payment.id), version: String(payment.version) }
  const isReturn = payment.amount.startsWith('-')
  const isSeen = payment.why === 'seen_twice' && payment.status === 'review'
  const isOpen = !isReturn && !isSeen && !payment.firstVote && (payment.status === 'review' || payment.status === 'unapplied')
  const candidates = isOpen
    ? payment.candidates.flatMap((candidate, index) => candidateElements(payment, candidate, { ...data, candidate: String(index) }, context))
    : []
  const debtors = [
    ...new Map([...(payment.debtor ? [payment.debtor] : []), ...payment.candidates.map(({ debtor }) => debtor)].map(debtor => [debtor.id, debtor])).values(),
  ]
  const [onlyDebtor] = debtors
  const leave =
    isOpen && debtors.length === 1 && onlyDebtor && payment.status === 'review'
      ? [{ action: 'payment.leave', label: own.leave, data: { ...data, debtor: String(onlyDebtor.id) } }]
      : []
  const buttonsOf = () => {
    if (payment.firstVote) {
      return [
        { action: 'payment.second_vote', label: words.button.secondVote, style: 'primary', data },
        { action: 'payment.withdraw', label: own.withdraw, data },
      ]
    }
    if (isSeen) {
      return [
        { action: 'payment.same', label: own.same, style: 'primary', data },
        { action: 'payment.another', label: own.another, data },
      ]
    }
    if (isReturn) return returnButtons(payment, data, words)
    if (isOpen) {
      return [
        // Where something fits, that is what is meant to be pressed.
        { action: 'payment.pay_invoices', label: own.allocateTo, style: candidates.length > 0 ? 'default' : 'primary', data },
        ...leave,
        { action: 'payment.not_ours', label: own.notOurs, data },
      ]
    }
    return payment.status === 'matched' ? [{ action: 'payment.take_back', label: own.takeBack, style: 'danger', confirm: own.confirmTakeBack, data }] : []
  }
  return cardSchema.parse({
    title: `${own.payment(amount, format.day(payment.receivedOn))} · ${oneLine(payment.payerName ?? own.unknownPayer, 60)}`,
    subtitle: payment.administration,
    status: { text: statusOf(payment.status, words), tone: payment.status === 'review' ? 'warning' : payment.status === 'matched' ? 'good' : 'neutral' },
    elements: [
      ...(payment.why && payment.status === 'review' ? [{ type: 'notice', tone: 'warning', title: whyOf(payment.why, words) }] : []),
      { type: 'facts', facts: factsOf(payment, context) },
      ...(payment.text ? [{ type: 'quote', text: oneLine(payment.text, 500), source: own.text }] : []),
      ...payment.lookalikes.map(line => lookalikeElement(line, context)),
      ...(payment.firstVote ? voteElements(payment, payment.firstVote, context) : []),
      ...(isReturn && !isSeen && !payment.firstVote && payment.status === 'review' ? originalElements(payment, data, context) : []),
      ...payment.allocations.map(share => ({ type: 'text', text: `${own.covers}: ${shareLine(payment, share, context)}` })),
      ...(candidates.length > 0 ? [{ type: 'divider' }, { type: 'text', text: own.mayPay, weight: 'strong' }, ...candidates] : []),
      ...nextStepLine(next, context),
      ...(isOpen ? [{ type: 'field', field: { type: 'text', id: 'numbers', label: own.numbers, value: '' } }] : []),
    ],
    buttons: buttonsOf(),
    fallback: `${own.payment(amount, format.day(payment.receivedOn))}: ${statusOf(payment.status, words)}`,
  })
}

const returnButtons = ({ status }: PaymentView, data: Record<string, string>, { payments }: CardContext['words']) =>
  status === 'review' ? [{ action: 'payment.not_ours', label: payments.notOurs, data }] : []

/** A line of another statement, with where it stands. */
function lookalikeElement({ payerName, text, statement, fileName }: PaymentView['lookalikes'][number], { words }: CardContext): CardElement {
  const place = oneLine([statement, fileName].filter(Boolean).join(' · '), 120)
  return { type: 'quote', text: oneLine(`${payerName ?? words.payments.unknownPayer}: ${text ?? ''}`, 300), source: place, marks: [] }
}

/** Who voted first, when, and for what. */
function voteElements(
  { currency }: PaymentView,
  { by, at, kind, shares }: NonNullable<PaymentView['firstVote']>,
  { words, format }: CardContext,
): CardElement[] {
  const { payments: own, decision } = words
  const what: Record<PaymentChoice['kind'], string> = {
    allocate: own.allocate,
    pay_invoices: own.allocateTo,
    leave_unapplied: own.leave,
    not_ours: own.notOurs,
    seen_before: own.same,
    match_anew: own.another,
    unallocate: own.takeBack,
    returned: own.tookBack,
  }
  const parts = shares.map(({ invoice, amount }) => (amount === null ? oneLine(invoice, 60) : `${invoice} ${format.money(amount, currency)}`))
  const lines = [parts.length > 0 ? `${what[kind]}: ${parts.join(', ')}` : what[kind]]
  return [{ type: 'notice', tone: 'warning', title: decision.firstVoteBy(by, format.dateTime(at)), lines }]
}

function originalElements({ originals, currency }: PaymentView, data: Record<string, string>, { words, format }: CardContext): CardElement[] {
  const { payments: own } = words
  const picks = originals.map(({ id, amount, receivedOn, payerName, text }) => ({
    type: 'pick' as const,
    text: `${own.payment(format.money(amount, currency), format.day(receivedOn))} · ${oneLine(payerName ?? own.unknownPayer, 60)}`,
    note: oneLine(text ?? '', 160),
    button: { action: 'payment.returned', label: own.tookBack, style: 'primary' as const, data: { ...data, original: String(id) } },
  }))
  return [{ type: 'text', text: picks.length > 0 ? own.whichReturned : own.noneReturned, tone: 'neutral', weight: 'strong' }, ...picks]
}

function candidateElements(
  payment: PaymentView,
  candidate: PaymentView['candidates'][number],
  data: Record<string, string>,
  context: CardContext,
): CardElement[] {
  const { words, format } = context
  const { payments: own } = words
  const because = candidate.reasons.map(reason => own.because[reason as keyof typeof own.because] ?? reason).join(', ')
  const rest = Number(candidate.rest) === 0 ? [] : [own.rest(format.money(candidate.rest, payment.currency))]
  return [
    {
      type: 'pick',
      text: `${candidate.debtor.number} ${oneLine(candidate.debtor.name, 60)}: ${candidate.shares.map(share => shareLine(payment, share, context)).join(', ')}`,
      note: [because, ...rest].join(' · '),
      button: { action: 'payment.allocate', label: own.allocate, style: 'primary', data },
    },
  ]
}

function shareLine({ currency }: PaymentView, { invoice, amount, waived }: ShareView, { words, format }: CardContext): string {
  const part = `${invoice} ${format.money(amount, currency)}`
  return Number(waived) === 0 ? part : `${part} (${words.payments.waived(format.money(waived, currency))})`
}

function factsOf(payment: PaymentView, { words, format }: CardContext): { label: string; value: string }[] {
  const { payments: own } = words
  const facts: [string, string | null][] = [
    [own.from, payment.payerName && oneLine(payment.payerName, 120)],
    [own.account, payment.payerIban],
    [own.received, format.day(payment.receivedOn)],
    [own.reference, payment.structuredReference],
    [own.debtor, payment.debtor && `${payment.debtor.number} ${oneLine(payment.debtor.name, 80)}`],
    [own.notAllocated, Number(payment.rest) === 0 ? null : format.money(payment.rest, payment.currency)],
  ]
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

const whyOf = (why: string, { payments }: CardContext['words']): string => payments.why[why as keyof typeof payments.why] ?? ''
const statusOf = (status: string, { payments }: CardContext['words']): string => payments.status[status as keyof typeof payments.status] ?? status
