import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createMailSync, createParser, type ImapSettings, type MailboxConnection, mailReceived, openImapMailbox, openMaildirMailbox } from '#mail'
import { createBlobs, createOps, createQueue, DuncanError, opsRaised, silentLog, systemClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { aMail, deliver, temporaryFolder } from '../support/maildir.ts'
import { type Fault, startTcpProxy } from '../support/tcp-proxy.ts'

const waits = { firstRetryMilliseconds: 20, longestRetryMilliseconds: 100, refusedMilliseconds: 50, takeOverMilliseconds: 50 }

async function setUp(t: TestContext) {
  // What was started last stops first, and all of it before the database goes: hooks run in the order of their registration.
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
  const blobs = createBlobs(join(folder, 'blobs'))
  const start = async (mailboxes: MailboxConnection[]) => {
    const sync = createMailSync({
      database,
      queue,
      blobs,
      parser,
      ops: createOps(database.client, queue),
      clock: systemClock,
      log: silentLog,
      mailboxes,
      waits,
    })
    await sync.start()
    stops.push(() => sync.stop())
    return sync
  }
  const jobs = async (): Promise<number> => Number((await database.pool.query("SELECT count(*) FROM pgboss.job WHERE name = 'mail.received'")).rows[0].count)
  return { database, blobs, folder, start, jobs }
}

const imap = (key: string, settings: Partial<ImapSettings> & Pick<ImapSettings, 'port' | 'auth'>): MailboxConnection => ({
  key,
  address: `${key}@seller.example`,
  kind: 'imap',
  startAt: '2020-01-01T00:00:00Z',
  open: () => openImapMailbox({ host: '127.0.0.1', folders: ['INBOX'], tls: 'none', pollSeconds: 0.2, ...settings }, silentLog),
})

const password = (user: string) => ({ user, password: 'secret' })

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    assert.ok(tries < 1_000, 'it never came true')
    await sleep(20)
  }
}

/** Mails that stand in the mailbox before the server starts, with the hashes of their sources. */
function manyMails(count: number): { hashes: string[]; fill: (maildir: string) => void } {
  const sources = Array.from({ length: count }, (_, index) => aMail({ Subject: `Mail ${index}`, text: `${'All work and no play. '.repeat(200)}${index}` }))
  return {
    hashes: sources.map(source => createHash('sha256').update(source).digest('hex')),
    fill: maildir => void sources.map(source => deliver(maildir, source)),
  }
}

test('a Maildir is read, and what arrives later too', async t => {
  const { database, folder, start, jobs } = await setUp(t)
  const path = join(folder, 'maildir')
  deliver(path, aMail())
  await start([
    { key: 'ar', address: 'ar@seller.example', kind: 'maildir', startAt: '2020-01-01T00:00:00Z', open: () => openMaildirMailbox({ path, folders: ['INBOX'] }) },
  ])
  await until(async () => (await database.client.mailbox.findUnique({ where: { key: 'ar' } }))?.status === 'ok')

  deliver(path, aMail())

  await until(async () => (await database.client.message.count()) === 2)
  assert.equal(await jobs(), 2)
})

test('one mailbox that fails stops no other, and its failure is told once with what to do', async t => {
  const { database, folder, start } = await setUp(t)
  const path = join(folder, 'maildir')
  deliver(path, aMail())
  const fault = new DuncanError('mailbox.auth_failed', 'The server refused the password.', 'Check the password.')
  await start([
    { key: 'broken', address: 'b@seller.example', kind: 'imap', open: () => Promise.reject(fault) },
    { key: 'ar', address: 'ar@seller.example', kind: 'maildir', open: () => openMaildirMailbox({ path, folders: ['INBOX'] }) },
  ])

  await until(async () => (await database.client.mailbox.findUnique({ where: { key: 'ar' } }))?.status === 'ok')
  await until(async () => (await database.client.opsAlert.count()) > 0)

  const broken = await database.client.mailbox.findUniqueOrThrow({ where: { key: 'broken' } })
  assert.deepEqual([broken.status, broken.problem], ['failing', 'The server refused the password.'])
  assert.equal(await database.client.message.count(), 1)
  const alerts = await database.client.opsAlert.findMany()
  assert.deepEqual(
    alerts.map(({ key, remedy }) => ({ key, remedy })),
    [{ key: 'mailbox:broken', remedy: 'Check the password.' }],
  )
})

test('a mailbox that works again closes its alert', async t => {
  const { database, folder, start } = await setUp(t)
  const path = join(folder, 'maildir')
  let isDown = true
  const open = async () => {
    if (isDown) throw new DuncanError('mailbox.tls', 'No trusted connection.', 'Check the certificate.')
    return openMaildirMailbox({ path, folders: ['INBOX'] })
  }
  await start([{ key: 'ar', address: 'ar@seller.example', kind: 'imap', open }])
  await until(async () => (await database.client.opsAlert.count({ where: { resolvedAt: null } })) === 1)

  isDown = false

  await until(async () => (await database.client.opsAlert.count({ where: { resolvedAt: null } })) === 0)
  assert.equal((await database.client.mailbox.findUniqueOrThrow({ where: { key: 'ar' } })).problem, null)
})

test('two processes share the mailboxes: one syncs, the other takes over when it stops', async t => {
  const { database, folder, start } = await setUp(t)
  const path = join(folder, 'maildir')
  let opened = 0
  const open = async () => {
    opened += 1
    return openMaildirMailbox({ path, folders: ['INBOX'] })
  }
  const mailbox: MailboxConnection = { key: 'ar', address: 'ar@seller.example', kind: 'maildir', startAt: '2020-01-01T00:00:00Z', open }
  const first = await start([mailbox])
  await until(async () => opened === 1)
  await start([mailbox])
  deliver(path, aMail())
  await until(async () => (await database.client.message.count()) === 1)
  assert.equal(opened, 1)

  await first.stop()

  await until(async () => opened === 2)
  deliver(path, aMail())
  await until(async () => (await database.client.message.count()) === 2)
})

suite('the sync of an IMAP mailbox', { skip: withoutDovecot() }, () => {
  const faults: [string, Fault][] = [
    ['reset', 'reset'],
    ['closed', 'end'],
    ['swallowed by a black hole', 'black_hole'],
  ]
  for (const [name, fault] of faults) {
    test(`loses and doubles nothing when the connection is ${name} in mid-sync`, async t => {
      const { database, blobs, start, jobs } = await setUp(t)
      const { hashes, fill } = manyMails(220) // more than a batch
      const dovecot = await startDovecot(t, { maildirs: { ann: fill } })
      const proxy = await startTcpProxy(t, dovecot.port)
      proxy.breakAfter(880_000, fault)

      await start([imap('ar', { port: proxy.port, auth: password('ann'), silenceSeconds: 1 })])
      await proxy.broken()
      await until(async () => (await database.client.message.count()) >= hashes.length)
      await until(async () => (await database.client.mailbox.findUniqueOrThrow({ where: { key: 'ar' } })).status === 'ok')

      const stored = await database.client.message.findMany({ select: { rawHash: true } })
      assert.deepEqual(stored.map(({ rawHash }) => rawHash).toSorted(), hashes.toSorted())
      assert.equal(await database.client.messageLocation.count(), hashes.length)
      assert.equal(await jobs(), hashes.length)
      assert.ok(proxy.connections() > 1)
      for (const hash of hashes.slice(0, 20))
        assert.equal(
          createHash('sha256')
            .update(await blobs.read(hash))
            .digest('hex'),
          hash,
        )
    })
  }

  test('loses and doubles nothing when a large mail breaks off', async t => {
    const { database, start } = await setUp(t)
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const large = aMail({ Subject: 'Large', text: `${'x'.repeat(76)}\r\n`.repeat(60_000) })
    await colleague.append('INBOX', aMail())
    await colleague.append('INBOX', large)
    await colleague.append('INBOX', aMail())
    const proxy = await startTcpProxy(t, dovecot.port)
    proxy.breakAfter(2_000_000, 'reset')

    await start([imap('ar', { port: proxy.port, auth: password(user) })])
    await until(async () => (await database.client.message.count()) === 3)

    const stored = await database.client.message.findFirstOrThrow({ where: { subject: 'Large' } })
    assert.equal(stored.size, large.length)
    assert.equal(await database.client.message.count(), 3)
  })

  test('a large mail that broke off before anybody read it fails for who reads it then', { timeout: 60_000 }, async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    await (await dovecot.connect(user)).append('INBOX', aMail({ text: `${'x'.repeat(76)}\r\n`.repeat(60_000) }))
    const proxy = await startTcpProxy(t, dovecot.port)
    proxy.breakAfter(1_500_000, 'reset')
    const mailbox = await imap('ar', { port: proxy.port, auth: password(user) }).open()
    t.after(() => mailbox.close())
    const [inbox] = await mailbox.folders()
    assert.ok(inbox)

    for await (const { mails } of mailbox.fetchSince(inbox, { uidValidity: null, lastUid: 0n, highestModseq: null })) {
      const source = mails[0]?.source
      assert.ok(source instanceof Readable)
      await once(source, 'error')

      await assert.rejects(buffer(source))
      break
    }
  })

  test('comes back after the connection is cut while it idles', async t => {
    const { database, start } = await setUp(t)
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const proxy = await startTcpProxy(t, dovecot.port)
    await start([imap('ar', { port: proxy.port, auth: password(user), pollSeconds: 3_600 })])
    await until(async () => (await database.client.mailbox.findUnique({ where: { key: 'ar' } }))?.status === 'ok')
    proxy.breakNow('reset')

    await colleague.append('INBOX', aMail())

    await until(async () => (await database.client.message.count()) === 1)
  })

  test('reads a folder again under a new UIDVALIDITY, and knows what it has', async t => {
    const { database, start, jobs } = await setUp(t)
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const kept = [aMail({ Subject: 'One' }), aMail({ Subject: 'Two' })]
    await colleague.mailboxCreate('Debtors')
    for (const source of kept) await colleague.append('Debtors', source)
    await start([imap('ar', { port: dovecot.port, auth: password(user), folders: ['Debtors'] })])
    await until(async () => (await database.client.message.count()) === 2)
    const before = await database.client.mailFolder.findFirstOrThrow({ where: { path: 'Debtors' } })

    await colleague.mailboxCreate('Rebuilt')
    for (const source of [...kept, aMail({ Subject: 'Three' })]) await colleague.append('Rebuilt', source)
    await colleague.mailboxDelete('Debtors')
    await colleague.mailboxRename('Rebuilt', 'Debtors')

    await until(async () => (await database.client.message.count()) === 3)
    const after = await database.client.mailFolder.findFirstOrThrow({ where: { path: 'Debtors' }, include: { locations: true } })
    assert.notEqual(after.uidValidity, before.uidValidity)
    assert.deepEqual(new Set(after.locations.map(({ uidValidity }) => uidValidity)), new Set([after.uidValidity]))
    assert.equal(after.locations.length, 3)
    assert.equal(await jobs(), 3)
  })

  test("reads a colleague's answer from the Sent folder as ours, with a job of its own", async t => {
    const { database, start, jobs } = await setUp(t)
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    await colleague.append('INBOX', aMail({ 'Message-ID': '<question@brook.example>' }))
    await start([imap('ar', { port: dovecot.port, auth: password(user) })])
    await until(async () => (await jobs()) === 1)

    const answer = aMail({
      From: 'Ar <ar@seller.example>',
      To: 'ann@brook.example',
      Subject: 'Re: Invoice 2026-0412',
      'In-Reply-To': '<question@brook.example>',
    })
    await colleague.append('Sent', answer, ['\\Seen'])

    await until(async () => (await jobs()) === 2)
    const [question, reply] = await database.client.message.findMany({ orderBy: { id: 'asc' } })
    assert.deepEqual([question?.direction, reply?.direction], ['in', 'out'])
    assert.equal(reply?.threadId, question?.threadId)
  })

  test('stops at once, even when the server says nothing any more', async t => {
    const { database, start } = await setUp(t)
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const proxy = await startTcpProxy(t, dovecot.port)
    const sync = await start([imap('ar', { port: proxy.port, auth: password(user), pollSeconds: 3_600 })])
    await until(async () => (await database.client.mailbox.findUnique({ where: { key: 'ar' } }))?.status === 'ok')
    proxy.breakNow('black_hole')

    await sync.stop()

    assert.equal((await database.client.mailbox.findUniqueOrThrow({ where: { key: 'ar' } })).status, 'ok')
  })
})
