import { join } from 'node:path'
import { type Clock, createBlobs, createOps, createQueue, openDatabase, silentLog } from '#platform'
import { openMaildirMailbox } from '../../src/mail/mailbox/maildir.ts'
import type { SendDeps, SendStep } from '../../src/mail/send.ts'
import { createSmtpTransport } from '../../src/mail/transports/smtp.ts'
import { outboxJobs, workOutbox } from '../../src/mail/work-outbox.ts'

export type SendingProcess = {
  databaseUrl: string
  smtpPort: number
  /** Holds the blobs and the mailbox's Maildir. */
  folder: string
  sentCopy: 'append' | 'server'
}

/** What a Duncan process needs to send mail, with its real queue: run in the test itself, or in a child that dies on the way. */
export async function startSending(process: SendingProcess, clock: Clock, onStep?: (step: SendStep) => void | Promise<void>) {
  const database = openDatabase(process.databaseUrl, 4)
  const queue = createQueue(database, silentLog, outboxJobs)
  const account = {
    fromName: 'Acme Receivables',
    transport: createSmtpTransport({ host: '127.0.0.1', port: process.smtpPort, tls: 'none' }),
    sentCopy: process.sentCopy,
    selfBcc: false,
    openMailbox: () => openMaildirMailbox({ path: join(process.folder, 'mailbox'), folders: ['INBOX'] }),
  }
  const deps: SendDeps = {
    client: database.client,
    queue,
    blobs: createBlobs(join(process.folder, 'blobs')),
    clock,
    log: silentLog,
    ops: createOps(database.client, { send: async () => undefined }),
    account: () => account,
    onStep,
  }
  await queue.start()
  await workOutbox(queue, deps)
  const stop = async () => {
    await queue.stop()
    await database.close()
  }
  return { deps, queue, stop }
}
