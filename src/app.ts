import { once } from 'node:events'
import type { Server } from 'node:http'
import express, { type Express } from 'express'
import { createByMail, createConsole, createPlatforms, type Demo } from '#chat'
import { type Flows, messageSettled, openCredit } from '#flows'
import {
  createConnectedMailboxes,
  createMailSync,
  createParser,
  createSignIns,
  type GivenMailbox,
  mailboxesKind,
  type WantedMailbox,
  wantedByCode,
  wantedBySettings,
  watchSignIns,
  workOutbox,
} from '#mail'
import { createSignInLink, ensureStaff, findStaff, listStaff } from '#people'
import { type Clock, DuncanError, healthRoutes, type Log, readEnvironment } from '#platform'
import { createPortal } from '#portal'
import { createProposals } from '#proposals'
import { openChat } from './app/chat.ts'
import type { AppConfig } from './app/config.ts'
import { startFlows } from './app/flows.ts'
import { openGround } from './app/ground.ts'
import { openPayments } from './app/payments.ts'
import { openReading } from './app/reading.ts'
import { openReports } from './app/reports.ts'

// The only place where the parts meet. Read it from top to bottom: each part gets what it needs, nothing more. What a part takes
// many lines to be given stands in a file of its own under app/.

export { type AppConfig, appConfig, readAppConfig, settingsKinds } from './app/config.ts'

/** `mailboxes` stand in for those of the settings. */
export type AppOptions = { config: AppConfig; clock: Clock; log: Log; mailboxes?: GivenMailbox[]; demo?: Demo }
export type App = Awaited<ReturnType<typeof createApp>>

/** Builds Duncan on its database; nothing runs before `start`. */
export async function createApp({ config, clock, log, mailboxes: fixedMailboxes, demo }: AppOptions) {
  const ground = await openGround({ config, clock, log })
  const { database, client, queue, ops, blobs, settings, current, timeZone, publicUrl } = ground

  const parser = createParser(config.DUNCAN_PARSER_THREADS ? { threads: config.DUNCAN_PARSER_THREADS } : {})
  const signIns = createSignIns({ client, secrets: ground.secrets, clock, log })
  const mailboxes = createConnectedMailboxes(log)
  const sync = createMailSync({ database, queue, blobs, parser, ops, clock, log, mailboxes: [] })

  const readMessage = openReading(ground)
  const payments = openPayments(ground)
  const proposals = createProposals({ payLinks: payments, client, queue, clock, blobs, log, config, rules: current.rules })
  const credit = openCredit({ database, clock, log, config, queue, settings })
  const reports = openReports(ground, fixedMailboxes?.[0]?.key)
  const chat = openChat(ground, { proposals, payments, reports, credit })
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
    timeZone,
    ...(demo && { demo }),
  })

  // Behind a proxy of our own network the browser's address stands in its header; only the limits on sign-ins look at it.
  const web = express().disable('x-powered-by').set('trust proxy', 'loopback, linklocal, uniquelocal')
  web.use(healthRoutes({ database, queue, metrics: ground.metrics, metricsToken: config.DUNCAN_METRICS_TOKEN }))
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
    timeZone,
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
    timeZone,
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
    await sync.replace(mailboxes.replace(await wantedMailboxes())) // before the first mail asks how to leave, or a report from where
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
    flows = await startFlows(ground, { proposals, payments, reports, credit, chat, byMail, platforms, mailboxes, parser, readMessage })
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
