import assert from 'node:assert/strict'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { applyRetention } from '#flows'
import { expireRawMail, retentionKind } from '#mail'
import { createBlobs, fixedClock, silentLog } from '#platform'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const clock = fixedClock('2026-11-20T12:00:00Z')
const [old, young] = [new Date('2026-01-01'), new Date('2026-11-01')]
const hundredDays = retentionKind.schema.parse({ rawMailDays: 100 })

async function anInstallation(t: TestContext) {
  const database = await createTestDatabase(t)
  const { client } = database
  const folder = temporaryFolder(t)
  const blobs = createBlobs(join(folder, 'blobs'))
  const mailboxes = await Promise.all(
    ['debtors', 'sales'].map(key => client.mailbox.create({ data: { key, address: `${key}@creditor.example`, kind: 'imap', startAt: new Date(0) } })),
  )
  /** A file of last week: as old as its row says would be as good. */
  const put = async (content: string) => {
    const { hash } = await blobs.put(Buffer.from(content))
    utimesSync(blobs.path(hash), old, old)
    return hash
  }
  const receive = async (content: string, given: { receivedAt?: Date; mailbox?: number; status?: string; debtorId?: number; threadId?: number } = {}) => {
    const { mailbox = 0, receivedAt = old, status = 'processed', ...rest } = given
    const row = { mailboxId: mailboxes[mailbox]?.id ?? 0, rawHash: await put(content), size: content.length, direction: 'in', receivedAt, status, ...rest }
    return client.message.create({ data: row })
  }
  const apply = (rule: unknown, dryRun = false) =>
    applyRetention({ database, clock, log: silentLog, config: { DUNCAN_DATA_DIR: folder }, retention: async () => retentionKind.schema.parse(rule) }, dryRun)
  return { client, folder, blobs, put, receive, apply }
}

/** An installation that has sent letters, SMS and files for collection, as `dispatch` says. */
async function anOutbox(t: TestContext) {
  const installation = await anInstallation(t)
  const { client } = installation
  const administration = await client.administration.create({ data: { code: 'A', name: 'A' } })
  const { id: debtorId } = await client.debtor.create({ data: { administrationId: administration.id, number: 'D1', name: 'D1', searchName: 'd1' } })
  const dispatch = async (channel: string, name: string, given: object = {}) => {
    const entry = { debtorId, kind: 'dunning', payload: {}, status: 'done', surface: 'console', formKey: name }
    const { id: entryId } = await client.debtorEntry.create({ data: entry })
    await client.dispatch.create({ data: { entryId, debtorId, channel, name, state: 'sent', sendAfter: old, sentAt: old, ...given } })
  }
  return { ...installation, dispatch }
}

describe('retention', () => {
  test('without a rule keeps every mail', async t => {
    const { receive, blobs, apply } = await anInstallation(t)
    const mail = await receive('old')

    assert.deepEqual(await apply({}), { mails: {}, files: { files: 0, bytes: 0 }, written: 0 })
    assert.ok(await blobs.has(mail.rawHash))
  })

  test('lets go what nights at a bureau noted of single companies two years ago, and keeps the history of values', async t => {
    const { client, apply } = await anInstallation(t)
    const [long, lately] = [new Date('2024-01-01'), young]
    const { id: companyId } = await client.creditCompany.create({ data: { bureau: 'creditsafe', bureauId: 'NL-X-1', country: 'NL', name: 'Voorbeeld B.V.' } })
    for (const at of [long, lately]) {
      const run = await client.creditRun.create({ data: { bureau: 'creditsafe', trigger: 'night', startedAt: at, finishedAt: at, eventsFrom: at } })
      await client.creditRunCompany.create({ data: { runId: run.id, companyId, outcome: 'changed' } })
      await client.creditOrder.create({ data: { runId: run.id, companyId, askedAt: at, outcome: 'stored' } })
      const event = { bureau: 'creditsafe', eventId: at.toISOString(), bureauId: 'NL-X-1', rule: '101', happenedAt: at, source: 'interface' }
      await client.creditEvent.create({ data: event })
      await client.creditChange.create({ data: { companyId, criterion: 'score', value: { is: 'none' }, raw: '', source: 'report', at } })
    }

    await apply({})

    const { creditRun, creditRunCompany, creditOrder, creditEvent, creditChange } = client
    const counts = await Promise.all([creditRun.count(), creditRunCompany.count(), creditOrder.count(), creditEvent.count(), creditChange.count()])
    assert.deepEqual(counts, [2, 1, 1, 1, 2])
  })

  test('lets old raw mails go with their files, keeps what was read of them, and says so in the trail', async t => {
    const { client, receive, blobs, apply } = await anInstallation(t)
    const [gone, kept] = [await receive('old'), await receive('young', { receivedAt: young })]

    const dry = await apply({ rawMailDays: 100 }, true)
    const stillThere = await blobs.has(gone.rawHash)
    const done = await apply({ rawMailDays: 100 })
    const again = await apply({ rawMailDays: 100 })

    assert.deepEqual([dry.mails, stillThere], [{ debtors: 1, sales: 0 }, true])
    assert.deepEqual([done, again.mails.debtors, again.files.files], [{ mails: { debtors: 1, sales: 0 }, files: { files: 1, bytes: 3 }, written: 0 }, 0, 0])
    assert.deepEqual([await blobs.has(gone.rawHash), await blobs.has(kept.rawHash)], [false, true])
    assert.ok((await client.message.findUniqueOrThrow({ where: { id: gone.id } })).rawDeletedAt)
    const trail = await client.auditEntry.findMany({ where: { event: 'mail.raw_deleted' }, select: { subject: true, detail: true } })
    assert.deepEqual(trail, [{ subject: 'mailbox:debtors', detail: { mails: 1 } }])
  })

  test('goes by the mailbox’s own rule where there is one', async t => {
    const { receive, blobs, apply } = await anInstallation(t)
    const [own, other] = [await receive('a'), await receive('b', { mailbox: 1 })]

    await apply({ rawMailDays: 100, mailboxes: { debtors: { rawMailDays: null } } })

    assert.deepEqual([await blobs.has(own.rawHash), await blobs.has(other.rawHash)], [true, false])
  })

  test('keeps what something open needs: a proposal, a dispute, a hold, a mail that is leaving, a mail that is not read yet', async t => {
    const { client, receive, blobs, apply } = await anInstallation(t)
    const administration = await client.administration.create({ data: { code: 'A', name: 'A', country: 'NL', language: 'nl' } })
    const debtor = (number: string) =>
      client.debtor.create({ data: { administrationId: administration.id, number, name: number, searchName: number.toLowerCase() } })
    const [disputing, held, free] = [await debtor('D1'), await debtor('D2'), await debtor('D3')]
    const proposed = await receive('proposed')
    const { mailboxId } = proposed
    await client.proposal.create({ data: { messageId: proposed.id, mailboxId, summary: 'x' } })
    await client.dispute.create({ data: { debtorId: disputing.id, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
    await client.dunningHold.create({ data: { debtorId: held.id, reason: 'promise', until: new Date('2026-11-30') } })
    await client.dunningHold.create({ data: { debtorId: free.id, reason: 'promise', until: new Date('2026-11-10') } })
    const thread = await client.thread.create({ data: { mailboxId, subject: 'x', lastMessageAt: old } })
    const leaving = { mailboxId, internetMessageId: '<1@x.example>', to: [], subject: 'x', text: 'x', state: 'unknown', sendAfter: old, threadId: thread.id }
    await client.outboundMail.create({ data: leaving })
    const kept = [
      proposed,
      await receive('disputed', { debtorId: disputing.id }),
      await receive('held', { debtorId: held.id }),
      await receive('answered', { threadId: thread.id }),
      await receive('unread', { status: 'received' }),
    ]
    const gone = await receive('over', { debtorId: free.id })

    const { mails } = await apply({ rawMailDays: 100 })

    assert.equal(mails.debtors, 1)
    for (const { rawHash } of kept) assert.ok(await blobs.has(rawHash))
    assert.equal(await blobs.has(gone.rawHash), false)
  })

  test('deletes letters and files for others once the rule says so: only what Duncan wrote, and nothing that may not have been written', async t => {
    const { client, folder, apply, dispatch } = await anOutbox(t)
    await dispatch('letter', 'old.pdf')
    await dispatch('letter', 'taken.pdf')
    await dispatch('letter', 'young.pdf', { sentAt: young })
    await dispatch('letter', 'unsure.pdf', { state: 'unknown', sentAt: null })
    await dispatch('sms', 'key')
    await dispatch('hand_over', 'file.zip')
    const lying = ['print/old.pdf', 'print/young.pdf', 'print/unsure.pdf', 'print/of-somebody-else.pdf', 'sms/key.json', 'hand-over/file.zip']
    for (const path of lying) {
      mkdirSync(dirname(join(folder, 'outbox', path)), { recursive: true })
      writeFileSync(join(folder, 'outbox', path), 'x')
    }
    const left = () => lying.filter(path => existsSync(join(folder, 'outbox', path)))

    const counts = [(await apply({})).written, (await apply({ outboxDays: 100 }, true)).written]
    const before = left()
    counts.push((await apply({ outboxDays: 100 })).written, (await apply({ outboxDays: 100 })).written)

    assert.deepEqual([counts, before], [[0, 3, 3, 0], lying])
    assert.deepEqual(left(), ['print/young.pdf', 'print/unsure.pdf', 'print/of-somebody-else.pdf'])
    const trail = await client.auditEntry.findMany({ where: { event: 'outbox.cleared' }, orderBy: { id: 'asc' }, select: { detail: true } })
    assert.deepEqual(
      trail.map(({ detail }) => detail),
      ['letter', 'sms', 'hand_over'].map(channel => ({ channel, files: 1 })),
    )
  })

  test('deletes without a rule what a crash left half written, a day later: of files that are Duncan’s', async t => {
    const { client, folder, apply, dispatch } = await anOutbox(t)
    await dispatch('letter', 'half.pdf', { state: 'unknown', sentAt: null })
    await dispatch('letter', 'in-hand.pdf', { state: 'scheduled', sentAt: null })
    await dispatch('sms', 'key')
    const lying = ['print/half.pdf.part', 'print/in-hand.pdf.part', 'print/of-somebody-else.pdf.part', 'sms/key.json', 'sms/key.json.part']
    for (const path of lying) {
      mkdirSync(dirname(join(folder, 'outbox', path)), { recursive: true })
      writeFileSync(join(folder, 'outbox', path), 'x')
      const at = path.includes('in-hand') ? new Date(clock.now().epochMilliseconds) : old
      utimesSync(join(folder, 'outbox', path), at, at)
    }

    const counts = [(await apply({}, true)).written, (await apply({})).written, (await apply({})).written]

    assert.deepEqual(counts, [2, 2, 0])
    assert.deepEqual(
      lying.filter(path => existsSync(join(folder, 'outbox', path))),
      ['print/in-hand.pdf.part', 'print/of-somebody-else.pdf.part', 'sms/key.json'],
    )
    assert.equal(await client.auditEntry.count({ where: { event: 'outbox.cleared' } }), 2)
  })

  test('goes in batches, each with its entry in the trail', async t => {
    const { client, receive } = await anInstallation(t)
    for (let number = 0; number < 5; number++) await receive(`mail ${number}`)

    const counts = await expireRawMail({ client, clock, batchSize: 2 }, hundredDays)

    assert.equal(counts.debtors, 5)
    assert.equal(await client.auditEntry.count({ where: { event: 'mail.raw_deleted' } }), 3)
  })
})

describe('files that no row names', () => {
  test('are deleted once they are a day old: a younger one may belong to a row that is being written', async t => {
    const { put, blobs, apply } = await anInstallation(t)
    const leftover = await put('of a crash')
    const inHand = await put('put again')
    await blobs.put(Buffer.from('put again'))
    utimesSync(blobs.path(inHand), young, new Date(clock.now().epochMilliseconds))

    const { files } = await apply({})

    assert.deepEqual([files.files, await blobs.has(leftover), await blobs.has(inHand)], [1, false, true])
  })

  test('do not include what is or was sent, and what an undecided card offers', async t => {
    const { client, put, receive, blobs, apply } = await anInstallation(t)
    const [sent, attached, offered, planned] = [await put('sent'), await put('attached'), await put('offered'), await put('planned')]
    const mail = await receive('asks')
    const { mailboxId } = mail
    const attachments = [{ fileName: 'a.pdf', contentType: 'application/pdf', hash: attached }]
    await client.outboundMail.create({
      data: { mailboxId, internetMessageId: '<1@x.example>', to: [], subject: 'x', text: 'x', state: 'sent', sendAfter: old, rawHash: sent, attachments },
    })
    await client.proposal.create({
      data: {
        messageId: mail.id,
        mailboxId,
        summary: 'x',
        basis: { copies: [{ hash: planned }] },
        actions: { create: { position: 0, kind: 'send_invoice_copies', payload: { attachments: [{ hash: offered }] } } },
      },
    })

    await apply({})

    for (const hash of [sent, attached, offered, planned, mail.rawHash]) assert.ok(await blobs.has(hash))
  })
})
