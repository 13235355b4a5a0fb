import type { JobKind, Queue, ScheduledJob } from '#platform'
import type { FlowsConfig } from './config.ts'
import { creditNightSchedule } from './credit-night.ts'
import {
  absencesFollow,
  alertsDue,
  auditSeal,
  awayAsk,
  creditPlace,
  decisionsMail,
  digestsPost,
  dunningFollow,
  dunningRun,
  insuranceFollow,
  lateMailsPropose,
  ledgerDrop,
  ledgerWatch,
  onlinePaymentsCompare,
  onlinePaymentsFollow,
  paymentsFollow,
  paymentsReview,
  promisesFollow,
  proposalsDue,
  ratesFetch,
  reportsDue,
  retentionRun,
  selfAuditTell,
  standingRefresh,
  systemWatch,
} from './jobs.ts'

/** When flows run by themselves. */
export function schedulesOf(queue: Queue, { DUNCAN_TIME_ZONE: timeZone, ...config }: FlowsConfig & { DUNCAN_TIME_ZONE: string }): ScheduledJob[] {
  const every = (kind: JobKind, cron: string): ScheduledJob => ({
    name: kind.name,
    cron,
    timeZone,
    enqueue: tx => queue.send(tx, kind, {}, { key: kind.name }),
  })
  const schedules = [
    every(auditSeal, '*/10 * * * * *'),
    every(proposalsDue, '* * * * *'),
    every(alertsDue, '* * * * *'),
    every(creditPlace, '* * * * *'),
    every(absencesFollow, '* * * * *'),
    // Before the first lists come, and for who falls ill in the morning.
    every(awayAsk, '0 7-11 * * *'),
    every(digestsPost, '* * * * *'),
    every(selfAuditTell, '30 7 * * 1'),
    every(decisionsMail, '* * * * *'),
    every(dunningRun, '* * * * *'),
    every(dunningFollow, '*/10 * * * * *'),
    every(insuranceFollow, '13 * * * *'),
    every(standingRefresh, '*/5 * * * *'),
    every(ledgerWatch, '*/15 * * * *'),
    every(lateMailsPropose, '5-55/10 * * * *'),
    every(systemWatch, '* * * * *'),
    every(retentionRun, '20 3 * * *'),
    every(reportsDue, '* * * * *'),
    every(onlinePaymentsFollow, '*/5 * * * *'),
    every(onlinePaymentsCompare, '50 4 * * *'),
    every(promisesFollow, '30 6 * * *'),
    every(paymentsFollow, '* * * * *'),
    every(paymentsReview, '7 * * * *'),
    every(ratesFetch, '40 * * * *'),
    creditNightSchedule(queue),
  ]
  return config.DUNCAN_IMPORT_FOLDER ? [...schedules, every(ledgerDrop, config.DUNCAN_IMPORT_SCHEDULE)] : schedules
}
