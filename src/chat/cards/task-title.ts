import type { TaskSubject } from '#ledger'
import { oneLine } from './cut.ts'
import { disputeReason } from './dispute-reason.ts'
import type { CardContext } from './proposal-card.ts'
import { stepName } from './step-name.ts'

/** What a task asks for: somebody's own words, or Duncan's in the reader's language. */
export function taskTitle({ title, about }: TaskSubject, { words, format }: Pick<CardContext, 'words' | 'format'>): string {
  const { about: say } = words.tasks
  if (title || !about) return title ?? ''
  switch (about.code) {
    case 'find_address':
      return say.find_address(about.address)
    case 'send_again':
      return (about.refused ? say.mail_refused : say.mail_given_up)(about.address)
    case 'pdf_missing':
      return say.pdf_missing(about.invoices.join(', '))
    case 'po_unassigned':
      return say.po_unassigned(about.poNumber)
    case 'promise_not_open':
      return say.promise_not_open(format.day(about.promisedOn), about.invoices.join(', '))
    case 'statement':
      return about.items === null ? say.statement_stale : say.statement_long(String(about.items))
    case 'dunning_step':
      return say.dunning_step(
        about.problem ? `${say.stepType[about.type]} (${say.riskProblem[about.problem]})` : say.stepType[about.type],
        stepName({ name: about.step, title: about.title }, words),
        oneLine(about.workflow, 60),
      )
    case 'online_payment':
      return say.online_payment[about.what](format.money(about.amount, about.currency))
    case 'dispute_again':
      return say.dispute_again(disputeReason(about.type, words))
    case 'insurance_report':
      return say.insurance_report(oneLine(about.insurer, 40), format.day(about.by), about.invoices.join(', '))
    case 'insurance_hand_over':
      return say.insurance_hand_over(oneLine(about.insurer, 40), format.day(about.by), about.invoices.join(', '))
    case 'insurance_event': {
      const criterion = words.credit.criterion[about.criterion as keyof typeof words.credit.criterion] ?? about.criterion
      return say.insurance_event(oneLine(about.insurer, 40), criterion)
    }
    default:
      return say[about.code]
  }
}
