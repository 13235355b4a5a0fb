import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createMailSync, createParser, type MailboxConnection, mailReceived, openMaildirMailbox } from '#mail'
import { createBlobs, createOps, createQueue, DuncanError, opsRaised, silentLog, systemClock } from '#platform'
import { eventually } from '../support/app.ts'
import { createTestDatabase } from '../support/database.ts'
import { aMail, deliver, temporaryFolder } from '../support/maildir.ts'

const waits = { firstRetryMilliseconds: 5, longestRetryMilliseconds: 10, refusedMilliseconds: 10, takeOverMilliseconds: 10 }

async function startSync(t: TestContext, first: (folder: string) => MailboxConnection[]) {
  const stops: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const stop of stops.toReversed()) await stop()
  })
  const database = await createTestDatabase(t)
  const queue = createQueue(database, silentLog, [mailReceived, opsRaised])
  await queue.start()
  stops.push(() => queue.stop())
  const folder = temporaryFolder(t)
  const parser = createParser({ threads: 1 })
  stops.push(() => parser.close())
  const ops = createOps(database.client, queue)
  const blobs = createBlobs(join(folder, 'blobs'))
  const sync = createMailSync({ database, queue, blobs, parser, ops, clock: systemClock, log: silentLog, mailboxes: first(folder), waits })
  await sync.start()
  stops.push(() => sync.stop())
  const { client } = database
  return {
    client,
    folder,
    replace: (mailboxes: MailboxConnection[]) => sync.replace(mailboxes),
    becomes: (key: string, status: string) =>
      eventually(`${key} is ${status}`, async () => (await client.mailbox.findFirst({ where: { key, status } })) ?? undefined),
    received: (subject: string) => eventually(`${subject} was received`, async () => (await client.message.findFirst({ where: { subject } })) ?? undefined),
  }
}

/** Counts how often it was opened, so that a test sees who was left alone. */
function maildir(folder: string, key: string, settings: Partial<MailboxConnection> = {}) {
  const opened = { times: 0 }
  const connection: MailboxConnection = {
    key,
    address: `${key}@seller.example`,
    kind: 'maildir',
    startAt: '2020-01-01T00:00:00Z',
    open: () => {
      opened.times += 1
      return openMaildirMailbox({ path: join(folder, key), folders: ['INBOX'], pollSeconds: 0.1 })
    },
    ...settings,
  }
  deliver(join(folder, key), aMail({ Subject: `first of ${key}` }))
  return { connection, opened }
}

const broken = async () => Promise.reject(new DuncanError('mailbox.secret_missing', 'The variable is not set.', 'Set it.'))

test('mailboxes come and go while the others are read on, undisturbed', async t => {
  const made: Record<string, ReturnType<typeof maildir>> = {}
  const { client, folder, replace, becomes, received } = await startSync(t, at => {
    made.stays = maildir(at, 'stays')
    made.goes = maildir(at, 'goes')
    return [made.stays.connection, made.goes.connection]
  })
  await received('first of stays')
  await received('first of goes')
  await becomes('stays', 'ok')

  made.comes = maildir(folder, 'comes')
  assert.ok(made.stays && made.goes)
  await replace([made.stays.connection, made.comes.connection])
  deliver(join(folder, 'goes'), aMail({ Subject: 'too late' }))
  await received('first of comes')
  deliver(join(folder, 'stays'), aMail({ Subject: 'still read' }))
  await received('still read')

  await becomes('goes', 'removed')
  assert.equal(made.stays.opened.times, 1)
  assert.equal(await client.message.count({ where: { subject: 'too late' } }), 0)
})

test('a mailbox that changed is opened anew, a paused one is not, and a mended one closes its alert', async t => {
  const { client, folder, replace, becomes, received } = await startSync(t, at => [maildir(at, 'debtors', { open: broken }).connection])
  await becomes('debtors', 'failing')
  await eventually('a person was told', async () => (await client.opsAlert.findFirst({ where: { resolvedAt: null } })) ?? undefined)

  const mended = maildir(folder, 'debtors')
  await replace([mended.connection])
  await received('first of debtors')
  await becomes('debtors', 'ok')
  await eventually('the alert is closed', async () => (await client.opsAlert.findFirst({ where: { resolvedAt: { not: null } } })) ?? undefined)
  await replace([{ ...mended.connection, paused: true }])
  await becomes('debtors', 'paused')

  assert.equal(mended.opened.times, 1)
})
