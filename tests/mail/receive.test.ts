import assert from 'node:assert/strict'
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createBlobs, createQueue, type Database, fixedClock, silentLog } from '#platform'
import { mailReceived } from '../../src/mail/jobs.ts'
import type { FetchedBatch, Folder, Mailbox } from '../../src/mail/mailbox/mailbox.ts'
import { openMaildirMailbox } from '../../src/mail/mailbox/maildir.ts'
import { createParser } from '../../src/mail/parse.ts'
import { type ReceivingMailbox, receive } from '../../src/mail/receive.ts'
import { createTestDatabase } from '../support/database.ts'
import { aMail, deliver, temporaryFolder } from '../support/maildir.ts'

const inbox: Folder = { path: 'INBOX', role: 'inbox' }
const sent: Folder = { path: 'Sent', role: 'sent' }
const start = { uidValidity: null, lastUid: 0n, highestModseq: null }

async function setUp(t: TestContext) {
  const database = await createTestDatabase(t)
  const queue = createQueue(database, silentLog, [mailReceived])
  await queue.start()
  t.after(() => queue.stop())
  const folder = temporaryFolder(t)
  const parser = createParser({ threads: 1 })
  t.after(() => parser.close())
  const { id } = await database.client.mailbox.create({ data: { key: 'ar', address: 'ar@seller.example', kind: 'maildir', startAt: new Date('2020-01-01') } })
  const receiving: ReceivingMailbox = { id, ownAddresses: new Set(['ar@seller.example']), startAt: new Date('2020-01-01') }
  const deps = { client: database.client, queue, parser, blobs: createBlobs(join(folder, 'blobs')), clock: fixedClock('2026-03-02T09:00:00Z') }
  return { database, deps, receiving, maildir: join(folder, 'mail') }
}

async function batches(mailbox: Mailbox, folder = inbox): Promise<FetchedBatch[]> {
  const found: FetchedBatch[] = []
  for await (const batch of mailbox.fetchSince(folder, start)) found.push(batch)
  return found
}

const jobs = async ({ pool }: Database) => (await pool.query("SELECT data FROM pgboss.job WHERE name = 'mail.received' ORDER BY created_on, id")).rows

test('a mail is stored with its raw source, its place and the job that reads it', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  const source = aMail({ text: 'Factuur 2026-0412 is betaald.', 'In-Reply-To': '<one@seller.example>' })
  deliver(maildir, source)
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  for (const batch of await batches(mailbox)) await receive(deps, receiving, batch)

  const message = await database.client.message.findFirstOrThrow({ include: { locations: true } })
  assert.equal(message.fromAddress, 'ann@brook.example')
  assert.equal(message.subject, 'Invoice 2026-0412')
  assert.equal(message.text.trim(), 'Factuur 2026-0412 is betaald.')
  assert.equal(message.inReplyTo, '<one@seller.example>')
  assert.equal(message.direction, 'in')
  assert.equal(message.locations.length, 1)
  assert.equal((await deps.blobs.read(message.rawHash)).toString(), source)
  assert.deepEqual(await jobs(database), [{ data: { messageId: message.id } }])
})

test('a batch that is repeated after a crash changes nothing', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  for (let index = 0; index < 5; index++) deliver(maildir, aMail())
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())
  const [first] = await batches(mailbox)
  assert.ok(first)

  const once = await receive(deps, receiving, first)
  const twice = await receive(deps, receiving, first)

  assert.deepEqual(once, { stored: 5, known: 0 })
  assert.deepEqual(twice, { stored: 0, known: 5 })
  assert.equal(await database.client.message.count(), 5)
  assert.equal(await database.client.messageLocation.count(), 5)
  assert.equal((await jobs(database)).length, 5)
})

test('a mail seen in two folders is one message with two places', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  const source = aMail()
  deliver(maildir, source)
  deliver(join(maildir, '.Archive'), source)
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX', 'Archive'] })
  t.after(() => mailbox.close())

  for (const batch of await batches(mailbox)) await receive(deps, receiving, batch)
  for (const batch of await batches(mailbox, { path: 'Archive', role: 'inbox' })) await receive(deps, receiving, batch)

  assert.equal(await database.client.message.count(), 1)
  assert.equal(await database.client.messageLocation.count(), 2)
  assert.equal((await jobs(database)).length, 1)
})

test('a mail that reuses the Message-ID of another is stored beside it', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  deliver(maildir, aMail({ 'Message-ID': '<same@brook.example>', text: 'The first.' }))
  deliver(maildir, aMail({ 'Message-ID': '<same@brook.example>', text: 'The second.' }))
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  for (const batch of await batches(mailbox)) await receive(deps, receiving, batch)

  const stored = await database.client.message.findMany({ where: { internetMessageId: '<same@brook.example>' } })
  assert.deepEqual(stored.map(({ text }) => text.trim()).toSorted(), ['The first.', 'The second.'])
})

test('mail older than the start of the mailbox is history: stored, never read', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  deliver(maildir, aMail())
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  for (const batch of await batches(mailbox)) await receive(deps, { ...receiving, startAt: new Date('2999-01-01') }, batch)

  assert.equal((await database.client.message.findFirstOrThrow()).history, true)
  assert.deepEqual(await jobs(database), [])
})

test('only the Sent folder makes a mail ours: a forged sender does not', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  deliver(maildir, aMail({ From: 'AR <AR@seller.example>', Subject: 'Forged' }))
  deliver(join(maildir, '.Sent'), aMail({ From: 'AR <ar@seller.example>', Subject: 'Answered' }))
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  for (const folder of [inbox, sent]) for (const batch of await batches(mailbox, folder)) await receive(deps, receiving, batch)

  const directions = await database.client.message.findMany({ select: { subject: true, direction: true }, orderBy: { subject: 'asc' } })
  assert.deepEqual(directions, [
    { subject: 'Answered', direction: 'out' },
    { subject: 'Forged', direction: 'in' },
  ])
  assert.equal((await jobs(database)).length, 2)
})

test('a Maildir that lost its numbering is read again without storing anything twice', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  deliver(maildir, aMail())
  deliver(maildir, aMail())
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())
  for (const batch of await batches(mailbox)) await receive(deps, receiving, batch)
  rmSync(join(maildir, '.duncan-uids'))

  const again = []
  for (const batch of await batches(mailbox)) again.push(await receive(deps, receiving, batch))

  assert.deepEqual(again, [{ stored: 0, known: 2 }])
  assert.equal(await database.client.messageLocation.count(), 2)
  assert.equal((await jobs(database)).length, 2)
})

test('a numbering cut short by a crash gives each mail one number', async t => {
  const { maildir } = await setUp(t)
  deliver(maildir, aMail())
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())
  await batches(mailbox)
  appendFileSync(join(maildir, '.duncan-uids'), '2 half-a-na')
  deliver(maildir, aMail())

  const [batch] = await batches(mailbox)

  assert.deepEqual(
    batch?.mails.map(({ uid }) => uid),
    [1n, 2n],
  )
})

test('a handled mail of a Maildir is no longer unread and keeps its number', async t => {
  const { maildir } = await setUp(t)
  deliver(maildir, aMail())
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())
  await batches(mailbox)

  await mailbox.markHandled(inbox, 1n)

  assert.deepEqual(readdirSync(join(maildir, 'new')), [])
  assert.match(readdirSync(join(maildir, 'cur'))[0] ?? '', /:2,S$/)
  const [batch] = await batches(mailbox)
  assert.deepEqual(
    batch?.mails.map(({ uid }) => uid),
    [1n],
  )
})

test('a sent copy is filed in the Sent folder and found by its Message-ID', async t => {
  const { maildir } = await setUp(t)
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  await mailbox.fileSent(Buffer.from(aMail({ 'Message-ID': '<out-1@seller.example>' })), new Date('2026-03-02T10:00:00Z'))

  assert.equal(await mailbox.hasSent('<out-1@seller.example>'), true)
  assert.equal(await mailbox.hasSent('<out-2@seller.example>'), false)
})

test('a mail whose text the database refuses is stored with its headers, and holds up no other', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  for (const subject of ['Before', 'Poison', 'Behind']) deliver(maildir, aMail({ Subject: subject }))
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())
  const parser: typeof deps.parser = {
    ...deps.parser,
    parse: async source => {
      const parsed = await deps.parser.parse(source)
      if (parsed.mail.subject === 'Poison') parsed.mail.text = 'a NUL: \0'
      return parsed
    },
  }

  const counts = []
  for (const batch of await batches(mailbox)) counts.push(await receive({ ...deps, parser }, receiving, batch))

  assert.deepEqual(counts, [{ stored: 3, known: 0 }])
  const stored = await database.client.message.findMany({ orderBy: { subject: 'asc' } })
  assert.deepEqual(
    stored.map(({ subject, parseProblem }) => [subject, parseProblem === null]),
    [
      ['Before', true],
      ['Behind', true],
      ['Poison', false],
    ],
  )
  assert.equal((await database.client.mailFolder.findFirstOrThrow()).lastUid, 3n)
  assert.equal((await jobs(database)).length, 3)
})

test('threads and debtors are found as the batch is stored', async t => {
  const { database, deps, receiving, maildir } = await setUp(t)
  const { client } = database
  const administration = await client.administration.create({ data: { code: 'NL01', name: 'Seller' } })
  const debtor = await client.debtor.create({ data: { administrationId: administration.id, number: '1001', name: 'Brook Ltd', searchName: 'brook' } })
  await client.contact.create({ data: { debtorId: debtor.id, email: 'ann@brook.example' } })
  deliver(maildir, aMail({ 'Message-ID': '<first@brook.example>' }))
  deliver(maildir, aMail({ 'In-Reply-To': '<first@brook.example>', Subject: 'Re: Invoice 2026-0412' }))
  deliver(maildir, aMail({ From: 'Who <who@unknown.example>', Subject: 'Something else' }))
  const mailbox = await openMaildirMailbox({ path: maildir, folders: ['INBOX'] })
  t.after(() => mailbox.close())

  for (const batch of await batches(mailbox)) await receive(deps, receiving, batch)

  const stored = await client.message.findMany()
  const [first, reply, other] = ['Invoice 2026-0412', 'Re: Invoice 2026-0412', 'Something else'].map(subject =>
    stored.find(message => message.subject === subject),
  )
  assert.deepEqual([first?.debtorId, first?.linkReason], [debtor.id, 'sender'])
  assert.equal(reply?.threadId, first?.threadId)
  assert.deepEqual([other?.debtorId, other?.linkReason], [null, null])
  assert.notEqual(other?.threadId, first?.threadId)
})
