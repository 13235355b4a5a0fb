import type { Workflows } from '#dunning'
import type { Calendars } from '#ledger'
import { may, type SessionRules, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { proposalsInSight } from '#proposals'
import { type DecideDeps, decide, reportWrong, settleAction } from './approvals/decide.ts'
import { openForm } from './approvals/open-form.ts'
import type { ProposalsPort } from './approvals/port.ts'
import { postDigests } from './approvals/post-digests.ts'
import { postEntry, postEntryReminder } from './approvals/post-entry.ts'
import { postHandBack } from './approvals/post-hand-back.ts'
import { postOps } from './approvals/post-ops.ts'
import { postPayments } from './approvals/post-payments.ts'
import { postProposal } from './approvals/post-proposal.ts'
import { postReminder } from './approvals/post-reminder.ts'
import { postSelfAudits } from './approvals/post-self-audits.ts'
import { settlePaymentClick } from './approvals/settle-payment.ts'
import type { AskModel } from './assistant/ask-model.ts'
import { clickBulk } from './bulk/click-bulk.ts'
import type { BulkPort } from './bulk/port.ts'
import { runBulk } from './bulk/run-bulk.ts'
import { buttonRights, isButtonAction } from './button-rights.ts'
import type { Card } from './card.ts'
import type { Click, ClickOutcome } from './click.ts'
import { actionsAnswer } from './commands/actions.ts'
import { autonomyAnswer, grantClick } from './commands/autonomy.ts'
import { debtorAnswer, inboxAnswer, pickAnswer } from './commands/debtor.ts'
import { editEntry, entriesAnswer, entryAnswer, openEntryForm, saveEntry, voteClick } from './commands/entry.ts'
import { filedAnswer, reopenAnswer } from './commands/filed.ts'
import { findAnswer } from './commands/find.ts'
import { homeCard, keepPreferences, keepTiles, openPreferences, openTiles } from './commands/home.ts'
import { jobsAnswer, type RetryJob, retryJobAnswer } from './commands/jobs.ts'
import { forgetAnswer, learnedAnswer } from './commands/learned.ts'
import { followList, nextAnswer, openInList } from './commands/next-in-list.ts'
import { openNote, saveNote } from './commands/note.ts'
import { paymentAnswer } from './commands/payments.ts'
import { pickingOf } from './commands/pick-debtor.ts'
import { proposalAnswer } from './commands/proposal.ts'
import { type Command, type CommandDeps, type CreditPort, runCommand } from './commands/registry.ts'
import { readReport, reportAnswer } from './commands/report.ts'
import { debtorRiskAnswer, riskAnswer } from './commands/risk.ts'
import { openRiskEntry, saveRiskEntry } from './commands/risk-entry.ts'
import { type AcceptSegment, acceptAnswer, suggestionsAnswer } from './commands/segments.ts'
import { weekAnswer } from './commands/self-audit.ts'
import { endSessionAnswer } from './commands/sessions.ts'
import { readTasks } from './commands/task-list.ts'
import { finishClick, taskAnswer, tasksAnswer } from './commands/tasks.ts'
import { openTone, saveTone } from './commands/tone.ts'
import { debtorWhyAnswer, whyAnswer } from './commands/why.ts'
import { clickMail, isMailButton } from './compose/click-mail.ts'
import { cardContext } from './context.ts'
import { openOption, proposeOption } from './credit/alert-options.ts'
import { alertsAnswer } from './credit/alerts-list.ts'
import { alertAnswer, companyAnswer, creditHistoryAnswer, settleAlert } from './credit/answer-credit.ts'
import { creditStatusAnswer } from './credit/answer-status.ts'
import { clickParty, isPartyAction } from './credit/click-party.ts'
import { clickMatrix, isMatrixAction } from './credit/matrix/click-matrix.ts'
import type { MatrixPort } from './credit/matrix/port.ts'
import { postPlacement } from './credit/matrix/post-placement.ts'
import { postAlert, redrawAlert } from './credit/post-alert.ts'
import { postGaps } from './credit/post-gaps.ts'
import { postNight } from './credit/post-night.ts'
import { postReviews, redrawReview } from './credit/post-reviews.ts'
import { postRiskLists } from './credit/post-risk-list.ts'
import { remindOfAlert } from './credit/remind-alert.ts'
import { tipAnswer } from './credit/tips.ts'
import { clickDispute, isDisputeAction } from './disputes/click-dispute.ts'
import { postLateDispute } from './disputes/post-late-dispute.ts'
import { clickPlan, isPlanAction } from './plans/click-plan.ts'
import type { Post } from './posts.ts'
import { storable, storableMap } from './storable.ts'

export type ChatDeps = {
  client: DbClient
  clock: Clock
  proposals: ProposalsPort
  /** Language of the cards that everybody sees; private answers come in the reader's own. */
  language: string
  /** IANA name; times on cards are in it. */
  timeZone: string
  /** Where people reach the console, for links to it. */
  publicUrl: string
  sessionRules: SessionRules
  /** ISO code; limits of people are in it. */
  reportingCurrency: () => string
  /** On which days people work, as the settings stand now; without it Monday to Friday but public holidays. */
  calendars?: () => Calendars
  /** The dunning workflows that a debtor may be put on, as the settings stand now. */
  workflows?: () => Workflows
  /** Without it nobody is monitored at a credit bureau. */
  credit?: CreditPort
  /** Without it the decision matrix can only be looked at. */
  matrix?: MatrixPort
  /** Without it every proposal has a card of its own. */
  bulks?: BulkPort
  /** Reads sentences by the language model; without it, patterns do. */
  askModel?: AskModel
  /** Without it no job can be run again from chat. */
  retryJob?: RetryJob
  /** Without it no suggested segment can be accepted in chat. */
  acceptSegment?: AcceptSegment
  /** The surface that posts stand on; by default the local console. */
  surface?: string
}

export type Chat = {
  postProposal: (proposalId: number) => Promise<Post | undefined>
  /** Tells one person, and nobody else, that a proposal waits for too long. */
  postReminder: (proposalId: number, staffId: number) => Promise<Post | undefined>
  /** Tells one person, and nobody else, that a debtor was not answered on its dispute in time. */
  postLateDispute: (disputeId: number, staffId: number) => Promise<Post | undefined>
  postOps: (alertId: number) => Promise<Post | undefined>
  /** Draws the card of an administration's payments that wait for a decision. */
  postPayments: (administrationId: number) => Promise<Post | undefined>
  /** Draws the card of what was opened for a decision. */
  postEntry: (entryId: number) => Promise<unknown>
  /** Tells one person what waits for their decision for too long. */
  postEntryReminder: (staffId: number) => Promise<void>
  /** Draws the card of a credit alert. */
  postAlert: (alertId: number) => Promise<Post | undefined>
  /** Draws the cards of a night at the credit bureau, one per administration, and those of companies that a person has to look at. */
  postCreditNight: (runId: number) => Promise<void>
  /** Draws the cards that tell where debtors stand in the matrix, one per administration. */
  postPlacement: (placementId: number) => Promise<void>
  /** Tells those who decide that an alert waits. */
  postAlertReminder: (alertId: number) => Promise<void>
  /** Tells somebody who was away what was decided for them. */
  postHandBack: (absenceId: number) => Promise<Post | undefined>
  /** Writes the morning lists that are due now; returns how many. May be called any number of times. */
  postDigests: () => Promise<number>
  /** Tells managers once a week how Duncan judges itself; returns how many. May be called any number of times. */
  postSelfAudits: () => Promise<number>
  /** Approves what somebody confirmed on the card of several; `giveUp`: no more than says that nobody came to the rest. */
  runBulk: (runId: number, giveUp?: boolean) => Promise<void>
  click: (click: Click) => Promise<ClickOutcome>
  command: (command: Command) => Promise<ClickOutcome>
  /** A person's own page. */
  home: (staff: Staff, surface: string) => Promise<Card>
}

/** The id that a button carries; 0, which no row has, for whatever else somebody's browser sent. */
const idOf = (text: string | undefined): number => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0)

/** Chat without a platform: posts cards, answers clicks and commands. Surfaces draw what it says. */
export function createChat({
  client,
  clock,
  proposals,
  language,
  timeZone,
  surface = 'console',
  calendars = () => ({}),
  workflows = () => ({}),
  bulks,
  ...settings
}: ChatDeps): Chat {
  const contextIn = (of: string) => cardContext(of, timeZone)
  const shared = contextIn(language)
  const posting = { client, clock, surface, proposals, context: shared, bulks }
  const asking = { ...posting, credit: settings.credit }
  const toOne = { ...posting, contextIn, calendars, timeZone, workflows, credit: settings.credit }
  const redrawn = (alertId: number) => redrawAlert(toOne, alertId)
  const tellOfEntry = (entryId: number) => postEntry({ ...toOne, redrawAlert: redrawn }, entryId)
  const redraw = async (proposalId: number) => void (await postProposal(posting, proposalId))
  // A proposal that a person may not see is not there for them, whatever id their browser sends.
  const seenBy = (staff: Staff): ProposalsPort => ({
    ...proposals,
    view: async id => ((await proposalsInSight(client, sightOf(staff), [id])).has(id) ? proposals.view(id) : undefined),
  })
  const depsOf = (staff: Staff) => ({ client, clock, proposals: seenBy(staff), context: contextIn(staff.language), staff })
  const decideDeps = ({ staff }: Click): DecideDeps => ({ ...depsOf(staff), redraw })
  const commandDeps = ({ staff, surface: of }: Pick<Command, 'staff' | 'surface'>): CommandDeps => ({
    ...depsOf(staff),
    ...settings,
    calendars,
    workflows,
    surface: of,
  })

  async function answerClick(pressed: Click): Promise<ClickOutcome> {
    const { words } = cardContext(pressed.staff.language, timeZone)
    if (!isButtonAction(pressed.action)) return { kind: 'refused', message: words.outcome.gone }
    if (!may(pressed.staff, buttonRights[pressed.action])) return { kind: 'refused', message: words.outcome.notAllowed }
    const { action } = pressed
    if (isPartyAction(action)) return clickParty(commandDeps(pressed), id => redrawReview(posting, id), { ...pressed, action }, idOf(pressed.data.debtor))
    if (isDisputeAction(action)) return clickDispute(commandDeps(pressed), tellOfEntry, { ...pressed, action }, idOf(pressed.data.dispute))
    if (isPlanAction(action)) return clickPlan(commandDeps(pressed), tellOfEntry, { ...pressed, action }, idOf(pressed.data.debtor))
    if (isMatrixAction(action)) return clickMatrix(commandDeps(pressed), { ...pressed, action }, idOf(pressed.data.debtor))
    if (isMailButton(action)) return clickMail(commandDeps(pressed), tellOfEntry, { ...pressed, action }, idOf(pressed.data.debtor))
    switch (pressed.action) {
      case 'proposal.edit':
      case 'proposal.reject':
      case 'proposal.snooze':
      case 'proposal.reassign':
      case 'proposal.link':
      case 'action.lift':
        return openForm(decideDeps(pressed), pressed)
      case 'action.undo':
      case 'action.it_left':
      case 'action.send_again':
      case 'action.give_up':
        return settleAction(decideDeps(pressed), pressed)
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
        return settlePaymentClick({ client, proposals, context: contextIn(pressed.staff.language), redraw: id => postPayments(posting, id) }, pressed)
      case 'payment.show':
        return paymentAnswer(commandDeps(pressed), idOf(pressed.data.payment))
      case 'bulk.review':
      case 'bulk.confirm':
      case 'bulk.approve':
      case 'bulk.separate':
      case 'bulk.show':
        return bulks ? clickBulk({ ...posting, bulks, reader: contextIn(pressed.staff.language) }, pressed) : { kind: 'refused', message: words.outcome.gone }
      case 'autonomy.show':
        return autonomyAnswer(commandDeps(pressed))
      case 'autonomy.week':
        return weekAnswer(commandDeps(pressed))
      case 'autonomy.grant':
      case 'autonomy.revoke':
        return grantClick(commandDeps(pressed), pressed)
      case 'autonomy.wrong':
        return reportWrong(decideDeps(pressed), pressed)
      case 'correction.list':
        return learnedAnswer(commandDeps(pressed))
      case 'correction.forget':
        return forgetAnswer(commandDeps(pressed), idOf(pressed.data.correction))
      case 'proposal.why':
        return whyAnswer(commandDeps(pressed), pressed.data.proposal ?? '')
      case 'proposal.show':
        return pressed.data.list === undefined
          ? proposalAnswer(commandDeps(pressed), idOf(pressed.data.proposal))
          : openInList(commandDeps(pressed), pressed.staff, pressed.data.list, idOf(pressed.data.proposal))
      case 'actions.show': {
        const asked = { list: pressed.data.list ?? '', page: Math.trunc(Number(pressed.data.page)) || 0 }
        return actionsAnswer(commandDeps(pressed), asked, pressed.staff)
      }
      case 'actions.next':
        return nextAnswer(commandDeps(pressed), pressed.staff, pressed.data.list ?? '', idOf(pressed.data.proposal))
      case 'debtor.show':
        return debtorAnswer(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'debtor.inbox':
        return inboxAnswer(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'debtor.why':
        return debtorWhyAnswer(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'debtor.pick':
        return pickAnswer(commandDeps(pressed), pickingOf(pressed.data))
      case 'filed.show':
        return filedAnswer(commandDeps(pressed), idOf(pressed.data.page))
      case 'filed.reopen':
        return reopenAnswer(commandDeps(pressed), idOf(pressed.data.proposal))
      case 'tone.open':
        return openTone(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'tone.save':
        return saveTone(commandDeps(pressed), idOf(pressed.data.debtor), pressed)
      case 'note.open':
        return openNote(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'note.save':
        return saveNote(commandDeps(pressed), idOf(pressed.data.debtor), pressed)
      case 'entry.promise':
        return openEntryForm(commandDeps(pressed), 'promise', idOf(pressed.data.debtor))
      case 'entry.dispute':
        return openEntryForm(commandDeps(pressed), 'dispute', idOf(pressed.data.debtor))
      case 'entry.hold':
        return openEntryForm(commandDeps(pressed), 'hold', idOf(pressed.data.debtor))
      case 'entry.credit_limit':
        return openRiskEntry(commandDeps(pressed), 'credit_limit', idOf(pressed.data.debtor))
      case 'entry.workflow':
        return openRiskEntry(commandDeps(pressed), 'workflow', idOf(pressed.data.debtor))
      case 'entry.save_risk':
        return saveRiskEntry(commandDeps(pressed), tellOfEntry, pressed)
      case 'entry.save':
        return saveEntry(commandDeps(pressed), tellOfEntry, pressed)
      case 'entry.list':
        return entriesAnswer(commandDeps(pressed))
      case 'entry.show':
        return entryAnswer(commandDeps(pressed), idOf(pressed.data.entry))
      case 'entry.second_vote':
      case 'entry.withdraw':
      case 'entry.undo':
      case 'entry.approve':
      case 'entry.approve_risk':
      case 'entry.approve_edited':
      case 'entry.reject':
      case 'entry.reject_risk':
      case 'entry.withdraw_risk':
      case 'entry.undo_risk':
        return voteClick(commandDeps(pressed), tellOfEntry, pressed)
      case 'entry.edit':
      case 'entry.edit_risk':
        return editEntry(commandDeps(pressed), idOf(pressed.data.entry))
      case 'task.list':
        return tasksAnswer(commandDeps(pressed), readTasks((pressed.data.list ?? '').split(' ')), idOf(pressed.data.page))
      case 'task.show':
        return taskAnswer(commandDeps(pressed), idOf(pressed.data.task), pressed.data.list ?? '')
      case 'task.done':
      case 'task.no_answer':
        return finishClick(commandDeps(pressed), idOf(pressed.data.task), pressed)
      case 'report.show':
        return reportAnswer(commandDeps(pressed), readReport((pressed.data.asked ?? '').split(' ')))
      case 'risk.show':
        return riskAnswer(commandDeps(pressed), {
          whose: pressed.data.whose === 'mine' ? 'mine' : 'team',
          query: pressed.data.query ?? '',
          page: idOf(pressed.data.page),
        })
      case 'alert.show':
        return alertAnswer(commandDeps(pressed), idOf(pressed.data.alert), pressed.data.debtor === undefined ? undefined : idOf(pressed.data.debtor))
      case 'alert.list':
        return alertsAnswer(commandDeps(pressed), idOf(pressed.data.page))
      case 'alert.acknowledge':
        return settleAlert(commandDeps(pressed), redrawn, 'acknowledge', idOf(pressed.data.alert))
      case 'alert.snooze':
        return settleAlert(commandDeps(pressed), redrawn, 'snooze', idOf(pressed.data.alert))
      case 'alert.limit':
      case 'alert.workflow': {
        const option = pressed.action === 'alert.limit' ? 'credit_limit' : 'workflow'
        return openOption(commandDeps(pressed), option, { alertId: idOf(pressed.data.alert), debtorId: idOf(pressed.data.debtor) })
      }
      case 'alert.propose':
        return proposeOption(commandDeps(pressed), redrawn, pressed)
      case 'credit.history':
        return creditHistoryAnswer(commandDeps(pressed), {
          debtorId: idOf(pressed.data.debtor),
          criterion: pressed.data.criterion,
          page: idOf(pressed.data.page),
        })
      case 'credit.company':
        return companyAnswer(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'credit.status':
        return creditStatusAnswer(commandDeps(pressed))
      case 'tip.show':
        return tipAnswer(commandDeps(pressed), idOf(pressed.data.place))
      case 'risk.debtor':
        return debtorRiskAnswer(commandDeps(pressed), idOf(pressed.data.debtor))
      case 'find.show':
        return findAnswer(commandDeps(pressed), { query: pressed.data.query ?? '', page: idOf(pressed.data.page) })
      case 'segment.suggest':
        return suggestionsAnswer(commandDeps(pressed))
      case 'segment.accept':
        return acceptAnswer(commandDeps(pressed), pressed.data)
      case 'home.settings':
        return openPreferences(commandDeps(pressed), pressed.staff)
      case 'home.tiles':
        return openTiles(commandDeps(pressed), pressed.staff)
      case 'home.tiles_save':
        return keepTiles(commandDeps(pressed), pressed)
      case 'home.save':
        return keepPreferences(commandDeps(pressed), pressed)
      case 'jobs.show':
        return jobsAnswer(commandDeps(pressed))
      case 'job.retry':
        return retryJobAnswer(commandDeps(pressed), pressed.data.job ?? '')
      case 'session.end':
        return endSessionAnswer(commandDeps(pressed), { staffId: idOf(pressed.data.staff), sessionId: idOf(pressed.data.session) })
      default:
        return decide(decideDeps(pressed), pressed)
    }
  }

  return {
    postProposal: id => postProposal(posting, id),
    postReminder: (id, staffId) => postReminder(toOne, id, staffId),
    postLateDispute: (id, staffId) => postLateDispute(toOne, id, staffId),
    postOps: id => postOps(posting, id),
    postPayments: id => postPayments(posting, id),
    postEntry: tellOfEntry,
    postEntryReminder: staffId => postEntryReminder(toOne, staffId),
    postAlert: id => postAlert(toOne, id),
    postAlertReminder: id => remindOfAlert(toOne, id),
    postPlacement: id => postPlacement(posting, id, settings.reportingCurrency()),
    postCreditNight: async id => {
      await postNight(toOne, id)
      await postReviews(asking)
      await postGaps(asking)
      await postRiskLists(asking)
    },
    postHandBack: id => postHandBack(toOne, id),
    postDigests: () => postDigests(toOne),
    postSelfAudits: () => postSelfAudits(toOne),
    runBulk: async (runId, giveUp) => bulks && runBulk({ ...posting, bulks }, runId, giveUp),
    click: async click => {
      const pressed = { ...click, data: storableMap(click.data), values: storableMap(click.values) }
      return followList(commandDeps(pressed), pressed, await answerClick(pressed))
    },
    command: command => runCommand(commandDeps(command), { ...command, text: storable(command.text) }),
    home: (staff, of) => homeCard(commandDeps({ staff, surface: of }), staff),
  }
}
