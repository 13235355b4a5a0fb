import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import express, { type Express } from 'express'
import { consoleUrl, createAskModel, createByMail, createChat, createConsole, createPlatforms, type Demo, workFigures } from '#chat'
import { changeCell, creditKind, placeDebtor, planCell } from '#credit'
import { assignmentKind, dunningKind, endHold, experimentsKind, heldByDispute, placeHold } from '#dunning'
import {
  bulkRun,
  createNumberShapes,
  type Flows,
  flowJobs,
  followPlaces,
  messageSettled,
  openCredit,
  type ReadDeps,
  readPlacing,
  remindersRun,
  runFlows,
  watchFigures,
} from '#flows'
import { currenciesKind, exportsKind, paymentsKind } from '#ledger'
import {
  createConnectedMailboxes,
  createMailSync,
  createParser,
  createSenderCheck,
  createSignIns,
  type GivenMailbox,
  mailboxesKind,
  markHandled,
  outboxJobs,
  retentionKind,
  type WantedMailbox,
  wantedByCode,
  wantedBySettings,
  watchSignIns,
  workOutbox,
} from '#mail'
import { createMollie, createPayments, payPagesUrl } from '#payments'
import { createSignInLink, ensureStaff, findStaff, fullSight, listStaff } from '#people'
import {
  type Clock,
  connectDatabase,
  createBlobs,
  createMetrics,
  createOps,
  createQueue,
  createSecrets,
  DuncanError,
  healthRoutes,
  type Log,
  readEnvironment,
  retryDeadJob,
} from '#platform'
import { createPortal } from '#portal'
import { createProposals, proposalChanged, switchAutonomy } from '#proposals'
import { createReports, readLogos, reportsKind } from '#reports'
import { acceptSegment, readSearchContext } from '#search'
import { createSettings } from '#settings'
import { createLlmEngine, createLocalEngine, createTriage } from '#triage'
import { type AppConfig, settingsKinds } from './app/config.ts'
import { currentSettings } from './app/current-settings.ts'

// The only place where the parts meet. Read it from top to bottom: each part gets what it needs, nothing more.

export { type AppConfig, appConfig, readAppConfig, settingsKinds } from './app/config.ts'

/** `mailboxes` stand in for those of the settings. */
export type AppOptions = { config: AppConfig; clock: Clock; log: Log; mailboxes?: GivenMailbox[]; demo?: Demo }
export type App = Awaited<ReturnType<typeof createApp>>

/** Builds Duncan on its database; nothing runs before `start`. */
export async function createApp({ config, clock, log, mailboxes: fixedMailboxes, demo }: AppOptions) {
  const database = await connectDatabase(config)
  const { client } = database
  const blobs = createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs'))
  const metrics = createMetrics()
  const jobSeconds = metrics.histogram('duncan_job_seconds', 'How long jobs run, by kind and outcome', ['kind', 'outcome'])
  const jobKinds = [...flowJobs, ...outboxJobs]
  const queue = createQueue(database, log, jobKinds, (kind, outcome, seconds) => jobSeconds.observe({ kind, outcome }, seconds))
  const ops = createOps(client, queue)
  watchFigures(metrics, { client, clock, timeZone: config.DUNCAN_TIME_ZONE, pool: database.pool })

  const parser = createParser(config.DUNCAN_PARSER_THREADS ? { threads: config.DUNCAN_PARSER_THREADS } : {})
  const settings = createSettings({ client, kinds: settingsKinds })
  const current = currentSettings(settings)
  const signIns = createSignIns({ client, secrets: createSecrets(config), clock, log })
  const mailboxes = createConnectedMailboxes(log)
  const sync = createMailSync({ database, queue, blobs, parser, ops, clock, log, mailboxes: [] })

  const llm = config.DUNCAN_LLM_MODEL ? createLlmEngine(config, { client, clock, log }) : undefined
  const local = createLocalEngine()
  const [withModel, alone] = [createTriage({ llm, log, local }), createTriage({ log, local })]
  const readMessage: ReadDeps['readMessage'] = (message, context) => (current.modules().languageModel ? withModel : alone).readMessage(message, context)
  const publicUrl = consoleUrl(config)
  const payments = createPayments({
    client,
    clock,
    log,
    queue,
    secrets: createSecrets(config),
    timeZone: config.DUNCAN_TIME_ZONE,
    base: payPagesUrl(config, publicUrl),
    rules: current.paymentLinks,
    provider: config.DUNCAN_PAYMENT_KEY ? createMollie({ url: config.DUNCAN_PAYMENT_URL, key: config.DUNCAN_PAYMENT_KEY }) : undefined,
    search: db => readSearchContext(db, { sight: fullSight, clock, timeZone: config.DUNCAN_TIME_ZONE }),
    holds: {
      place: (tx, held) => placeHold(tx, { ...held, reason: 'payment_claim' }),
      end: (tx, ids, at) => endHold(tx, { ids }, at),
      disputed: (db, debtorId, invoiceIds) => heldByDispute(db, debtorId, [...invoiceIds, null]),
    },
  })
  const proposals = createProposals({ payLinks: payments, client, queue, clock, blobs, log, config, rules: current.rules })

  const askModel = createAskModel(config, { client, clock, log })
  const credit = openCredit({ database, clock, log, config, queue, settings })
  const placing = () => readPlacing({ client, clock, log, config, settings })
  const reports = createReports({
    database,
    queue,
    blobs,
    ops,
    clock,
    log,
    publicUrl,
    timeZone: config.DUNCAN_TIME_ZONE,
    calendars: () => current.rules().calendars,
    settings: async () => {
      const own = await settings.read(reportsKind)
      return { ...own, mailbox: own.mailbox ?? current.byMail().mailbox ?? fixedMailboxes?.[0]?.key }
    },
    logos: () => readLogos(settings),
    work: staff => workFigures({ client, clock, timeZone: config.DUNCAN_TIME_ZONE }, staff),
  })
  const chat = createChat({
    client,
    clock,
    proposals,
    reports,
    language: config.DUNCAN_CHAT_LANGUAGE,
    timeZone: config.DUNCAN_TIME_ZONE,
    publicUrl,
    sessionRules: config,
    payLinks: payments,
    credit,
    reportingCurrency: () => current.rules().reporting.reporting,
    calendars: () => current.rules().calendars,
    workflows: () => current.rules().workflows,
    assignment: current.assignment,
    bulks: {
      from: () => current.chat().bulk.from,
      startRun: (tx, runId) => queue.send(tx, bulkRun, { runId }),
      redraw: (tx, ids) =>
        queue.sendMany(
          tx,
          proposalChanged,
          ids.map(proposalId => ({ proposalId })),
        ),
    },
    startReminders: (tx, runId) => queue.send(tx, remindersRun, { runId }),
    ...(askModel && { askModel: async sentence => (current.modules().languageModel ? askModel(sentence) : undefined) }),
    retryJob: (job, by) => retryDeadJob({ client, queue, kinds: jobKinds }, job, by),
    acceptSegment: (segment, by) => acceptSegment({ client, settings }, segment, by),
    switchAutonomy: (on, by) => switchAutonomy({ client, settings }, on, by),
    matrix: {
      isOn: async () => (await settings.read(creditKind)).on,
      place: async debtorId => placeDebtor(await placing(), debtorId),
      planCell: change => planCell({ client, settings }, change),
      changeCell: (change, by, base) => changeCell({ client, settings }, change, by, base),
    },
  })
  const console = createConsole({
    client,
    reports,
    proposals,
    url: database.url,
    blobs,
    clock,
    log,
    chat,
    publicUrl,
    people: config,
    timeZone: config.DUNCAN_TIME_ZONE,
    ...(demo && { demo }),
  })

  // Behind a proxy of our own network the browser's address stands in its header; only the limits on sign-ins look at it.
  const web = express().disable('x-powered-by').set('trust proxy', 'loopback, linklocal, uniquelocal')
  web.use(healthRoutes({ database, queue, metrics, metricsToken: config.DUNCAN_METRICS_TOKEN }))
  const platforms = await createPlatforms({
    client,
    url: database.url,
    blobs,
    clock,
    log,
    ops,
    chat,
    config,
    web,
    publicUrl,
    timeZone: config.DUNCAN_TIME_ZONE,
    language: config.DUNCAN_CHAT_LANGUAGE,
    settings: current.chat,
  })
  const byMail = createByMail({
    client,
    clock,
    log,
    ops,
    chat,
    proposals,
    account: mailboxes.account,
    settings: current.byMail,
    calendars: () => current.rules().calendars,
    timeZone: config.DUNCAN_TIME_ZONE,
    publicUrl,
    settleMessage: messageId => queue.send(client, messageSettled, { messageId }),
  })
  web.use(byMail.router)
  const portal = createPortal({
    client,
    clock,
    log,
    payments,
    maxLedgerAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
    providerUrl: config.DUNCAN_PAYMENT_URL,
  })
  web.use('/pay', portal.router)
  web.use((_request, response, next) => {
    if (current.modules().console) next()
    else response.status(404).type('text').send('The console is switched off in the settings (modules.console).')
  })
  web.use(console.router)

  let server: Server | undefined
  let flows: Flows | undefined
  let watch: { stop: () => Promise<void> } | undefined
  let signInWatch: { stop: () => Promise<void> } | undefined

  async function start(): Promise<void> {
    await current.read()
    if ((await listStaff(client)).length === 0) {
      await ensureStaff(client, {
        key: 'admin',
        name: config.DUNCAN_ADMIN_NAME,
        email: config.DUNCAN_ADMIN_EMAIL,
        role: 'admin',
        language: config.DUNCAN_CHAT_LANGUAGE,
      })
    }
    server = await listen(web, config)
    await queue.start()
    await console.start()
    await platforms.start()
    mailboxes.replace(await wantedMailboxes()) // before the first mail asks how to leave
    await workOutbox(queue, {
      client,
      queue,
      blobs,
      clock,
      log,
      ops,
      account: mailboxes.account,
      whyNotLeave: proposals.whyNotLeave,
      whyEntryNotLeave: proposals.whyEntryNotLeave,
    })
    flows = await runFlows({
      database,
      queue,
      ops,
      reports,
      clock,
      log,
      config,
      proposals,
      posts: { ...chat, askByMail: byMail.ask, forgetOld: platforms.forgetOld, postLists: platforms.postLists },
      dataDir: config.DUNCAN_DATA_DIR,
      maxLedgerAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
      reading: { client, blobs, parser, numberShapes: createNumberShapes(client), readMessage, verifySender: createSenderCheck(config) },
      isImportFolderOn: () => current.modules().importFolder,
      matching: async () => ({
        client,
        clock,
        rules: await settings.read(paymentsKind),
        calendars: current.rules().calendars,
        promises: current.rules().promises,
      }),
      onlinePayments: payments,
      exports: () => settings.read(exportsKind),
      credit,
      dunning: async () => ({
        database,
        clock,
        log,
        timeZone: config.DUNCAN_TIME_ZONE,
        rules: await settings.read(dunningKind),
        assignment: await settings.read(assignmentKind),
        experiments: await settings.read(experimentsKind),
        workflows: current.rules().workflows,
        calendars: current.rules().calendars,
        maxLedgerAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
        search: db => readSearchContext(db, { sight: fullSight, clock, timeZone: config.DUNCAN_TIME_ZONE }),
        proposals,
      }),
      followPlaces: runId => followPlaces({ placing, settings, proposals, posts: chat }, runId),
      retention: () => settings.read(retentionKind),
      reporting: async () => current.rules().reporting,
      fetchesRates: async () => (await settings.read(currenciesKind)).source === 'ecb',
      markHandled: messageId => markHandled(client, mailboxes.open, messageId),
      takeStaffMail: byMail.take,
    })
    signInWatch = watchSignIns({
      client,
      clock,
      log,
      ops,
      signIns,
      warningDays: config.DUNCAN_SIGN_IN_WARNING_DAYS,
      mailboxes: async () => (await wantedMailboxes()).map(mailbox => mailbox.settings),
    })
    watch = await settings.watch(takeUpSettings, { onFault: tellOfSettings })
  }

  const wantedMailboxes = async (): Promise<WantedMailbox[]> => {
    const wanted = fixedMailboxes
      ? fixedMailboxes.map(wantedByCode(signIns))
      : Object.entries(await settings.read(mailboxesKind)).map(wantedBySettings(signIns, readEnvironment))
    return current.modules().mailReading ? wanted : wanted.map(mailbox => ({ ...mailbox, paused: true }))
  }

  /** Runs at the start and after every change of the settings. */
  async function takeUpSettings(): Promise<void> {
    await current.read()
    await proposals.giveBackEnded() // what the settings let leave alone before, and do not any more
    await sync.replace(mailboxes.replace(await wantedMailboxes()))
    await flows?.takeUpSettings()
    console.recheck()
    await platforms.rightsChanged()
    await ops.resolve('settings')
  }

  /** This process goes on by the settings that it has, and says so. */
  function tellOfSettings(error: unknown): void {
    log.error({ err: error }, 'changed settings could not be taken up')
    if (!(error instanceof DuncanError)) return
    const alert = { key: 'settings', problem: `Changed settings could not be taken up. ${error.message}`, remedy: error.remedy }
    ops.raise(alert).catch((problem: unknown) => log.error({ err: problem }, 'the settings that fail could not be told of'))
  }

  /** Takes nothing new on, lets running work end, then lets go of the database. */
  async function stop(): Promise<void> {
    await watch?.stop()
    await signInWatch?.stop()
    await sync.stop()
    await flows?.stop()
    await queue.stop()
    await platforms.stop()
    await console.stop()
    server?.close()
    server?.closeAllConnections()
    await parser.close()
    await database.close()
  }

  return {
    database,
    queue,
    proposals,
    payments,
    chat,
    url: publicUrl,
    /** A link that signs one person in, once: by default the first administrator. */
    signInLink: async (key?: string) => {
      const person = key ? await findStaff(client, key) : (await listStaff(client)).find(({ role, active }) => active && role === 'admin')
      if (!person) throw new DuncanError('staff.unknown', `There is nobody called ${key ?? 'administrator'}.`, 'Name a person by the key that imports use.')
      return createSignInLink(client, clock, person.id, publicUrl)
    },
    start,
    stop,
  }
}

async function listen(web: Express, { DUNCAN_HTTP_HOST: host, DUNCAN_HTTP_PORT: port }: AppConfig): Promise<Server> {
  const server = web.listen(port, host)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    throw new DuncanError('http.port', `The console cannot listen on ${host}:${port}.`, 'Another Duncan may run; stop it, or set DUNCAN_HTTP_PORT.', {
      cause: error,
    })
  }
}
