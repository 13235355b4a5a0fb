import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createBlobs, createOps, type Database, fixedClock, type JobKind, silentLog } from '#platform'
import type { Mailbox } from '../../../src/mail/mailbox/mailbox.ts'
import { type OutboundDraft, type ScheduledMail, scheduleMail } from '../../../src/mail/outbox.ts'
import type { SendDeps, SendingAccount } from '../../../src/mail/send.ts'
import type { MailTransport } from '../../../src/mail/transports/transport.ts'
import { createTestDatabase } from '../../support/database.ts'

type Sent = { kind: string; payload: unknown; startAfter: Date | undefined }

/** A Sent folder in memory that can be made unreachable. */
function aSentFolder() {
  const copies: { source: Buffer; sentAt: Date }[] = []
  const state = { copies, isReachable: true, opened: 0, closed: 0 }
  const mailbox: Mailbox = {
    folders: async () => [],
    fetchSince: async function* () {},
    waitForNews: async () => undefined,
    markHandled: async () => undefined,
    fileSent: async (source, sentAt) => void copies.push({ source, sentAt }),
    hasSent: async id => copies.some(({ source }) => source.includes(id)),
    close: async () => void state.closed++,
  }
  const open = async () => {
    if (!state.isReachable) throw new Error('connection refused')
    state.opened++
    return mailbox
  }
  return Object.assign(state, { open })
}

/** Everything that sending needs around it, on a database of its own; jobs are recorded rather than run. */
export async function createOutbox(t: TestContext, transport: MailTransport, account: Partial<SendingAccount> = {}) {
  const database: Database = await createTestDatabase(t)
  const { client } = database
  const folder = mkdtempSync(join(tmpdir(), 'duncan-sending-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const jobs: Sent[] = []
  const queue = {
    send: async (_db: unknown, kind: JobKind, payload: unknown, options?: { startAfter?: Date }) =>
      void jobs.push({ kind: kind.name, payload, startAfter: options?.startAfter }),
  } as SendDeps['queue']
  const sentFolder = aSentFolder()
  const sending: SendingAccount = { fromName: 'Acme Receivables', transport, sentCopy: 'append', selfBcc: false, openMailbox: sentFolder.open, ...account }
  const deps: SendDeps = { client, queue, blobs: createBlobs(folder), clock, log: silentLog, ops: createOps(client, queue), account: () => sending }
  const mailbox = await client.mailbox.create({ data: { key: 'debtors', address: 'debtors@acme.example', kind: 'imap', startAt: new Date(0) } })
  const schedule = (draft: Partial<OutboundDraft> = {}): Promise<ScheduledMail> =>
    client.$transaction(tx => scheduleMail(tx, queue, aDraft({ mailboxId: mailbox.id, sendAfter: clock.now(), ...draft })))
  const row = (id: number) => client.outboundMail.findUniqueOrThrow({ where: { id } })
  const audit = async (id: number) => (await client.auditEntry.findMany({ where: { subject: `mail:${id}` }, orderBy: { id: 'asc' } })).map(({ event }) => event)
  const jobsOf = (kind: string) => jobs.filter(job => job.kind === kind)
  return { database, client, clock, queue, jobs, jobsOf, deps, sending, sentFolder, mailbox, schedule, row, audit }
}

export const aDraft = (draft: Partial<OutboundDraft> & Pick<OutboundDraft, 'mailboxId' | 'sendAfter'>): OutboundDraft => ({
  to: ['ann@debtor.example'],
  subject: 'Re: Invoice 2026-0412',
  text: 'Dear Ann,\n\nThank you for your message.\n',
  ...draft,
})

/** A stored inbound message to answer. */
export async function aMessage(
  client: Database['client'],
  mailboxId: number,
  fields: { internetMessageId?: string; references?: string[]; inReplyTo?: string } = {},
) {
  const thread = await client.thread.create({ data: { mailboxId, subject: 'invoice 2026-0412', lastMessageAt: new Date('2026-03-01T08:00:00Z') } })
  return client.message.create({
    data: {
      mailboxId,
      rawHash: randomUUID(),
      size: 1,
      direction: 'in',
      internetMessageId: '<question@debtor.example>',
      receivedAt: new Date('2026-03-01T08:00:00Z'),
      threadId: thread.id,
      ...fields,
    },
  })
}
