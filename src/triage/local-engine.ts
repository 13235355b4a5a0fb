import { factsOf } from './facts/extract-facts.ts'
import { foldText } from './facts/fold-text.ts'
import { markText } from './facts/mark-text.ts'
import { saysAway } from './facts/read-absence.ts'
import { classifyIntents } from './local/classify.ts'
import { detectLanguage } from './local/language.ts'
import { byWeight } from './order-intents.ts'
import { assertedFrom, type Fact, type FactKind, type Intent, type MessageToRead, type Reading, type ReadingContext, type ReadingEngine } from './reading.ts'

/** The embedded engine: no key, no network. Structure first, then a classifier for the intents and grammar for the facts. */
export function createLocalEngine(): ReadingEngine {
  return { name: 'local', read: readLocally }
}

/** More than a person writes, so that a hostile mail cannot keep the engine busy. */
const maxLength = 40_000
/** Enough to know a language by. */
const languageLength = 4000

async function readLocally(message: MessageToRead, context: ReadingContext): Promise<Reading> {
  const short = { ...message, replyText: message.replyText.slice(0, maxLength), subject: message.subject.slice(0, 1000) }
  const language = await detectLanguage(short.replyText.slice(0, languageLength), short.subject)
  const structural = structuralIntents(short)
  // Only quoted text, or a picture: whatever the subject repeats of our own reminder is nobody's word.
  const isSilent = message.kind === 'mail' && short.replyText.trim() === ''
  const intents = structural ?? (isSilent ? [] : classifyIntents(short, language))
  const marked = markText(short, context, language)
  const first = message.kind === 'bounce' ? [] : factsOf(marked, short, intents)
  const weighed = structural ?? weighByFacts(intents, first)
  // What the facts now assert lets more of them count.
  const isMore = weighed.some(
    ({ intent, confidence }) => confidence >= assertedFrom && !intents.some(was => was.intent === intent && was.confidence >= assertedFrom),
  )
  return {
    engine: structural ? 'structure' : 'local',
    language,
    intents: weighed,
    facts: withoutStray(isMore ? factsOf(marked, short, weighed) : first, weighed),
    quarantine: [],
    disagreements: [],
  }
}

/** "He is away until Monday, we pay then" is no absence notice: its last day away is nobody's. */
const withoutStray = (facts: Fact[], intents: Reading['intents']): Fact[] =>
  intents.some(({ intent, confidence }) => intent === 'out_of_office' && confidence >= assertedFrom)
    ? facts
    : facts.filter(({ kind }) => kind !== 'return_date')

/** What the mail's structure settles: an absence notice that mentions payment is still an absence notice. */
function structuralIntents(message: MessageToRead): Reading['intents'] | undefined {
  if (message.kind === 'bounce') return [{ intent: 'bounce', confidence: 0.99 }]
  if (message.kind !== 'auto_reply') return undefined
  const isAway = message.autoReply === 'absence' || saysAway(foldText(`${message.subject}\n${message.replyText}`))
  return isAway ? [{ intent: 'out_of_office', confidence: 0.97 }] : [{ intent: 'acknowledgement', confidence: 0.8 }]
}

/**
 * The rules between facts and intents. A fact of its own grammar speaks for its intent; an intent whose fact is always
 * there when it is meant, and is not, loses some of its confidence.
 * Only a day promised in so many words asserts what the classifier holds unlikely.
 */
const speaksFor: { facts: FactKind[]; intent: Intent; from: number; to: number }[] = [
  { facts: ['promised_date'], intent: 'promise_to_pay', from: 0.1, to: 0.75 },
  { facts: ['paid_date', 'paid_amount'], intent: 'payment_made', from: 0.05, to: 0.75 },
  { facts: ['instalment'], intent: 'payment_plan_request', from: 0.05, to: 0.75 },
  { facts: ['contact_email', 'contact_phone', 'contact_name', 'contact_address'], intent: 'contact_change', from: 0.1, to: 0.7 },
  { facts: ['po_number'], intent: 'po_number', from: 0.15, to: 0.7 },
  { facts: ['dispute_reason'], intent: 'dispute', from: 0.2, to: 0.6 },
  { facts: ['return_date'], intent: 'out_of_office', from: 0.1, to: 0.7 },
]
/** A promise without day, amount or invoice is an intention at best: it stays visible, at most just asserted. */
const barePromise = 0.7
const clearPromise = 0.8
const promisesNothing: readonly Intent[] = ['insolvency_notice', 'out_of_office', 'unrelated']

function weighByFacts(found: Reading['intents'], facts: Fact[]): Reading['intents'] {
  const firm = new Set(facts.filter(({ confidence }) => confidence >= assertedFrom).map(({ kind }) => kind))
  const isPromise = facts.some(({ promise }) => promise !== undefined)
  // A clause that promises payment on a day is a promise, however little of the mail it is; not where nobody pays, or none of ours.
  const isOver = found.some(({ intent, confidence }) => promisesNothing.includes(intent) && confidence >= assertedFrom)
  const clear = isOver ? undefined : facts.find(({ kind, conditional, confidence }) => kind === 'promised_date' && !conditional && confidence >= clearPromise)
  const known = clear && !found.some(({ intent }) => intent === 'promise_to_pay') ? [...found, { intent: 'promise_to_pay' as const, confidence: 0 }] : found
  return known
    .map(item => {
      if (isOver && item.intent === 'promise_to_pay') return item
      const rule = speaksFor.find(({ intent }) => intent === item.intent)
      if (rule?.facts.some(kind => firm.has(kind)) && item.confidence >= rule.from) return { ...item, confidence: Math.max(item.confidence, rule.to) }
      if (item.intent === 'promise_to_pay' && clear) return { ...item, confidence: Math.max(item.confidence, 0.7), evidence: item.evidence ?? clear.evidence }
      if (item.intent === 'promise_to_pay' && !isPromise) return { ...item, confidence: Math.min(item.confidence, barePromise) }
      return item
    })
    .toSorted(byWeight)
}
