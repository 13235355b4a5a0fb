import type { Fact, Intent, MessageToRead, Reading, ReadingContext } from '../reading.ts'
import { type MarkedText, markText } from './mark-text.ts'
import { readAbsence } from './read-absence.ts'
import { readContacts } from './read-contacts.ts'
import { readDisputedAmounts } from './read-disputed-amounts.ts'
import { readDisputes } from './read-disputes.ts'
import { readInstalments } from './read-instalments.ts'
import { readNamedFields } from './read-named-fields.ts'
import { readOrderNumbers } from './read-orders.ts'
import { readPayments } from './read-payments.ts'
import { readRequestedDocuments } from './read-requested-documents.ts'
import { isWithin } from './split-clauses.ts'

/** The facts of a message, each with the literal span it rests on; `intents` settle what words alone leave open. */
export function extractFacts(message: MessageToRead, context: ReadingContext, language: string, intents: Reading['intents']): Fact[] {
  return factsOf(markText(message, context, language), message, intents)
}

/** The facts of a message whose text is marked already. */
export function factsOf(marked: MarkedText, message: MessageToRead, intents: Reading['intents']): Fact[] {
  const asserts = (intent: Intent) => intents.some(found => found.intent === intent && found.confidence >= 0.5)
  const isAbsence = asserts('out_of_office')
  const absence = readAbsence(marked, isAbsence, message.from?.address)
  if (message.kind === 'auto_reply') return [...absence, ...readNamedFields(message, marked.numbers, absence, false)]

  const isPlan = asserts('payment_plan_request')
  const instalments = readInstalments(marked, isPlan)
  // The days of a payment plan and the end of an absence are no promises.
  const isTaken = (clause: { start: number; end: number }) => isPlan && instalments.spans.some(span => isWithin(clause, span))
  const usedDates = isAbsence || !asserts('promise_to_pay') ? absence.filter(({ kind }) => kind === 'return_date').map(({ evidence }) => evidence.start) : []
  const forPayments = { ...marked, dates: marked.dates.filter(({ start }) => !usedDates.includes(start)) }
  const payments = readPayments(
    forPayments,
    {
      promise: asserts('promise_to_pay') && !isAbsence,
      paid: asserts('payment_made'),
      nothing: asserts('unrelated') || asserts('legal_reply') || asserts('insolvency_notice'),
    },
    isTaken,
  )
  const disputed = asserts('dispute') ? readDisputedAmounts(marked) : { facts: [], amounts: [] }
  const isContested = ({ kind, evidence }: Fact) => kind === 'promised_amount' && disputed.amounts.some(({ start }) => start === evidence.start)
  const promisedAt = new Set(payments.filter(({ kind }) => kind === 'promised_date').map(({ evidence }) => evidence.start))
  const facts = [
    ...payments.filter(fact => !isContested(fact)),
    ...instalments.facts,
    ...readDisputes(marked, asserts('dispute'), message.subject),
    ...disputed.facts,
    ...readOrderNumbers(marked),
    ...readRequestedDocuments(marked, { copy: asserts('invoice_copy_request'), statement: asserts('statement_request'), dispute: asserts('dispute') }),
    ...(isAbsence ? [] : readContacts(marked, asserts('contact_change'), message.from?.address)),
    // "She is back on Monday and pays first thing" speaks of a payment.
    ...absence.filter(({ kind, evidence }) => isAbsence || kind !== 'return_date' || !promisedAt.has(evidence.start)),
  ]
  const orders = new Set<Fact['value']>(facts.filter(({ kind }) => kind === 'po_number').map(({ value }) => value))
  const known = new Set<Fact['value']>(marked.invoices.filter(invoice => invoice.known).map(({ value }) => value))
  // "The order number to be put on your invoice: 4500771203".
  const kept = facts.filter(({ kind, value }) => kind !== 'invoice_number' || known.has(value) || !orders.has(value))
  const isUnrelated = asserts('unrelated')
  const weighed = kept.map(fact => (isUnrelated && fact.kind === 'invoice_number' && !known.has(fact.value) ? { ...fact, confidence: doubtful } : fact))
  return [...weighed, ...readNamedFields(message, marked.numbers, weighed, isUnrelated)]
}

/** Shown, and nothing rests on it: mail that has nothing to do with us names other people's invoices. */
const doubtful = 0.4
