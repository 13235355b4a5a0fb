import type { Evidence, FactKind, Intent } from '#triage'
import type { NamedInvoice, Situation } from './situation.ts'

// A mail may name several invoices and say different things of them: "2026-1 we pay on Friday, 2026-2 was never delivered".

/** Intents that are about particular invoices, with the facts that show where in the mail they are said. */
const anchors: Partial<Record<Intent, FactKind[]>> = {
  promise_to_pay: ['promised_date', 'promised_amount'],
  payment_made: ['paid_date', 'paid_amount'],
  dispute: ['dispute_reason', 'disputed_amount'],
  invoice_copy_request: ['requested_document'],
  po_number: ['po_number'],
  payment_plan_request: ['instalment'],
}

/** The named invoices that an intent is about: all of them when no other intent is about invoices, else those said with it. */
export function invoicesOf(situation: Situation, intent: Intent): NamedInvoice[] {
  const rivals = situation.intents.filter(other => anchors[other] !== undefined)
  if (rivals.length <= 1) return situation.named
  const inBody = situation.named.filter(({ fact }) => fact.evidence.field === undefined)
  const own = inBody.filter(named => closest(situation, named, rivals).includes(intent))
  // A number in the subject or in a file's name is about whatever the text does not pin to numbers of its own.
  return own.length > 0
    ? own
    : situation.named.filter(
        ({ fact }) => fact.evidence.field !== undefined && inBody.every(named => named.invoice?.id === undefined || named.fact.value !== fact.value),
      )
}

function closest(situation: Situation, { fact }: NamedInvoice, rivals: Intent[]): Intent[] {
  if (fact.promise !== undefined && rivals.includes('promise_to_pay')) return ['promise_to_pay']
  const sentence = sentenceOf(situation.input.message.replyText, fact.evidence)
  const distances = rivals.map(intent => ({ intent, distance: distanceTo(situation, intent, fact.evidence, sentence) }))
  const least = Math.min(...distances.map(({ distance }) => distance))
  return distances.filter(({ distance }) => distance === least).map(({ intent }) => intent)
}

type Span = { start: number; end: number }

/** Characters between the number and the nearest words of the intent; words in another sentence count as far away. */
function distanceTo(situation: Situation, intent: Intent, number: Evidence, sentence: Span): number {
  const facts = situation.facts.filter(({ kind }) => anchors[intent]?.includes(kind)).map(({ evidence }) => evidence)
  const said = situation.input.reading.intents.find(read => read.intent === intent)?.evidence
  const spans = [...facts, ...(said ? [said] : [])].filter(({ field }) => field === undefined)
  const gaps = spans.map(({ start, end }) => {
    const gap = Math.max(0, start - number.end, number.start - end)
    return start < sentence.end && end > sentence.start ? gap : gap + 100_000
  })
  return Math.min(Number.MAX_SAFE_INTEGER, ...gaps)
}

function sentenceOf(text: string, { start, end }: Evidence): Span {
  const ends = [...text.matchAll(/[.!?;](?=\s|$)|\n+/g)].map(match => match.index + match[0].length)
  return { start: ends.findLast(at => at <= start) ?? 0, end: ends.find(at => at >= end) ?? text.length }
}
