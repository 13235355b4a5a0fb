import type { ByMail, Chat, Platforms } from '#chat'
import type { Credit } from '#credit'
import { assignmentKind, dunningKind, experimentsKind } from '#dunning'
import { createNumberShapes, type FlowDeps, type Flows, followPlaces, readPlacing, runFlows } from '#flows'
import { currenciesKind, exportsKind, paymentsKind } from '#ledger'
import { type ConnectedMailboxes, createSenderCheck, markHandled, type Parser, retentionKind } from '#mail'
import type { Payments } from '#payments'
import type { Proposals } from '#proposals'
import type { Reports } from '#reports'
import type { Ground } from './ground.ts'

type Parts = {
  proposals: Proposals
  payments: Payments
  reports: Reports
  credit: Credit
  chat: Chat
  byMail: ByMail
  platforms: Platforms
  mailboxes: ConnectedMailboxes
  parser: Parser
  readMessage: FlowDeps['reading']['readMessage']
}

/** Starts the stories, each with the settings as they stand when it asks. */
export function startFlows(ground: Ground, parts: Parts): Promise<Flows> {
  const { database, client, queue, ops, blobs, clock, log, config, settings, current } = ground
  const { proposals, chat, byMail, platforms, mailboxes } = parts
  const posts = {
    ...chat,
    askByMail: byMail.ask,
    forgetOld: platforms.forgetOld,
    postLists: platforms.postLists,
    askAboutAway: async () => chat.askAboutAway(await platforms.statuses()),
  }
  return runFlows({
    database,
    queue,
    ops,
    reports: parts.reports,
    clock,
    log,
    config,
    proposals,
    posts,
    dataDir: config.DUNCAN_DATA_DIR,
    maxLedgerAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
    reading: {
      client,
      blobs,
      parser: parts.parser,
      numberShapes: createNumberShapes(client),
      readMessage: parts.readMessage,
      verifySender: createSenderCheck(config),
    },
    isImportFolderOn: () => current.modules().importFolder,
    matching: async () => ({
      client,
      clock,
      rules: await settings.read(paymentsKind),
      calendars: current.rules().calendars,
      promises: current.rules().promises,
    }),
    onlinePayments: parts.payments,
    exports: () => settings.read(exportsKind),
    credit: parts.credit,
    dunning: async () => ({
      database,
      clock,
      log,
      timeZone: ground.timeZone,
      rules: await settings.read(dunningKind),
      assignment: await settings.read(assignmentKind),
      experiments: await settings.read(experimentsKind),
      ops,
      workflows: current.rules().workflows,
      calendars: current.rules().calendars,
      maxLedgerAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
      search: ground.search,
      proposals,
    }),
    followPlaces: runId => followPlaces({ placing: () => readPlacing(ground), settings, proposals, posts: chat }, runId),
    retention: () => settings.read(retentionKind),
    reporting: async () => current.rules().reporting,
    fetchesRates: async () => (await settings.read(currenciesKind)).source === 'ecb',
    markHandled: messageId => markHandled(client, mailboxes.open, messageId),
    takeStaffMail: byMail.take,
  })
}
