import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** A person answers; the reply holds a greeting and a closing, and leaves only when somebody has written between them. */
export const otherQuestion: Handler = situation => ({
  actions: [{ kind: 'create_task', payload: { title: "Answer the debtor's question" }, evidence: evidenceOf(situation, 'other_question', []) }],
  asksPersonToWrite: true,
})
