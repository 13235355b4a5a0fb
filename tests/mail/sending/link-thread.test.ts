import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkThread } from '#mail'
import { createTestDatabase } from '../../support/database.ts'

test('linking a conversation by hand moves all its mails, past ones and those that wait to leave, and nothing else', async t => {
  const { client } = await createTestDatabase(t)
  const mailbox = await client.mailbox.create({ data: { key: 'a', address: 'a@creditor.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  const thread = () => client.thread.create({ data: { mailboxId: mailbox.id, subject: 'x', lastMessageAt: new Date('2026-11-01') } })
  const [ours, other] = [await thread(), await thread()]
  const mail = (threadId: number | null, rawHash: string, direction = 'in') =>
    client.message.create({
      data: { mailboxId: mailbox.id, rawHash, size: 1, direction, threadId, receivedAt: new Date('2026-11-01'), candidates: [{ debtorId: 1 }] },
    })
  const [first, , , , alone] = [
    await mail(ours.id, '1'),
    await mail(ours.id, '2', 'out'),
    await mail(ours.id, '3'),
    await mail(other.id, '4'),
    await mail(null, '5'),
  ]
  await client.outboundMail.create({
    data: { mailboxId: mailbox.id, internetMessageId: '<1@a>', threadId: ours.id, to: ['x@y.example'], subject: 'x', text: 'x', sendAfter: new Date() },
  })

  await client.$transaction(tx => linkThread(tx, { threadId: ours.id, messageId: first.id, debtorId: 7, reason: 'staff', actor: 'staff:1' }))
  await client.$transaction(tx => linkThread(tx, { threadId: null, messageId: alone.id, debtorId: 8, reason: 'staff', actor: 'staff:1' }))

  const mails = await client.message.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(
    mails.map(({ debtorId, linkReason }) => [debtorId, linkReason]),
    [
      [7, 'staff'],
      [7, 'staff'],
      [7, 'staff'],
      [null, null],
      [8, 'staff'],
    ],
  )
  assert.deepEqual(mails[0]?.candidates, [])
  assert.equal((await client.outboundMail.findFirstOrThrow()).debtorId, 7)
  assert.deepEqual(
    (await client.thread.findMany({ orderBy: { id: 'asc' } })).map(({ debtorId }) => debtorId),
    [7, null],
  )
  const entries = await client.auditEntry.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(
    entries.map(({ event, subject, detail }) => [event, subject, detail]),
    [
      ['mail.linked', `thread:${ours.id}`, { debtor: 7, messages: 3 }],
      ['mail.linked', `message:${alone.id}`, { debtor: 8, messages: 1 }],
    ],
  )
})
