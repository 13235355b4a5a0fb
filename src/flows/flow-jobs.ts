import { alertRaised } from '#credit'
import { mailReceived } from '#mail'
import { onlinePaymentChanged } from '#payments'
import { type JobKind, opsRaised } from '#platform'
import {
  actionExecute,
  disputeDecided,
  disputeLate,
  entryChanged,
  entryReminder,
  grantEnded,
  proposalChanged,
  proposalOpened,
  proposalReminder,
  stepEnded,
} from '#proposals'
import { reportJobs } from '#reports'
import * as own from './jobs.ts'
import { ledgerExport } from './scheduled-export.ts'

/** Every kind of job that flows work, their own and those that lower floors ask for. */
export const flowJobs: JobKind[] = [
  ...Object.values(own),
  mailReceived,
  actionExecute,
  proposalOpened,
  proposalChanged,
  proposalReminder,
  entryChanged,
  entryReminder,
  disputeDecided,
  disputeLate,
  grantEnded,
  stepEnded,
  opsRaised,
  ...reportJobs,
  onlinePaymentChanged,
  alertRaised,
  ledgerExport,
]
