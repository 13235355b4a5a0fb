import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, type DbClient, DuncanError, fromInstant, type Log, type Ops } from '#platform'
import type { Mailbox, OpenMailbox } from './mailbox/mailbox.ts'
import { createMailboxLocks } from './mailbox-lock.ts'
import type { MailboxSettings } from './mailboxes-kind.ts'
import type { ReceiveDeps, ReceivingMailbox } from './receive.ts'
import { syncFolder } from './sync-folder.ts'

/** A mailbox to sync and how to open it. */
export type MailboxConnection = Pick<MailboxSettings, 'key' | 'address' | 'kind'> &
  Partial<Pick<MailboxSettings, 'aliases' | 'startAt' | 'administration' | 'paused'>> & { open: OpenMailbox }

export type MailSyncDeps = Omit<ReceiveDeps, 'client'> & {
  database: Pick<Database, 'client' | 'pool'>
  ops: Ops
  log: Log
  mailboxes: MailboxConnection[]
  /** How long to wait after failures; for tests. */
  waits?: Partial<typeof defaultWaits>
}

export type MailSync = {
  start: () => Promise<void>
  /** Syncs these mailboxes from now on: a connection that is still among them goes on, the others end, new ones begin. */
  replace: (mailboxes: MailboxConnection[]) => Promise<void>
  stop: () => Promise<void>
}

const defaultWaits = {
  firstRetryMilliseconds: 1_000,
  longestRetryMilliseconds: 5 * 60_000,
  /** A refused password is not tried again and again: providers lock accounts for that. */
  refusedMilliseconds: 15 * 60_000,
  /** Whether somebody signed in meanwhile stands in our own database: that costs nobody anything. */
  signedOutMilliseconds: 30_000,
  /** How often to look whether another process gave up a mailbox. */
  takeOverMilliseconds: 10_000,
}

/** Faults that only a person can mend: told at once. The others are told when they do not pass by themselves. */
const needsPerson = new Set([
  'mailbox.auth_failed',
  'mailbox.auth_unsupported',
  'mailbox.token',
  'mailbox.token_refused',
  'mailbox.tls',
  'mailbox.folder_missing',
  'mailbox.maildir_unusable',
  'mailbox.secret_missing',
  'mailbox.ca_unreadable',
  'disk.full',
])
const toldAfterFailures = 3

/** Keeps the mailboxes in sync, each in a loop of its own: one that fails never stops another. One process at a time syncs a mailbox. */
export function createMailSync(deps: MailSyncDeps): MailSync {
  const { database, ops, clock, log, mailboxes } = deps
  const { client } = database
  const receiveDeps: ReceiveDeps = { ...deps, client }
  const waits = { ...defaultWaits, ...deps.waits }
  const locks = createMailboxLocks(database)
  const running = new Map<string, Running>()
  let isStopped = false

  async function keepInSync(connection: MailboxConnection, receiving: ReceivingMailbox, signal: AbortSignal): Promise<void> {
    const mailboxLog = log.child({ mailbox: connection.key })
    let failures = 0
    while (!signal.aborted) {
      try {
        if (!(await locks.take(receiving.id))) {
          await pause(waits.takeOverMilliseconds, signal)
          continue
        }
        await syncUntilLost(connection, receiving, mailboxLog, signal, () => (failures = 0))
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        const fault = asFault(error, mailboxLog)
        mailboxLog.warn({ code: fault.code, failures }, 'the mailbox could not be synced')
        await tell(connection, receiving, fault, failures).catch((problem: unknown) =>
          mailboxLog.error({ err: problem }, 'the failing mailbox could not be noted'),
        )
        await pause(retryDelay(fault, failures, waits), signal)
      }
    }
  }

  async function syncUntilLost(
    connection: MailboxConnection,
    receiving: ReceivingMailbox,
    mailboxLog: Log,
    signal: AbortSignal,
    onSynced: () => void,
  ): Promise<void> {
    const mailbox = await connection.open()
    const close = () => void mailbox.close()
    signal.addEventListener('abort', close, { once: true })
    try {
      while (!signal.aborted) {
        await syncAllFolders(mailbox, receiving, mailboxLog, signal)
        if (signal.aborted) return
        onSynced()
        await client.mailbox.update({ where: { id: receiving.id }, data: { status: 'ok', problem: null, lastSyncAt: fromInstant(clock.now()) } })
        await ops.resolve(alertKey(connection))
        await mailbox.waitForNews(signal)
      }
    } finally {
      signal.removeEventListener('abort', close)
      await mailbox.close()
    }
  }

  async function syncAllFolders(mailbox: Mailbox, receiving: ReceivingMailbox, mailboxLog: Log, signal: AbortSignal): Promise<void> {
    for (const folder of await mailbox.folders()) {
      const { stored, known } = await syncFolder(receiveDeps, receiving, mailbox, folder, signal)
      if (stored + known > 0) mailboxLog.info({ role: folder.role, stored, known }, 'mail received')
    }
  }

  async function tell(connection: MailboxConnection, { id }: ReceivingMailbox, fault: DuncanError, failures: number): Promise<void> {
    await client.mailbox.update({ where: { id }, data: { status: 'failing', problem: fault.message } })
    if (!needsPerson.has(fault.code) && failures < toldAfterFailures) return
    await ops.raise({ key: alertKey(connection), problem: `Mailbox ${connection.key}: ${fault.message}`, remedy: fault.remedy })
  }

  async function end(key: string): Promise<void> {
    const ending = running.get(key)
    running.delete(key)
    ending?.stopping.abort()
    await ending?.loop
  }

  async function replace(wanted: MailboxConnection[]): Promise<void> {
    const changed = [...running.values()].filter(({ connection }) => !wanted.includes(connection))
    // Ended before a new one begins: of one mailbox there is never a second loop.
    await Promise.all(changed.map(({ connection }) => end(connection.key)))
    const keys = wanted.map(({ key }) => key)
    const removed = await client.mailbox.updateManyAndReturn({
      where: { key: { notIn: keys }, status: { not: 'removed' } },
      data: { status: 'removed', problem: null },
    })
    for (const { key } of removed) await ops.resolve(alertKey({ key }))
    for (const connection of wanted) {
      if (isStopped) return
      if (running.has(connection.key)) continue
      const receiving = await registerMailbox(client, connection, fromInstant(clock.now()))
      if (connection.paused) {
        await ops.resolve(alertKey(connection))
        continue
      }
      const stopping = new AbortController()
      running.set(connection.key, { connection, stopping, loop: keepInSync(connection, receiving, stopping.signal) })
    }
  }

  return {
    start: () => replace(mailboxes),
    replace,
    stop: async () => {
      isStopped = true
      await Promise.all([...running.keys()].map(end))
      await locks.close()
    },
  }
}

type Running = { connection: MailboxConnection; stopping: AbortController; loop: Promise<void> }

/** The mailbox's row, made at the first start; its start date is then fixed unless the settings name one. */
export async function registerMailbox(client: DbClient, connection: Omit<MailboxConnection, 'open'>, now: Date): Promise<ReceivingMailbox> {
  const { key, address, aliases = [], kind, startAt, administration, paused } = connection
  const given = { address, kind, status: paused ? 'paused' : 'starting', problem: null, ...(startAt && { startAt: new Date(startAt) }) }
  const row = await client.mailbox.upsert({ where: { key }, create: { startAt: wholeSecond(now), ...given, key }, update: given })
  return { id: row.id, startAt: row.startAt, ownAddresses: new Set([address, ...aliases].map(text => text.toLowerCase())), administration }
}

/** IMAP's internal dates have no milliseconds: a mail of the very second of the first sync is no history. */
const wholeSecond = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 1000) * 1000)

const alertKey = ({ key }: Pick<MailboxConnection, 'key'>): string => `mailbox:${key}`

function asFault(error: unknown, log: Log): DuncanError {
  if (error instanceof DuncanError) return error
  log.error({ err: error }, 'an unexpected fault in the mail sync')
  return new DuncanError(
    'mailbox.unexpected',
    'Duncan met an unexpected fault while it read the mailbox.',
    'See the log for its cause; Duncan tries again by itself.',
    { cause: error },
  )
}

/** Exponential, with full jitter, so that many mailboxes do not come back to one server in step. */
function retryDelay({ code }: DuncanError, failures: number, waits: typeof defaultWaits): number {
  if (code === 'mailbox.auth_failed') return waits.refusedMilliseconds
  if (code === 'mailbox.token') return waits.signedOutMilliseconds
  return Math.random() * Math.min(waits.longestRetryMilliseconds, waits.firstRetryMilliseconds * 2 ** failures)
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> => sleep(milliseconds, undefined, { signal }).catch(() => undefined)
