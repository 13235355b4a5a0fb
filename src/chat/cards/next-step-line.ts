import type { NextStep } from '#search'
import type { CardElement } from '../card.ts'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import { disputeReason } from './dispute-reason.ts'
import { stepName } from './step-name.ts'
import { taskTitle } from './task-title.ts'

type Say = { words: Words; format: Format }

/** What comes next for a debtor, or why nothing does: the same line on every card that is about one. */
export const nextStepLine = (next: NextStep | undefined, say: Say, weight: 'normal' | 'strong' = 'normal'): Extract<CardElement, { type: 'text' }>[] =>
  next ? [{ type: 'text', text: say.words.debtorCard.nextIs(nextStepText(next, say)), weight, tone: 'neutral' }] : []

/** The next step of a debtor, or why there is none, as one sentence. */
export function nextStepText(next: NextStep, { words, format }: Say): string {
  const { step, waitReason } = words.debtorCard
  const day = (on: { toString: () => string } | null) => (on ? format.day(on.toString()) : '')
  switch (next.kind) {
    case 'decide':
      return step.decide(String(next.proposalId), format.dateTime(next.since))
    case 'task':
      return step.task(oneLine(taskTitle(next, { words, format }), 160), day(next.dueOn))
    case 'entry':
      return step.entry(words.entries.kind[next.what as keyof typeof words.entries.kind] ?? next.what, format.dateTime(next.since))
    case 'call':
      return step.call(day(next.on))
    case 'under_way':
      return next.following ? step.underWay(stepName(next.step, words), stepName(next.following, words)) : step.lastUnderWay(stepName(next.step, words))
    case 'planned':
      return words.dunning.place.onDay(stepName(next.step, words), day(next.on))
    case 'answer_dispute':
      return step.answer_dispute(disputeReason(next.reason, words), day(next.answerDue))
    case 'ask_about_promise':
      return step.ask_about_promise(day(next.promisedOn))
    case 'chase':
      return step.chase(String(next.items), String(next.daysOverdue))
    case 'wait':
      return step.wait(waitReason[next.reason as keyof typeof waitReason] ?? next.reason, day(next.until))
    case 'nothing_due':
      return step.nothing_due(day(next.nextDue))
    default:
      return step[next.kind]
  }
}
