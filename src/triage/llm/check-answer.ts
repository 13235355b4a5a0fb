import { Temporal } from 'temporal-polyfill'
import { findAmounts } from '../facts/find-amounts.ts'
import { findDates } from '../facts/find-dates.ts'
import { foldText } from '../facts/fold-text.ts'
import { resolveDate } from '../facts/resolve-date.ts'
import { disputeReasons, type Evidence, type Fact, type MessageToRead, type Reading, type ReadingContext } from '../reading.ts'
import type { Answer } from './answer-schema.ts'
import { locateQuote } from './locate-quote.ts'

type Said = Answer['facts'][number]
const documents = ['invoice_copy', 'statement', 'proof_of_delivery', 'credit_note', 'contract', 'order_confirmation', 'timesheet']
const maxFacts = 60
const farMonths = 18

/**
 * A reading from a model's answer: nothing is taken on trust. A quote that does not stand in the mail drops its fact,
 * and so does a value that its quote does not carry; days must exist and point the right way.
 */
export function checkAnswer(answer: Answer, message: MessageToRead, context: ReadingContext): Reading {
  const language = /^[a-z]{2}$/.test(answer.language) ? answer.language : 'und'
  const intents = new Map<string, Reading['intents'][number]>()
  for (const { intent, confidence, quote } of answer.intents) {
    const evidence = quote === null ? undefined : locateQuote(quote, message)
    const known = intents.get(intent)
    const mayAssert = evidence !== undefined || (quote === null && wholeMail.has(intent))
    const sure = Math.min(clamp(confidence), mayAssert ? 1 : notAsserted)
    if (!known || known.confidence < sure) intents.set(intent, { intent, confidence: sure, ...(evidence && { evidence }) })
  }
  return {
    engine: 'llm',
    language,
    intents: [...intents.values()].toSorted((a, b) => b.confidence - a.confidence),
    facts: answer.facts.slice(0, maxFacts).flatMap(said => checkFact(said, message, context, language) ?? []),
    quarantine: answer.suspicious?.trim() ? [{ kind: 'injection', code: 'model_reports' }] : [],
    disagreements: [],
  }
}

/** What a mail is as a whole; everything else rests on a sentence, and one that does not stand in the mail carries nothing. */
const wholeMail = new Set<string>(['out_of_office', 'bounce', 'acknowledgement', 'other_question', 'unrelated'])
const notAsserted = 0.4

const clamp = (confidence: number): number => (Number.isFinite(confidence) ? Math.min(0.97, Math.max(0, confidence)) : 0)

function checkFact(said: Said, message: MessageToRead, context: ReadingContext, language: string): Fact | undefined {
  const evidence = locateQuote(said.quote, message)
  if (!evidence) return undefined
  const checked = checkValue(said, evidence, message, context, language)
  if (!checked) return undefined
  const isPromise = said.promise !== null && Number.isInteger(said.promise) && said.promise >= 1 && said.promise <= maxFacts
  return {
    kind: said.kind,
    evidence,
    ...checked,
    ...(isPromise && said.promise !== null && { promise: said.promise }),
    ...(said.conditional !== null && isPromise && { conditional: said.conditional }),
  }
}

type Checked = Pick<Fact, 'value' | 'confidence' | 'currency'> | undefined
/** Whether a number is written in a text as a whole, whatever separates its parts: 100 is not in F-1001. */
function standsAlone(number: string, text: string): boolean {
  const parts = Array.from(keyOf(number)).join(String.raw`[^\p{L}\p{N}]{0,3}`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${parts}(?![\p{L}\p{N}])`, 'u').test(text.toUpperCase())
}

const keyOf = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')

function checkValue(said: Said, evidence: Evidence, message: MessageToRead, context: ReadingContext, language: string): Checked {
  const value = said.value?.trim() ?? ''
  switch (said.kind) {
    case 'promised_date':
    case 'return_date':
      return checkDay(value, 'future', said.kind === 'return_date' ? 1 : 0, evidence, message, context, language)
    case 'paid_date':
      return checkDay(value, 'past', 0, evidence, message, context, language)
    case 'promised_amount':
    case 'paid_amount':
    case 'disputed_amount':
      return checkAmount(value, said.currency, evidence, context)
    case 'dispute_reason':
      return disputeReasons.some(reason => reason === value) ? { value, confidence: 0.8 } : undefined
    case 'requested_document':
      return documents.includes(value) ? { value, confidence: 0.8 } : undefined
    case 'instalment':
      return checkInstalment(said, value, evidence, message, context, language)
    case 'invoice_number': {
      if (keyOf(value).length < 2 || !standsAlone(value, evidence.text)) return undefined
      const known = context.invoiceNumbers.find(number => keyOf(number) === keyOf(value))
      return { value: known ?? value, confidence: known ? 0.95 : 0.7 }
    }
    case 'stand_in':
    case 'contact_email':
    case 'contact_phone':
    case 'contact_name':
    case 'contact_address':
    case 'po_number':
      break
  }
  return value !== '' && keyOf(evidence.text).includes(keyOf(value)) ? { value, confidence: 0.8 } : undefined
}

function checkDay(
  value: string,
  direction: 'future' | 'past',
  shift: number,
  evidence: Evidence,
  message: MessageToRead,
  context: ReadingContext,
  language: string,
): Checked {
  const day = isoDay(value)
  if (!day) return undefined
  const order = Temporal.PlainDate.compare(day, message.date)
  const today = Temporal.PlainDate.from(message.date)
  if (direction === 'future' ? order < 0 : order > 0) return undefined
  if (Math.abs(today.until(day, { largestUnit: 'months' }).months) > farMonths) return undefined
  const days = findDates(foldText(evidence.text), language).flatMap(({ said }) => resolveDate(said, message.date, direction, context.country) ?? [])
  const own = days.some(found => found.day === day.toString() || (shift > 0 && Temporal.PlainDate.from(found.day).subtract({ days: shift }).equals(day)))
  // Words that the grammar does not know may still name a day; where it knows better, the model's day does not count.
  return { value: day.toString(), confidence: own ? 0.9 : days.length === 0 && /[\p{L}\d]{3}/u.test(evidence.text) ? 0.6 : 0.3 }
}

function isoDay(value: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

const decimal = (value: string): string | undefined => (/^\d{1,12}(?:\.\d{1,4})?$/.test(value) ? value.replace(/^0+(?=\d)/, '') : undefined)
const plain = (value: string): string => (value.includes('.') ? value.replace(/\.?0+$/, '') : value)

function checkAmount(value: string, currency: string | null, evidence: Evidence, context: ReadingContext): Checked {
  const amount = decimal(value)
  if (!amount) return undefined
  const folded = foldText(evidence.text)
  const written = findAmounts(folded).find(found => plain(found.value) === plain(amount))
  const bare = !written && wholeNumbers(folded).includes(plain(amount))
  if (!written && !bare) return undefined
  // A currency that the mail does not write can only be the ledger's.
  const code = written?.currency ?? (currency === context.currency ? currency : undefined)
  return { value: written?.value ?? amount, confidence: written ? 0.9 : 0.6, ...(code && { currency: code }) }
}

/** Numbers without decimals, their thousands grouped or not. */
const wholeNumbers = (text: string): string[] =>
  [...text.matchAll(/(?<![\d.,])\d{1,3}(?:[ .,']\d{3})+(?![.,]?\d)|(?<![\d.,])\d+(?![.,]?\d)/g)].map(([found]) => found.replace(/\D/g, ''))

/** A plan's days count when the mail names them: "monthly from 1 June" gives one day, not twelve. */
function checkInstalment(said: Said, value: string, evidence: Evidence, message: MessageToRead, context: ReadingContext, language: string): Checked {
  const count = said.instalment_count
  const isCount = count !== null && Number.isInteger(count) && count >= 2 && count <= 120
  const amount = checkAmount(value, said.currency, evidence, context)?.value
  const named = findDates(foldText(message.replyText.slice(0, 40_000)), language).flatMap(
    date => resolveDate(date.said, message.date, 'future', context.country)?.day ?? [],
  )
  const dates = [...new Set(said.instalment_dates ?? [])].filter(day => named.includes(day))
  if (!isCount && !amount && dates.length === 0) return undefined
  return { value: { ...(isCount && count !== null && { count }), ...(typeof amount === 'string' && { amount }), dates }, confidence: 0.7 }
}
