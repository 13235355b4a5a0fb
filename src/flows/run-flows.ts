import { alertRaised, type Credit } from '#credit'
import type { ExportSettings, MatchDeps, ReportingRules } from '#ledger'
import { abandonMail, mailReceived, mailSend, mailSettled, type Retention } from '#mail'
import { onlinePaymentChanged, type Payments } from '#payments'
import { type Clock, type Database, type DeadJob, type JobKind, type Log, type Ops, opsRaised, type Queue, sealAudit, startSchedule } from '#platform'
import {
  actionExecute,
  disputeDecided,
  disputeLate,
  entryChanged,
  entryReminder,
  grantEnded,
  type OutboxConfig,
  type Proposals,
  proposalChanged,
  proposalOpened,
  proposalReminder,
  stepEnded,
} from '#proposals'
import { type Reports, reportDeliver, reportTold } from '#reports'
import { refreshStanding } from '#search'
import { applyRetention } from './apply-retention.ts'
import { checkRisks } from './check-risk.ts'
import { completeMasterData, groupDuplicates } from './complete-parties.ts'
import type { FlowsConfig } from './config.ts'
import { creditNight } from './credit-night.ts'
import { importDropped } from './drop-import.ts'
import { type DunningDeps, dunningDay, followAssignment, followChanges, followRisk } from './dunning-day.ts'
import { fetchRates } from './fetch-rates.ts'
import { followAbsences } from './follow-absences.ts'
import { followAlerts } from './follow-alerts.ts'
import { followInsured } from './follow-insurance.ts'
import { followOnlinePayment } from './follow-online-payment.ts'
import { followPayments } from './follow-payments.ts'
import { followPromises } from './follow-promises.ts'
import { handleInboundMail, type InboundDeps, proposeUnreadable } from './inbound-mail.ts'
import {
  absencesFollow,
  alertsDue,
  auditSeal,
  awayAsk,
  bulkRun,
  creditLimits,
  creditParties,
  creditPlace,
  creditSync,
  debtorsAssign,
  decisionsMail,
  digestsPost,
  dunningFollow,
  dunningRun,
  insuranceFollow,
  lateMailsPropose,
  ledgerDrop,
  ledgerWatch,
  messageSettled,
  onlinePaymentsCompare,
  onlinePaymentsFollow,
  paymentsFollow,
  paymentsReview,
  promisesFollow,
  proposalsDue,
  ratesFetch,
  remindersRun,
  reportsDue,
  retentionRun,
  selfAuditTell,
  standingRefresh,
  systemWatch,
} from './jobs.ts'
import type { Posts } from './posts.ts'
import { proposeLimits } from './propose-limits.ts'
import type { ReadDeps } from './read-inbound.ts'
import { createExportSchedule, exportScheduled, ledgerExport } from './scheduled-export.ts'
import { schedulesOf } from './schedules.ts'
import { settleMessage } from './settle-message.ts'
import { takeBureauMail } from './take-bureau-mail.ts'
import { warmUp } from './warm-up.ts'
import { forgetDead, watchDeadJobs } from './watch-dead-jobs.ts'
import { watchLedger } from './watch-ledger.ts'
import { watchSystem } from './watch-system.ts'

export type FlowDeps = {
  database: Database
  queue: Queue
  ops: Ops
  clock: Clock
  log: Log
  config: FlowsConfig & OutboxConfig & { DUNCAN_TIME_ZONE: string; DUNCAN_DISK_FREE_MB: number }
  dataDir: string
  maxLedgerAgeHours: number
  reading: ReadDeps
  proposals: Proposals
  /** How bank payments are matched, and whether exchange rates are fetched, as the settings stand now. */
  matching: () => Promise<MatchDeps>
  fetchesRates: () => Promise<boolean>
  /** How amounts of several currencies are counted together, as the settings stand now. */
  reporting: () => Promise<ReportingRules>
  /** Payments by link. */
  onlinePayments: Pick<Payments, 'follow' | 'tellUnknown'>
  /** The exports of the settings as they stand now. */
  exports: () => Promise<Record<string, ExportSettings>>
  credit: Credit
  /** Places debtors in the decision matrix, after a night or where something changed, and tells of it. */
  followPlaces: (runId?: number) => Promise<void>
  /** What dunning works with, as the settings stand now. */
  dunning: () => Promise<DunningDeps>
  reports: Pick<Reports, 'runDue' | 'deliver' | 'giveUp' | 'settleMail' | 'takeMail'>
  /** How long raw mails are kept, as the settings stand now. */
  retention: () => Promise<Retention>
  markHandled: (messageId: number) => Promise<void>
  /** Takes what colleagues answer when they are asked by mail. */
  takeStaffMail: NonNullable<InboundDeps['takeStaffMail']>
  /** Whether the drop folder is looked at, as the settings stand now; yes when left out. */
  isImportFolderOn?: (() => boolean) | undefined
  posts: Posts
}

/** The stories of one process: `takeUpSettings` after the settings have changed, `stop` at its end. */
export type Flows = { takeUpSettings: () => Promise<void>; stop: () => Promise<void> }

/** Starts every story that Duncan runs by itself in this process. */
export async function runFlows(deps: FlowDeps): Promise<Flows> {
  const {
    database,
    queue,
    ops,
    clock,
    log,
    config,
    dataDir,
    maxLedgerAgeHours,
    reading,
    proposals,
    matching,
    fetchesRates,
    reporting,
    exports,
    credit,
    followPlaces,
    retention,
    markHandled,
    posts,
    isImportFolderOn = () => true,
  } = deps
  const { client } = database
  const inbound: InboundDeps = {
    ...reading,
    proposals,
    takeStaffMail: deps.takeStaffMail,
    takeReportMail: deps.reports.takeMail,
    takeBureauMail: (message, sender) => takeBureauMail({ ...reading, client, clock, log, queue, credit }, message, sender),
  }
  const postNight = async (runId: number) => {
    await followRisk(client, runId)
    await posts.postCreditNight(runId)
    await queue.send(client, creditPlace, { runId }, { key: `${creditPlace.name} ${runId}` })
    await queue.send(client, debtorsAssign, {}, { key: debtorsAssign.name })
    await queue.send(client, insuranceFollow, {}, { key: insuranceFollow.name })
    await queue.send(client, creditParties, {}, { key: creditParties.name })
    await queue.send(client, creditLimits, {}, { key: creditLimits.name })
  }
  const payments = { matching, log, proposals, postPayments: posts.postPayments }

  const workScheduled = (kind: JobKind, run: () => Promise<void>) =>
    queue.work(kind, async () => {
      await run()
      await forgetDead({ client, clock }, kind.name)
    })

  await queue.work(mailReceived, ({ messageId }) => handleInboundMail(inbound, messageId), { concurrency: 2 })
  await queue.work(actionExecute, ({ actionId }) => proposals.execute(actionId), { concurrency: 2 })
  await queue.work(mailSettled, async ({ outboundMailId }) => {
    await proposals.settleMail(outboundMailId)
    await deps.reports.settleMail(outboundMailId)
  })
  await queue.work(proposalOpened, async ({ proposalId }) => void (await posts.postProposal(proposalId)))
  await queue.work(proposalChanged, async ({ proposalId }) => {
    await posts.postProposal(proposalId)
    await settleMessage(client, queue, proposalId)
  })
  await queue.work(proposalReminder, async ({ proposalId, staffId }) => void (await posts.postReminder(proposalId, staffId)))
  await queue.work(entryChanged, async ({ entryId }) => void (await posts.postEntry(entryId)))
  await queue.work(disputeDecided, ({ disputeId }) => proposals.followDispute(disputeId))
  await queue.work(disputeLate, async ({ disputeId, staffId }) => void (await posts.postLateDispute(disputeId, staffId)))
  await queue.work(grantEnded, async ({ grantId }) => {
    await proposals.callBackUnder(grantId)
    await posts.postGrantEnded(grantId)
  })
  await queue.work(stepEnded, async ({ grantId }) => {
    await proposals.giveBackEnded()
    await posts.postStepEnded(grantId)
  })
  await queue.work(entryReminder, async ({ staffId }) => void (await posts.postEntryReminder(staffId)))
  await queue.work(opsRaised, async ({ alertId }) => void (await posts.postOps(alertId)))
  await queue.work(bulkRun, async ({ runId, giveUp }) => void (await posts.runBulk(runId, giveUp)))
  await queue.work(remindersRun, async ({ runId, giveUp }) => void (await posts.runReminders(runId, giveUp)))
  await queue.work(messageSettled, ({ messageId }) => markHandled(messageId))
  await workScheduled(proposalsDue, async () => void (await proposals.due()))
  await workScheduled(alertsDue, () => followAlerts({ client, clock, queue, credit, posts }))
  await workScheduled(absencesFollow, () => followAbsences({ client, queue, clock, timeZone: config.DUNCAN_TIME_ZONE, posts }))
  await workScheduled(awayAsk, async () => void (await posts.askAboutAway()))
  await workScheduled(digestsPost, async () => {
    await posts.postDigests()
    await posts.postLists()
  })
  await workScheduled(selfAuditTell, async () => void (await posts.postSelfAudits()))
  await workScheduled(decisionsMail, async () => void (await posts.askByMail()))
  await workScheduled(auditSeal, async () => {
    while ((await sealAudit(client)) > 0);
  })
  await workScheduled(ledgerWatch, () => watchLedger({ client, clock, ops, maxAgeHours: maxLedgerAgeHours }))
  await workScheduled(ledgerDrop, async () => {
    if (!config.DUNCAN_IMPORT_FOLDER || !isImportFolderOn()) return
    const count = await importDropped({ database, clock, log, dataDir }, ops, config.DUNCAN_IMPORT_FOLDER)
    // What was dropped may be a statement, or the invoice that a payment waits for.
    if (count > 0) {
      await followPayments(payments, { again: true })
      await queue.send(client, debtorsAssign, {}, { key: debtorsAssign.name })
      await queue.send(client, insuranceFollow, {}, { key: insuranceFollow.name })
    }
  })
  await workScheduled(lateMailsPropose, async () => void (await proposals.proposeLateMails()))
  await workScheduled(paymentsFollow, () => followPayments(payments))
  await workScheduled(paymentsReview, () => followPayments(payments, { again: true }))
  await workScheduled(onlinePaymentsFollow, () => deps.onlinePayments.follow())
  await workScheduled(onlinePaymentsCompare, () => deps.onlinePayments.tellUnknown())
  await queue.work(onlinePaymentChanged, async ({ debtorId }) => followOnlinePayment({ ...(await deps.dunning()), proposals }, debtorId))
  await workScheduled(promisesFollow, () => followPromises(payments))
  await workScheduled(dunningRun, async () => {
    const dunning = await deps.dunning()
    await dunningDay(dunning)
    if (dunning.rules.on) await checkRisks({ client, clock, queue, credit, proposals, timeZone: config.DUNCAN_TIME_ZONE })
  })
  await workScheduled(dunningFollow, async () => followChanges(await deps.dunning()))
  await workScheduled(debtorsAssign, async () => void (await followAssignment(await deps.dunning())))
  await workScheduled(standingRefresh, async () => void (await refreshStanding({ client, clock, timeZone: config.DUNCAN_TIME_ZONE })))
  await workScheduled(insuranceFollow, () => followInsured({ client, clock, timeZone: config.DUNCAN_TIME_ZONE }))
  await workScheduled(ratesFetch, async () => {
    if (await fetchesRates()) await fetchRates({ client, clock, log, ops, url: config.DUNCAN_RATES_URL })
  })
  await workScheduled(creditParties, async () => {
    await completeMasterData({ client, proposals })
    await groupDuplicates({ client, proposals })
  })
  await workScheduled(creditLimits, () => proposeLimits({ client, clock, ops, credit, proposals, reporting, timeZone: config.DUNCAN_TIME_ZONE }))
  await queue.work(creditPlace, async ({ runId }) => {
    await followPlaces(runId)
    await forgetDead({ client, clock }, creditPlace.name)
  })
  await queue.work(creditSync, async ({ due, urgent }) => {
    await creditNight({ client, queue, credit, clock, ops, log, postNight }, { due, urgent })
    await forgetDead({ client, clock }, creditSync.name)
  })
  await queue.work(alertRaised, async ({ alertId }) => void (await posts.postAlert(alertId)))
  await queue.work(ledgerExport, async ({ name }) => exportScheduled({ database, clock, log }, ops, name, (await exports())[name]))
  await workScheduled(systemWatch, () => watchSystem({ client, queue, clock, log, ops, dataDir, leastFreeMb: config.DUNCAN_DISK_FREE_MB }))
  await workScheduled(retentionRun, async () => {
    await applyRetention({ database, clock, log, config, retention })
    await posts.forgetOld()
  })
  await workScheduled(reportsDue, async () => void (await deps.reports.runDue()))
  await queue.work(reportDeliver, ({ deliveryId }) => deps.reports.deliver(deliveryId))
  await queue.work(reportTold, async ({ scheduleId, dueAt }) => void (await posts.postReportTrouble(scheduleId, dueAt)))
  await queue.onDead(job => reportDead(job))

  /** A dead job is shown to a person; a mail whose reading died still becomes a card, an action or a reply that died says so on its card. */
  async function reportDead({ kind, payload, problem }: DeadJob): Promise<void> {
    const message = mailReceived.payload.safeParse(payload)
    const action = actionExecute.payload.safeParse(payload)
    if (kind === mailReceived.name && message.success) await proposeUnreadable(inbound, message.data.messageId, problem)
    if (kind === actionExecute.name && action.success) await proposals.fail(action.data.actionId, problem)
    const report = reportDeliver.payload.safeParse(payload)
    if (kind === reportDeliver.name && report.success) await deps.reports.giveUp(report.data.deliveryId)
    const bulk = bulkRun.payload.safeParse(payload)
    if (kind === bulkRun.name && bulk.success) await posts.runBulk(bulk.data.runId, true)
    const reminders = remindersRun.payload.safeParse(payload)
    if (kind === remindersRun.name && reminders.success) await posts.runReminders(reminders.data.runId, true)
    const mail = mailSend.payload.safeParse(payload)
    if (kind === mailSend.name && mail.success) await abandonMail({ client, queue, clock }, mail.data.outboundMailId, problem)
    await watchDeadJobs({ client, ops })
  }

  const schedule = startSchedule(database, clock, log, schedulesOf(queue, config))
  const exportSchedule = createExportSchedule({ database, clock, log, queue, ops, timeZone: config.DUNCAN_TIME_ZONE })
  const takeUpSettings = async () => {
    await exportSchedule.replace(await exports())
    await queue.send(client, insuranceFollow, {}, { key: insuranceFollow.name })
    await queue.send(client, standingRefresh, {}, { key: standingRefresh.name })
  }
  await takeUpSettings()
  const warming = warmUp({ client, clock, log, proposals })
  return {
    takeUpSettings,
    stop: async () => {
      await schedule.stop()
      await exportSchedule.stop()
      await warming
    },
  }
}
