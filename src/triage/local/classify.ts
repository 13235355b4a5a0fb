import { intents, type MessageToRead, type Reading } from '../reading.ts'
import { judge } from './judge.ts'
import { columnOf, shippedModel, sigmoid } from './model.ts'

export const confidenceFloor = 0.05

/** An automatic answer is an absence far more often than not, whatever words it uses. */
const autoReplyBonus = 2

/**
 * The intents of a message with a calibrated confidence of 0.05 or more, best first. The evidence is the sentence of the
 * reply text that speaks most for the intent, as an exact span; there is none when the subject alone told.
 */
export const classifyIntents = (message: MessageToRead, language: string): Reading['intents'] => {
  if (message.kind === 'bounce') return [{ intent: 'bounce', confidence: 0.99 }]
  const text = message.replyText
  const judged = judge({ subject: message.subject, replyText: text, language }, shippedModel('intents'))
  if (message.kind === 'auto_reply') {
    const absence = judged[columnOf('out_of_office')]
    if (absence !== undefined) absence.confidence = sigmoid(logit(absence.confidence) + autoReplyBonus)
  }
  return judged
    .flatMap(({ confidence, evidence }, column) => {
      const intent = intents[column]
      if (intent === undefined || confidence < confidenceFloor) return []
      if (evidence === undefined) return [{ intent, confidence }]
      return [{ intent, confidence, evidence: { ...evidence, text: text.slice(evidence.start, evidence.end) } }]
    })
    .toSorted((a, b) => b.confidence - a.confidence)
}

const logit = (p: number): number => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6))
