import { type DisputeReason, disputeReasons } from '../reading.ts'
import type { TextToClassify } from './features.ts'
import { judge } from './judge.ts'
import { shippedModel } from './model.ts'
import type { Span } from './text.ts'

export type HeldReason = { reason: DisputeReason; score: number; confidence: number; evidence: Span | undefined }

/** What the classifier holds of each reason to dispute, for a mail that is known to dispute; the evidence is a sentence of the reply. */
export const classifyDispute = (text: TextToClassify): HeldReason[] =>
  judge(text, shippedModel('reasons')).flatMap((judged, column) => {
    const reason = disputeReasons[column]
    return reason === undefined ? [] : [{ reason, ...judged }]
  })
