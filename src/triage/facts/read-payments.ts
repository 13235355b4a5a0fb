import type { Fact } from '../reading.ts'
import { bareDays } from './bare-days.ts'
import { factOf } from './fact-of.ts'
import { type MarkedText, sureOf } from './mark-text.ts'
import { remainder } from './read-clauses.ts'
import { readPaid } from './read-paid.ts'
import { liesOnlyAhead, mergeSameDay, orderedAhead, type Promise, promisesOf } from './read-promises.ts'
import { isWithin, type Span } from './split-clauses.ts'
import { firstPerson } from './words/clause-words.ts'

/** What the mail's intents say; they settle a bare "Friday." that has no verb of paying. */
type Expected = { promise: boolean; paid: boolean; nothing: boolean }

/**
 * The facts about payments promised and made: dates, amounts and the invoices named. A day counts as promised only in
 * a clause that promises payment; facts of one promise share its number.
 */
export function readPayments(marked: MarkedText, expected: Expected, isTaken: (span: Span) => boolean): Fact[] {
  const clauses = marked.clauses.filter(clause => !isTaken(clause))
  const promises = mergeSameDay(
    withoutReturns(
      marked,
      clauses.filter(({ kind }) => kind === 'promise').flatMap(clause => promisesOf(marked, clause)),
    ),
  )
  const late = clauses.filter(({ kind }) => kind === 'paid').flatMap(clause => orderedAhead(marked, clause))
  promises.push(...late)
  if (expected.promise && !expected.nothing) promises.push(...bareDays(marked, clauses, promises))
  addLooseInvoices(marked, promises)
  // "It left today, you will have it on Thursday."
  const isReported = clauses.some(({ kind }) => kind === 'paid') && !remainder.test(marked.folded)
  return [
    ...promises.flatMap((promise, at) =>
      promiseFacts(marked, promise, at + 1, isReported && promise.arrives ? { ...expected, promise: false, paid: true } : expected),
    ),
    ...readPaid(marked, clauses, expected),
    ...otherInvoices(marked, promises),
  ]
}

/** "Our director is back on Monday and signs the payments. Yours goes on Thursday": his day only where the mail has no other. */
function withoutReturns(marked: MarkedText, promises: Promise[]): Promise[] {
  const isReturn = ({ date }: Promise) => date !== undefined && returnsOn(marked.folded, date)
  return promises.some(promise => promise.date && !promise.conditional && !isReturn(promise)) ? promises.filter(promise => !isReturn(promise)) : promises
}

function returnsOn(folded: string, { start, end }: Span): boolean {
  const ahead =
    folded
      .slice(Math.max(0, start - 50), start)
      .split(/[,.;:!?\n]/)
      .at(-1) ?? ''
  const behind = folded.slice(end, end + 30).split(/[,.;:!?\n]|\s(?:and|en|und|et|i)\s/)[0] ?? ''
  return (returns.test(ahead) || returns.test(behind)) && !firstPerson.test(ahead.replace(ours, ''))
}
const returns =
  /(?<![a-z])(?:back|returns?|returning|(?:terug|weer)(?:\s(?:op|aanwezig|op\skantoor))?|wieder\s(?:da|im|zuruck)|zuruck|kommt\s.{0,25}zuruck|de\sretour|rentre|reviendra|revient|wraca|wroci|z\spowrotem|bedzie(?=\s[^,.]{0,16}(?:biurze|pracy|$))|vuelve|torna|rientra)(?![a-z])(?!\s(?:opgenomen|overgemaakt))/
const ours = /(?<![a-z])(?:on|our|my|onze|ons|mijn|unsere?[rnms]?|notre|nos|nasz[a-z]{0,2})\s/g

/** The one promise of a mail is about the invoices it names beside it, unless another clause speaks for them. */
function addLooseInvoices(marked: MarkedText, promises: Promise[]): void {
  const [promise, another] = promises
  if (!promise || another || promise.invoices.length > 0) return
  const spokenFor = marked.clauses.filter(({ kind, negated }) => kind === 'paid' || negated)
  const loose = marked.invoices.filter(invoice => !spokenFor.some(clause => isWithin(invoice, clause)))
  promise.invoices.push(...loose.filter(invoice => !isDisputed(marked, invoice)))
}

const disputing =
  /(?<![a-z])(?:disput|betwist|klopt niet|niet akkoord|oneens|beschadigd|retour|credit|bestreit|reklamier|widerspr|falsch|mangel|contest|litige|avoir|erron|endommag|reklamac|nie zgadz|blad|korekt|uszkodz|wrong|incorrect|damaged|missing|not received|copy|kopie|copie|kopi|duplica)/
const isDisputed = (marked: MarkedText, invoice: Span): boolean => {
  const sentence = marked.sentences.find(span => isWithin(invoice, span))
  return sentence !== undefined && disputing.test(marked.folded.slice(sentence.start, sentence.end))
}

function promiseFacts(
  marked: MarkedText,
  { date, amounts, invoices, conditional, future, own, arrives, asked }: Promise,
  promise: number,
  expected: Expected,
): Fact[] {
  const { text } = marked
  const isOwnDay = own && date !== undefined && liesOnlyAhead(marked, date)
  const isOther =
    !expected.promise &&
    (expected.nothing || asked || (expected.paid && arrives) || (!future && !isOwnDay && (expected.paid || (!own && amounts.length === 0))))
  // An amount beside a word of paying, without a day, promises nothing in a mail that does not.
  const doubt = isOther ? otherwise : date || expected.promise ? 1 : 0.5
  const group = { promise, conditional }
  return [
    ...(date ? [factOf('promised_date', date.day, text, date, isOther ? Math.min(date.confidence, otherwise) : date.confidence, group)] : []),
    ...amounts.map(amount =>
      factOf('promised_amount', amount.value, text, amount, sureOf(marked, amount) * doubt, {
        ...group,
        ...(amount.currency && { currency: amount.currency }),
      }),
    ),
    ...invoices.map(invoice => factOf('invoice_number', invoice.value, text, invoice, invoice.known ? 0.95 : 0.75, group)),
  ]
}

/** A day beside a word of paying in a mail that reports, asks or wants something else is shown, and nothing rests on it. */
const otherwise = 0.4

function otherInvoices(marked: MarkedText, promises: Promise[]): Fact[] {
  const promised = new Set(promises.flatMap(({ invoices }) => invoices.map(({ value }) => value)))
  const rest = marked.invoices.filter(({ value }) => !promised.has(value))
  return rest
    .filter((invoice, at) => rest.findIndex(({ value }) => value === invoice.value) === at)
    .map(invoice => factOf('invoice_number', invoice.value, marked.text, invoice, invoice.known ? 0.95 : 0.75))
}
