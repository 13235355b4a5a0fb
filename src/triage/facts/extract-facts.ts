import type { Fact, MessageToRead, Reading, ReadingContext } from '../reading.ts'
import { markText } from './mark-text.ts'
import { readAbsence } from './read-absence.ts'
import { readNamedFields } from './read-named-fields.ts'
import { readPayments } from './read-payments.ts'

/** The facts of a message, each with the literal span it rests on; `intents` settle what words alone leave open. */
export function extractFacts(message: MessageToRead, context: ReadingContext, language: string, intents: Reading['intents']): Fact[] {
  const marked = markText(message, context, language)
  const asserts = (intent: string) => intents.some(found => found.intent === intent && found.confidence >= 0.5)
  const isAbsence = asserts('out_of_office')
  const absence = readAbsence(marked, isAbsence, message.from?.address)
  const payments = readPayments(marked, { promise: asserts('promise_to_pay') && !isAbsence, paid: asserts('payment_made') }, () => false)
  const facts = [...payments, ...absence]
  return [...facts, ...readNamedFields(message, marked.numbers, facts)]
}
