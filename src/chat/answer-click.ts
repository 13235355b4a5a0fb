import { may } from '#people'
import { clickAway, isAwayAction } from './absences/click-away.ts'
import { type DecideDeps, decide, reportWrong, settleAction } from './approvals/decide.ts'
import { openForm } from './approvals/open-form.ts'
import type { ProposalsPort } from './approvals/port.ts'
import { postPayments } from './approvals/post-payments.ts'
import type { PostProposalDeps } from './approvals/post-proposal.ts'
import { settlePaymentClick } from './approvals/settle-payment.ts'
import { clickBulk } from './bulk/click-bulk.ts'
import { buttonRights, isButtonAction } from './button-rights.ts'
import { type Click, type ClickOutcome, idOf } from './click.ts'
import { actionsAnswer } from './commands/actions.ts'
import { autonomyAnswer, grantClick } from './commands/autonomy.ts'
import { stepGrantClick, switchAnswer } from './commands/autonomy-steps.ts'
import { clickEntry, isEntryAction } from './commands/click-entry.ts'
import { debtorAnswer, inboxAnswer, pickAnswer } from './commands/debtor.ts'
import type { PostEntry } from './commands/entry.ts'
import { filedAnswer, reopenAnswer } from './commands/filed.ts'
import { findAnswer } from './commands/find.ts'
import { keepPreferences, keepTiles, openPreferences, openTiles } from './commands/home.ts'
import { jobsAnswer, retryJobAnswer } from './commands/jobs.ts'
import { forgetAnswer, learnedAnswer } from './commands/learned.ts'
import { nextAnswer, openedItem, openInList } from './commands/next-in-list.ts'
import { openNote, saveNote } from './commands/note.ts'
import { paymentAnswer } from './commands/payments.ts'
import { pickingOf } from './commands/pick-debtor.ts'
import { proposalAnswer } from './commands/proposal.ts'
import { type CommandDeps } from './commands/registry.ts'
import { readReport, reportAnswer } from './commands/report.ts'
import { acceptAnswer, suggestionsAnswer } from './commands/segments.ts'
import { weekAnswer } from './commands/self-audit.ts'
import { endSessionAnswer } from './commands/sessions.ts'
import { readTasks } from './commands/task-list.ts'
import { finishClick, taskAnswer, tasksAnswer } from './commands/tasks.ts'
import { openTone, saveTone } from './commands/tone.ts'
import { debtorWhyAnswer, whyAnswer } from './commands/why.ts'
import { clickMail, isMailButton } from './compose/click-mail.ts'
import { clickCredit, isCreditAction } from './credit/click-credit.ts'
import { clickParty, isPartyAction } from './credit/click-party.ts'
import { clickMatrix, isMatrixAction } from './credit/matrix/click-matrix.ts'
import { redrawReview } from './credit/post-reviews.ts'
import { clickDispute, isDisputeAction } from './disputes/click-dispute.ts'
import { clickGroup, isGroupAction } from './groups/click-group.ts'
import { clickPayLink, isPayLinkAction } from './pay-links/pay-links.ts'
import { clickPlan, isPlanAction } from './plans/click-plan.ts'
import { clickReassign, isReassignAction } from './reassign/reassign.ts'
import { clickReminders, isRemindersAction } from './reminders/click-reminders.ts'
import type { ReceiptDeps } from './reminders/draw-receipt.ts'
import { clickReports, isReportsAction } from './reports/click-reports.ts'
import { readResultsAsked, resultsAnswer } from './results/results-command.ts'
import { testsAnswer } from './results/tests-answer.ts'
import { clickWorkflow, isWorkflowAction } from './workflows/click-workflow.ts'
import { callAnswer } from './worklist/call-answer.ts'
import { clickCall, isCallAction } from './worklist/click-call.ts'
import { readItem } from './worklist/work-item.ts'

/** What answers a click: the deps of commands and of decisions for the one who clicked, and how shared cards are drawn anew. */
export type Answering = {
  command: CommandDeps
  deciding: DecideDeps
  posting: PostProposalDeps & { proposals: ProposalsPort }
  tellOfEntry: PostEntry
  receipts: ReceiptDeps
  redrawAlert: (alertId: number) => Promise<unknown>
}

/** Takes a button by its right, and hands it to the part whose it is. */
export async function answerClick(answering: Answering, pressed: Click): Promise<ClickOutcome> {
  const { command, deciding, posting, tellOfEntry } = answering
  const { action, data } = pressed
  const { words } = command.context
  if (!isButtonAction(action)) return { kind: 'refused', message: words.outcome.gone }
  if (!may(pressed.staff, buttonRights[action])) return { kind: 'refused', message: words.outcome.notAllowed }
  const opened = openedItem(action, data)
  if (opened) return openInList(command, pressed.staff, data.list ?? '', opened)
  if (isPartyAction(action)) return clickParty(command, id => redrawReview(posting, id), { ...pressed, action }, idOf(data.debtor))
  if (isDisputeAction(action)) return clickDispute(command, tellOfEntry, { ...pressed, action }, idOf(data.dispute))
  if (isGroupAction(action)) return clickGroup(command, { ...pressed, action })
  if (isPlanAction(action)) return clickPlan(command, tellOfEntry, { ...pressed, action }, idOf(data.debtor))
  if (isWorkflowAction(action)) return clickWorkflow(command, tellOfEntry, { ...pressed, action }, idOf(data.debtor))
  if (isMatrixAction(action)) return clickMatrix(command, { ...pressed, action }, idOf(data.debtor))
  if (isMailButton(action)) return clickMail(command, tellOfEntry, { ...pressed, action }, idOf(data.debtor))
  if (isEntryAction(action)) return clickEntry(command, tellOfEntry, { ...pressed, action })
  if (isPayLinkAction(action)) return clickPayLink(command, { ...pressed, action })
  if (isAwayAction(action)) return clickAway({ ...command, asking: answering.receipts }, { ...pressed, action })
  if (isReassignAction(action)) return clickReassign(command, { ...pressed, action })
  if (isRemindersAction(action)) return clickReminders(command, answering.receipts, { ...pressed, action })
  if (isReportsAction(action)) return clickReports(command, { ...pressed, action })
  if (isCallAction(action)) return clickCall(command, tellOfEntry, { ...pressed, action })
  if (isCreditAction(action)) return clickCredit(command, answering.redrawAlert, { ...pressed, action })
  switch (action) {
    case 'proposal.edit':
    case 'proposal.reject':
    case 'proposal.snooze':
    case 'proposal.reassign':
    case 'proposal.link':
    case 'action.lift':
      return openForm(deciding, pressed)
    case 'action.undo':
    case 'action.it_left':
    case 'action.send_again':
    case 'action.give_up':
      return settleAction(deciding, pressed)
    case 'payment.allocate':
    case 'payment.pay_invoices':
    case 'payment.leave':
    case 'payment.not_ours':
    case 'payment.returned':
    case 'payment.take_back':
    case 'payment.same':
    case 'payment.another':
    case 'payment.second_vote':
    case 'payment.withdraw':
      return settlePaymentClick(
        { client: command.client, proposals: deciding.proposals, context: command.context, redraw: id => postPayments(posting, id) },
        pressed,
      )
    case 'payment.show':
      return paymentAnswer(command, idOf(data.payment))
    case 'bulk.review':
    case 'bulk.confirm':
    case 'bulk.approve':
    case 'bulk.separate':
    case 'bulk.show':
      return posting.bulks
        ? clickBulk({ ...posting, bulks: posting.bulks, reader: command.context }, pressed)
        : { kind: 'refused', message: words.outcome.gone }
    case 'autonomy.show':
      return autonomyAnswer(command)
    case 'autonomy.week':
      return weekAnswer(command)
    case 'autonomy.grant':
    case 'autonomy.revoke':
      return grantClick(command, pressed)
    case 'autonomy.stop':
    case 'autonomy.start':
      return switchAnswer(command, action === 'autonomy.start')
    case 'step.grant':
    case 'step.revoke':
      return stepGrantClick(command, pressed)
    case 'autonomy.wrong':
      return reportWrong(deciding, pressed)
    case 'correction.list':
      return learnedAnswer(command)
    case 'correction.forget':
      return forgetAnswer(command, idOf(data.correction))
    case 'proposal.why':
      return whyAnswer(command, data.proposal ?? '')
    case 'proposal.show':
      return proposalAnswer(command, idOf(data.proposal))
    case 'call.show':
      return callAnswer(command, idOf(data.call))
    case 'actions.show': {
      const asked = { list: data.list ?? '', page: Math.trunc(Number(data.page)) || 0 }
      return actionsAnswer(command, asked, pressed.staff)
    }
    case 'actions.next': {
      const item = readItem(data.item)
      return item ? nextAnswer(command, pressed.staff, data.list ?? '', item) : { kind: 'refused', message: words.outcome.gone }
    }
    case 'debtor.show':
      return debtorAnswer(command, idOf(data.debtor))
    case 'debtor.inbox':
      return inboxAnswer(command, idOf(data.debtor))
    case 'debtor.why':
      return debtorWhyAnswer(command, idOf(data.debtor))
    case 'debtor.pick':
      return pickAnswer(command, pickingOf(data))
    case 'filed.show':
      return filedAnswer(command, idOf(data.page))
    case 'filed.reopen':
      return reopenAnswer(command, idOf(data.proposal))
    case 'tone.open':
      return openTone(command, idOf(data.debtor))
    case 'tone.save':
      return saveTone(command, idOf(data.debtor), pressed)
    case 'note.open':
      return openNote(command, idOf(data.debtor))
    case 'note.save':
      return saveNote(command, idOf(data.debtor), pressed)
    case 'task.list':
      return tasksAnswer(command, readTasks((data.list ?? '').split(' ')), idOf(data.page))
    case 'task.show':
      return taskAnswer(command, idOf(data.task), data.list ?? '')
    case 'task.done':
    case 'task.no_answer':
      return finishClick(command, idOf(data.task), pressed)
    case 'report.show':
      return reportAnswer(command, readReport((data.asked ?? '').split(' ')))
    case 'results.show':
      return resultsAnswer(command, readResultsAsked(data.asked ?? '', command.context.words))
    case 'results.tests':
      return testsAnswer(command)
    case 'find.show':
      return findAnswer(command, { query: data.query ?? '', page: idOf(data.page) })
    case 'segment.suggest':
      return suggestionsAnswer(command)
    case 'segment.accept':
      return acceptAnswer(command, data)
    case 'home.settings':
      return openPreferences(command, pressed.staff)
    case 'home.tiles':
      return openTiles(command, pressed.staff)
    case 'home.tiles_save':
      return keepTiles(command, pressed)
    case 'home.save':
      return keepPreferences(command, pressed)
    case 'jobs.show':
      return jobsAnswer(command)
    case 'job.retry':
      return retryJobAnswer(command, data.job ?? '')
    case 'session.end':
      return endSessionAnswer(command, { staffId: idOf(data.staff), sessionId: idOf(data.session) })
    default:
      return decide(deciding, pressed)
  }
}
