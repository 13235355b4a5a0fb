import { lateChargesKind } from '#dunning'
import { defaultPromiseRules, plainWeek, type RiskProblem } from '#ledger'
import type { UnknownVerdict } from '#mail'
import type { Sight, Staff } from '#people'
import type { Db } from '#platform'
import { callBackStopped, callBackUnder } from './autonomy/call-back.ts'
import { decideGrant, type GrantOutcome, type GrantRequest } from './autonomy/grant.ts'
import { type AutonomyRow, autonomyOverview } from './autonomy/overview.ts'
import { reportWrong } from './autonomy/report-wrong.ts'
import { autonomyKind } from './autonomy-kind.ts'
import { type Conversation, composeTemplates, draftMail, type MailChoice, type MailDraft, type MailDraftOutcome } from './compose/draft-mail.ts'
import { type ConversationMove, type MoveOutcome, moveConversation } from './compose/move-conversation.ts'
import { composeMail, type MailToSend } from './compose/send-mail.ts'
import { decide } from './decide.ts'
import { decidePayment, type PaymentOutcome, type PaymentRequest } from './decide-payment.ts'
import type { ProposalRules, ProposalsDeps } from './deps.ts'
import { disputesKind, disputeTypes } from './disputes/disputes-kind.ts'
import { escalateDisputes } from './disputes/escalate-disputes.ts'
import { type HandOver, handOver } from './disputes/hand-over.ts'
import { giveBackEnded } from './dunning/called-back.ts'
import { type EntryFile, entryFile } from './dunning/entry-file.ts'
import { sendDispatches } from './dunning/send-dispatches.ts'
import { decideStepGrant, type EndedStep, readEndedStep, type StepGrantRequest, type StepRow, stepOverview } from './dunning/step-overview.ts'
import { type NotWritten, takeUpDunning } from './dunning/take-up.ts'
import { endPaymentPlan, type PlanEnding } from './end-payment-plan.ts'
import { enter, enterAll } from './entries/enter.ts'
import type { EntryOpening, EntryOutcome, EntryRequest, EntryView, EntryVote } from './entries/entry.ts'
import { openEntry } from './entries/open.ts'
import { type EntryReadiness, readyEntries } from './entries/ready-entries.ts'
import { remindOfEntries } from './entries/remind-entries.ts'
import { entryChannel } from './entries/route-entry.ts'
import { type EntryMailClick, settleEntryMail } from './entries/settle-mail.ts'
import { voteOnEntry } from './entries/vote.ts'
import { whyEntryNotLeave } from './entries/why-not-leave.ts'
import { execute, failAction } from './execute.ts'
import { reopenFiled } from './filing.ts'
import { settleMail } from './follow-mail.ts'
import { closeAnswered, supersedeByOwnAnswer, wakeSnoozed } from './follow-up.ts'
import { followDispute } from './follow-ups/follow-dispute.ts'
import { followUp } from './follow-ups/follow-up.ts'
import { refreshFollowUps } from './follow-ups/refresh-follow-ups.ts'
import { releaseHolds } from './follow-ups/release-holds.ts'
import { createInvoiceCopies } from './invoice-copies.ts'
import { proposeFoundCopies } from './late-mails/found-copies.ts'
import { proposeStandIns } from './late-mails/stand-ins.ts'
import { whyNotLeave } from './outdated-mail.ts'
import { paymentsChanged } from './payments-changed.ts'
import { plan } from './plan.ts'
import type { Problem } from './problem.ts'
import type { DecisionOutcome, DecisionRequest, Plan, ProposalInput, ProposalView } from './proposal.ts'
import { planningDeps, propose } from './propose.ts'
import { type MovedWork, type Reassigning, reassignWork, takeBackReassignment, type WorkToMove, workToMove } from './reassign/reassign.ts'
import { expireUndecided, remindUndecided } from './remind.ts'
import { settleUnknown } from './settle-unknown.ts'
import { type UndoOutcome, undo } from './undo.ts'
import { type Viewing, view } from './view.ts'

export * from './action.ts'
export type { Combination } from './autonomy/combination.ts'
export { type EndedGrant, readEndedGrant } from './autonomy/ended-grant.ts'
export type { AutonomyRow } from './autonomy/overview.ts'
export { minutesEach, type SelfAudit, selfAudit } from './autonomy/self-audit.ts'
export { switchAutonomy } from './autonomy/switch.ts'
export { viewLearned } from './autonomy/view-autonomy.ts'
export { autonomyKind } from './autonomy-kind.ts'
export { forgetCorrection, listCorrections } from './corrections/store-corrections.ts'
export type { PaymentOutcome, PaymentRequest } from './decide-payment.ts'
export { type ProposalRules, type ProposalsConfig, proposalsConfig } from './deps.ts'
export * from './disputes/dispute-figures.ts'
export { disputesKind } from './disputes/disputes-kind.ts'
export { disputeOwners } from './disputes/hand-over.ts'
export { type DisputeView, openDisputes, viewDispute } from './disputes/view-dispute.ts'
export { aloneFigures } from './dunning/alone-figures.ts'
export type { DispatchChannel } from './dunning/dispatch.ts'
export { clearOutboxes, leftInOutbox, type OutboxConfig, outboxFolder } from './dunning/outboxes.ts'
export type { EndedStep, StepRow } from './dunning/step-overview.ts'
export type { EntryOpening, EntryOutcome, EntryProblem, EntryRequest, EntryStatus, EntryView, EntryVote } from './entries/entry.ts'
export type { EntryContent, EntryKind } from './entries/kinds/index.ts'
export { openedKeys, type ShownMasterData, shownMasterData, waitingDebtors } from './entries/shown-before.ts'
export * from './entries/view-entry.ts'
export type { EntryWhy } from './entries/why.ts'
export { type FiledMail, filedSince } from './filing.ts'
export * from './hand-back.ts'
export * from './in-sight.ts'
export * from './jobs.ts'
export { type Problem, problemSchema, problemsOf, problemsOfEntry, readProblems } from './problem.ts'
export * from './proposal.ts'
export type { MovedWork, Reassigning, WorkToMove } from './reassign/reassign.ts'
export { exportDecision } from './replay/export-decision.ts'
export { findReplayed, isEqual, type ReplayedStep, replayDecision } from './replay/replay-decision.ts'
export { resumeProposals } from './resume-proposals.ts'
export type { UndoOutcome } from './undo.ts'
export { versionOf } from './version.ts'
export { type Conversation, composeTemplates, type MailChoice, type MailDraft, type MoveOutcome }

export type Proposals = {
  /** What a reading would come to; changes nothing. */
  plan: (input: ProposalInput, db?: Db) => Promise<Plan>
  /** Stores the proposal of a message, once, and runs its protective actions. */
  propose: (input: ProposalInput) => Promise<{ proposalId: number }>
  decide: (request: DecisionRequest) => Promise<DecisionOutcome>
  /** Takes one person's word on a bank payment, or their vote on somebody else's. */
  decidePayment: (request: PaymentRequest) => Promise<PaymentOutcome>
  /** Takes what a colleague enters about a debtor, within their rights and limits. */
  enter: (request: EntryRequest) => Promise<EntryOutcome>
  /** Takes what one form says of several debtors: all of it or nothing. */
  enterAll: (requests: readonly EntryRequest[], also?: (tx: Db) => Promise<boolean>) => ReturnType<typeof enterAll>
  /** Drafts a mail of a colleague's to a debtor that they see; changes nothing. */
  draftMail: (asked: { staffId: number; debtorId: number; choice: MailChoice }) => Promise<MailDraftOutcome>
  /** Sends a mail that a colleague wrote, within their rights and limits; it waits out the undo window. */
  composeMail: (mail: MailToSend) => Promise<EntryOutcome>
  /** Moves a conversation with its past mails to another debtor, or to none. */
  moveConversation: (move: ConversationMove) => Promise<MoveOutcome>
  /** Opens something to be decided about a debtor, once for one key: it has a card and waits for a person. */
  openEntry: (opening: EntryOpening) => Promise<EntryOutcome>
  /** Takes a person's word on an entry: approval or rejection, a second vote, its withdrawal, or taking back what it did. */
  voteOnEntry: (vote: EntryVote) => Promise<EntryOutcome>
  /** Whether entries that wait could be approved by this person alone, as things stand now; what they write is brought up to date first. */
  readyEntries: (asked: { staffId: number; entryIds: number[] }) => Promise<EntryReadiness[]>
  /** The channel that an entry's card comes to by the routes; undefined where none of them names its debtor. */
  entryChannel: (view: EntryView) => Promise<string | undefined>
  /** Carries one action of an approved proposal out, once. */
  execute: (actionId: number) => Promise<void>
  /** Records that an action will not be done; for a job that is dead. */
  fail: (actionId: number, fault: string) => Promise<void>
  /** Takes one action back: a protective one at any time, another one within its undo window. */
  undo: (actionId: number, staffId: number, surface?: string) => Promise<UndoOutcome>
  /** Follows what a person says of a mail of which it is not known whether it left: it did; send it again (a failed one, too); give it up. */
  settleUnknown: (actionId: number, staffId: number, verdict: UnknownVerdict, surface: string) => Promise<DecisionOutcome>
  /** Why the reply of an action must not leave now: its recipients or its figures do not stand any more; undefined when it may. */
  whyNotLeave: (actionId: number) => Promise<readonly Problem[]>
  /** The same of an entry's mail. */
  whyEntryNotLeave: (entryId: number) => Promise<readonly Problem[]>
  /** Follows what a person says of an entry's mail that failed, or of which it is not known whether it left. */
  settleEntryMail: (click: EntryMailClick, verdict: UnknownVerdict) => Promise<EntryOutcome>
  /** Brings an action up to what became of its mail. */
  settleMail: (outboundMailId: number) => Promise<void>
  /** Closes the proposals that a colleague's own answer made superfluous; returns how many. */
  supersedeByOwnAnswer: (messageId: number) => Promise<number>
  /** Closes the proposal of a mail that a colleague had answered before it was read. */
  closeAnswered: (messageId: number) => Promise<void>
  /** Takes a planned action of dunning up: its mail waits for a decision, its call or task is on somebody's list. */
  takeUpDunning: (actionId: number, problem?: RiskProblem) => Promise<NotWritten | undefined>
  /** Gives back what was to leave alone and may not any more, since its grant or the settings ended it; returns how much. */
  giveBackEnded: () => Promise<number>
  /** Whether anything is decided alone at all, as the settings stand now. */
  decidesAlone: () => boolean
  /** Every step of the settings that wants to leave alone, with what it may now. */
  steps: () => Promise<StepRow[]>
  /** Lets a step do what the settings want it to, or takes that back at once. */
  decideStepGrant: (request: StepGrantRequest) => Promise<GrantOutcome>
  /** What ended a step's grant; undefined while it stands. */
  endedStep: (grantId: number) => Promise<EndedStep | undefined>
  /** The letter of an entry, or what its hand-over would hold, to look at before deciding; undefined where it is neither or out of sight. */
  entryFile: (sight: Sight, entryId: number) => Promise<EntryFile | undefined>
  /** Sends letters, SMS and files for collection whose time to be taken back is over; returns how many left. */
  sendDispatches: () => Promise<number>
  /** Has follow-ups and reminders of these debtors say what is open now. */
  refreshMails: (debtorIds: number[]) => Promise<void>
  /** Opens what is to be followed up: promises that were not kept, payments that did not come, instalments that were missed; returns how many. */
  followUp: () => Promise<number>
  /** Opens the mail that tells a debtor how its dispute ended, or ends the one that waits where that was taken back. */
  followDispute: (disputeId: number) => Promise<void>
  /** How many instalments a payment plan has where nobody says another number. */
  usualInstalments: () => number
  /** Ends a payment plan by a person's word; false when it stands no more or is not theirs to end. */
  endPaymentPlan: (ending: PlanEnding) => Promise<boolean>
  /** Ends the holds of promises that were kept and of payment plans that are over; returns how many. */
  releaseHolds: () => Promise<number>
  /** Has the cards of these debtors show what the bank says now, and stops approved replies that it makes wrong. */
  paymentsChanged: (debtorIds: number[]) => Promise<void>
  view: (proposalId: number, viewing?: Viewing) => Promise<ProposalView | undefined>
  /** Every combination that autonomy can be earned for, with its record and what stands. */
  autonomy: () => Promise<AutonomyRow[]>
  /** Grants Duncan what a record earned, or takes it back at once. */
  decideGrant: (request: GrantRequest) => Promise<GrantOutcome>
  /** Gives back to people what was decided on a grant that ended and has not left; returns how many. */
  callBackUnder: (grantId: number) => Promise<number>
  /** Takes a person's word that what Duncan decided alone was wrong, also after it can be undone. */
  reportWrong: (click: { proposalId: number; staffId: number; surface: string }) => Promise<DecisionOutcome>
  /** Proposes mails whose time came: copies whose files were found, and what was written to somebody who is away, to their stand-in; returns how many. */
  proposeLateMails: () => Promise<number>
  /** Opens the proposal of a mail that was filed without a card, for people to decide; false when it is not filed, or out of sight. */
  reopenFiled: (reopening: { proposalId: number; staffId: number }) => Promise<boolean>
  /** What would be moved from one colleague to another now. */
  workToMove: (asked: Reassigning) => Promise<WorkToMove>
  /** Moves it, and says what, with the id to move it back by. */
  reassignWork: (asked: Reassigning, surface: string) => Promise<{ id: number; moved: MovedWork }>
  /** Moves back what nobody else has by now; undefined when there is nothing (any more) to move back. */
  takeBackReassignment: (id: number, by: Staff, surface: string) => Promise<MovedWork | undefined>
  /** The types that a dispute may be of, as the settings stand now. */
  disputeTypes: () => string[]
  /** Gives an open dispute to a colleague who sees it; false when that cannot be. */
  handDisputeOver: (handing: HandOver) => Promise<boolean>
  /** Does what time makes due: snoozed proposals come back, those that wait too long are told of, or expire, late disputes are told of; returns how many. */
  due: () => Promise<number>
}

/** Without settings: the shipped templates, Monday to Friday, and euros. */
export const shippedRules: ProposalRules = {
  templates: {},
  calendarOf: () => plainWeek,
  calendars: {},
  reporting: { reporting: 'EUR', maxAgeDays: 7 },
  workflows: {},
  lateCharges: lateChargesKind.schema.parse({}),
  promises: defaultPromiseRules,
  disputes: disputesKind.schema.parse({}),
  autonomy: autonomyKind.schema.parse({}),
}

type Needs = Omit<ProposalsDeps, 'findCopy' | 'rules'> & Partial<Pick<ProposalsDeps, 'rules'>>

/** Proposals: from a reading to a decision to what is done about it. */
export function createProposals({ rules = () => shippedRules, ...needs }: Needs): Proposals {
  const deps = { ...needs, rules, findCopy: createInvoiceCopies(needs.config.DUNCAN_INVOICE_COPIES, needs.blobs) }
  return {
    plan: (input, db = deps.client) => plan(db, input, planningDeps(deps)),
    propose: input => propose(deps, input),
    decide: request => decide(deps, request),
    decidePayment: request => decidePayment(deps, request),
    enter: request => enter(deps, request),
    enterAll: (requests, also) => enterAll(deps, requests, also),
    draftMail: asked => draftMail(deps.client, deps, asked),
    composeMail: mail => composeMail(deps, mail),
    moveConversation: move => moveConversation(deps, move),
    openEntry: opening => openEntry(deps, opening),
    voteOnEntry: vote => voteOnEntry(deps, vote),
    readyEntries: ({ staffId, entryIds }) => readyEntries(deps, staffId, entryIds),
    entryChannel: entry => entryChannel(deps.client, deps, entry),
    execute: actionId => execute(deps, actionId),
    fail: (actionId, fault) => failAction(deps, actionId, [{ code: 'job_failed', fault }]),
    undo: (actionId, staffId, surface = 'console') => undo(deps, { actionId, staffId, surface }),
    settleUnknown: (actionId, staffId, verdict, surface) => settleUnknown(deps, { actionId, staffId, surface }, verdict),
    whyNotLeave: actionId => whyNotLeave(deps, actionId),
    whyEntryNotLeave: entryId => whyEntryNotLeave(deps.client, deps, entryId),
    settleEntryMail: (click, verdict) => settleEntryMail(deps, click, verdict),
    settleMail: outboundMailId => settleMail(deps, outboundMailId),
    supersedeByOwnAnswer: messageId => supersedeByOwnAnswer(deps, messageId),
    closeAnswered: messageId => closeAnswered(deps, messageId),
    takeUpDunning: (actionId, problem) => takeUpDunning(deps, actionId, problem),
    entryFile: (sight, entryId) => entryFile(deps, sight, entryId),
    sendDispatches: () => sendDispatches(deps),
    giveBackEnded: async () => (await callBackStopped(deps)) + (await giveBackEnded(deps)),
    decidesAlone: () => deps.rules().autonomy.on,
    steps: () => stepOverview(deps.client, deps),
    decideStepGrant: request => decideStepGrant(deps, request),
    endedStep: grantId => readEndedStep(deps.client, grantId, deps),
    refreshMails: debtorIds => refreshFollowUps(deps, debtorIds),
    followUp: () => followUp(deps),
    followDispute: disputeId => followDispute(deps, disputeId),
    releaseHolds: () => releaseHolds(deps),
    usualInstalments: () => rules().promises.instalments,
    endPaymentPlan: ending => endPaymentPlan(deps, ending),
    paymentsChanged: debtorIds => paymentsChanged(deps, debtorIds),
    view: (proposalId, viewing) => view(deps, proposalId, viewing),
    autonomy: () => autonomyOverview(deps.client, deps),
    decideGrant: request => decideGrant(deps, request),
    callBackUnder: grantId => callBackUnder(deps, grantId),
    reportWrong: click => reportWrong(deps, click),
    proposeLateMails: async () => (await proposeFoundCopies(deps)) + (await proposeStandIns(deps)),
    reopenFiled: reopening => reopenFiled(deps, reopening),
    workToMove: asked => workToMove(deps.client, asked),
    reassignWork: (asked, surface) => reassignWork(deps, asked, surface),
    takeBackReassignment: (id, by, surface) => takeBackReassignment(deps, id, by, surface),
    disputeTypes: () => disputeTypes(deps.rules().disputes),
    handDisputeOver: handing => handOver(deps, handing),
    due: async () =>
      (await wakeSnoozed(deps)) +
      (await expireUndecided(deps)) +
      (await remindUndecided(deps)) +
      (await remindOfEntries(deps)) +
      (await escalateDisputes(deps)),
  }
}
