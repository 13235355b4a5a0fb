import { z } from 'zod'
import { byMailKind, chatConfig, chatKind, slackConfig, teamsConfig } from '#chat'
import { alertsKind, creditConfig, creditKind, insuranceKind, matrixKind, scorecardKind } from '#credit'
import { templatesKind } from '#drafting'
import { assignmentKind, dunningKind, experimentsKind, lateChargesKind, workflowsKind } from '#dunning'
import { flowsConfig } from '#flows'
import { administrationsKind, calendarsKind, currenciesKind, exportsKind, paymentsKind, promisesKind } from '#ledger'
import { mailboxesKind, mailConfig, retentionKind } from '#mail'
import { paymentLinksKind, paymentsConfig } from '#payments'
import { peopleConfig, rightsKind, routesKind, staffKind } from '#people'
import { platformConfig, readConfig, readEnvironment } from '#platform'
import { autonomyKind, disputesKind, proposalsConfig } from '#proposals'
import { reportsKind } from '#reports'
import { segmentsKind } from '#search'
import { modulesKind, type SettingsKind } from '#settings'
import { intents, triageConfig } from '#triage'

// Everything that can be set: the variables of the environment, and the kinds of business settings.

export const appConfig = z.object({
  ...platformConfig.shape,
  ...mailConfig.shape,
  ...triageConfig.shape,
  ...proposalsConfig.shape,
  ...flowsConfig.shape,
  ...paymentsConfig.shape,
  ...creditConfig.shape,
  ...peopleConfig.shape,
  ...chatConfig.shape,
  ...slackConfig.shape,
  ...teamsConfig.shape,
  DUNCAN_ADMIN_NAME: z.string().min(1).default('Administrator').describe('Who may sign in on a new installation'),
  DUNCAN_ADMIN_EMAIL: z.email().default('admin@localhost.example').describe('Mail address of that person'),
})
export type AppConfig = z.infer<typeof appConfig>

/** All settings, from the environment and `.env`. Throws `config.invalid` that names each wrong one. */
export const readAppConfig = (env = readEnvironment()): AppConfig => readConfig(appConfig, env)

/** Every kind of business setting, in the order in which their tables are written: what is named stands before what names it. */
export const settingsKinds: SettingsKind[] = [
  modulesKind,
  administrationsKind,
  calendarsKind,
  currenciesKind,
  paymentsKind,
  promisesKind,
  exportsKind,
  mailboxesKind,
  retentionKind,
  segmentsKind,
  staffKind,
  rightsKind,
  routesKind(intents),
  chatKind,
  byMailKind,
  reportsKind,
  templatesKind,
  workflowsKind,
  assignmentKind,
  dunningKind,
  experimentsKind,
  lateChargesKind,
  paymentLinksKind,
  autonomyKind,
  disputesKind,
  creditKind,
  alertsKind,
  matrixKind,
  scorecardKind,
  insuranceKind,
]
