import type { AssignmentRules, Workflows } from '#dunning'
import type { Calendars } from '#ledger'
import type { Payments } from '#payments'
import { type SessionRules, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { proposalsInSight } from '#proposals'
import { askAboutAway } from './absences/ask-about-away.ts'
import { type Answering, answerClick } from './answer-click.ts'
import type { DecideDeps } from './approvals/decide.ts'
import type { ProposalsPort } from './approvals/port.ts'
import { postDigests } from './approvals/post-digests.ts'
import { postEntry, postEntryReminder } from './approvals/post-entry.ts'
import { postGrantEnded } from './approvals/post-grant-ended.ts'
import { postHandBack } from './approvals/post-hand-back.ts'
import { postOps } from './approvals/post-ops.ts'
import { postPayments } from './approvals/post-payments.ts'
import { postProposal } from './approvals/post-proposal.ts'
import { postReminder } from './approvals/post-reminder.ts'
import { postSelfAudits } from './approvals/post-self-audits.ts'
import { postStepEnded } from './approvals/post-step-ended.ts'
import type { AskModel } from './assistant/ask-model.ts'
import type { BulkPort } from './bulk/port.ts'
import { runBulk } from './bulk/run-bulk.ts'
import type { Card } from './card.ts'
import type { Click, ClickOutcome } from './click.ts'
import { homeCard } from './commands/home.ts'
import { type RetryJob } from './commands/jobs.ts'
import { followList } from './commands/next-in-list.ts'
import { type Command, type CommandDeps, type CreditPort, runCommand, type SwitchAutonomy } from './commands/registry.ts'
import { type AcceptSegment } from './commands/segments.ts'
import { cardContext } from './context.ts'
import type { MatrixPort } from './credit/matrix/port.ts'
import { postPlacement } from './credit/matrix/post-placement.ts'
import { postAlert, redrawAlert } from './credit/post-alert.ts'
import { postGaps } from './credit/post-gaps.ts'
import { postNight } from './credit/post-night.ts'
import { postReviews } from './credit/post-reviews.ts'
import { postRiskLists } from './credit/post-risk-list.ts'
import { remindOfAlert } from './credit/remind-alert.ts'
import { postLateDispute } from './disputes/post-late-dispute.ts'
import type { SeenStatus } from './platforms/read-statuses.ts'
import type { Post } from './posts.ts'
import { drawReceiptOf } from './reminders/draw-receipt.ts'
import { runReminders } from './reminders/run-reminders.ts'
import type { ReportsPort } from './reports/port.ts'
import { postReportTrouble } from './reports/post-report-trouble.ts'
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
  /** Which debtors are on which, by rules, as the settings stand now. */
  assignment?: () => AssignmentRules
  /** Without it nobody can make a link to pay. */
  payLinks?: Pick<Payments, 'linkFor'>
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
  /** Without it what is done alone can be stopped by the settings only. */
  switchAutonomy?: SwitchAutonomy
  /** Without it there are short figures only. */
  reports?: ReportsPort
  /** Has a run of reminders carried out; without it none are approved together. */
  startReminders?: NonNullable<CommandDeps['startReminders']>
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
  /** Asks who may set covers about colleagues whose status says that they are away. May be called any number of times. */
  askAboutAway: (seen: readonly SeenStatus[]) => Promise<void>
  /** Writes the morning lists that are due now; returns how many. May be called any number of times. */
  postDigests: () => Promise<number>
  /** Tells managers once a week how Duncan judges itself; returns how many. May be called any number of times. */
  postSelfAudits: () => Promise<number>
  /** Tells who granted Duncan something that it ended, and why; returns how many were told. */
  postGrantEnded: (grantId: number) => Promise<number>
  /** Tells the owner of a scheduled report who did not get a run of it. */
  postReportTrouble: (scheduleId: number, dueAt: string) => Promise<Post | undefined>
  /** Tells who let a step of dunning leave alone that it asks again, and why; returns how many were told. */
  postStepEnded: (grantId: number) => Promise<number>
  /** Approves what somebody confirmed on the card of several; `giveUp`: no more than says that nobody came to the rest. */
  runBulk: (runId: number, giveUp?: boolean) => Promise<void>
  /** The same of reminders that somebody approved together. */
  runReminders: (runId: number, giveUp?: boolean) => Promise<void>
  click: (click: Click) => Promise<ClickOutcome>
  command: (command: Command) => Promise<ClickOutcome>
  /** A person's own page. */
  home: (staff: Staff, surface: string) => Promise<Card>
}

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
  const toOne = { ...posting, contextIn, calendars, timeZone, workflows, credit: settings.credit, reportingCurrency: settings.reportingCurrency }
  const redrawn = (alertId: number) => redrawAlert(toOne, alertId)
  const tellOfEntry = async (entryId: number) => {
    await drawReceiptOf(toOne, entryId)
    return postEntry({ ...toOne, redrawAlert: redrawn }, entryId)
  }
  const redraw = async (proposalId: number) => void (await postProposal(posting, proposalId))
  // A proposal that a person may not see is not there for them, whatever id their browser sends.
  const seenBy = (staff: Staff): ProposalsPort => ({
    ...proposals,
    view: async (id, viewing) => ((await proposalsInSight(client, sightOf(staff), [id])).has(id) ? proposals.view(id, viewing) : undefined),
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

  const answering = (click: Click): Answering => ({
    command: commandDeps(click),
    deciding: decideDeps(click),
    posting,
    tellOfEntry,
    receipts: toOne,
    redrawAlert: redrawn,
  })

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
    askAboutAway: seen => askAboutAway(toOne, seen),
    postDigests: () => postDigests(toOne),
    postSelfAudits: () => postSelfAudits(toOne),
    postGrantEnded: grantId => postGrantEnded(toOne, grantId),
    postStepEnded: grantId => postStepEnded(toOne, grantId),
    postReportTrouble: async (id, dueAt) => settings.reports && postReportTrouble({ ...toOne, reports: settings.reports }, id, dueAt),
    runBulk: async (runId, giveUp) => bulks && runBulk({ ...posting, bulks }, runId, giveUp),
    runReminders: (runId, giveUp) => runReminders(toOne, runId, giveUp),
    click: async click => {
      const pressed = { ...click, data: storableMap(click.data), values: storableMap(click.values) }
      return followList(commandDeps(pressed), pressed, await answerClick(answering(pressed), pressed))
    },
    command: command => runCommand(commandDeps(command), { ...command, text: storable(command.text) }),
    home: (staff, of) => homeCard(commandDeps({ staff, surface: of }), staff),
  }
}
