import { addWorkingDays } from '#ledger'
import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Working days within which a question is answered. */
const answer = 2

/** A person answers, by a day that the debtor is told; the text of the answer can be written in the place of that. */
export const otherQuestion: Handler = situation => {
  const dueOn = addWorkingDays(situation.sharedCalendar, situation.today, answer).toString()
  return {
    actions: [{ kind: 'create_task', payload: { about: { code: 'question' }, dueOn }, evidence: evidenceOf(situation, 'other_question', []) }],
    sections: [{ template: 'question_received', slots: { answerDue: dueOn } }],
  }
}
