import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { joinThreads, linkThreads, type ThreadableMessage } from '#mail'
import type { DbClient } from '#platform'
import { createTestDatabase } from '../../support/database.ts'

const us = 'debtors@us.example'
const aMessage = (more: Partial<ThreadableMessage> = {}): ThreadableMessage => ({
  internetMessageId: undefined,
  inReplyTo: undefined,
  references: [],
  subject: 'Invoice 2026-0412',
  direction: 'in',
  fromAddress: 'ap@acme.example',
  replyTo: [],
  recipients: [us],
  at: new Date('2026-11-20T10:00:00Z'),
  ...more,
})
const sent = (more: Partial<ThreadableMessage> = {}) => aMessage({ direction: 'out', fromAddress: us, recipients: ['ap@acme.example'], ...more })

async function aMailbox(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const mailbox = await client.mailbox.create({ data: { key: 'debtors', address: us, kind: 'maildir', startAt: new Date('2026-01-01') } })
  return { client, mailboxId: mailbox.id }
}

/** Stores messages with their threads, as receiving does. */
async function receive(client: DbClient, mailboxId: number, messages: ThreadableMessage[]): Promise<number[]> {
  const threads = await joinThreads(client, mailboxId, messages)
  const before = await client.message.count()
  await client.message.createMany({
    data: messages.map((message, at) => ({
      mailboxId,
      rawHash: `hash-${before + at}`,
      size: 1,
      direction: message.direction,
      internetMessageId: message.internetMessageId ?? null,
      inReplyTo: message.inReplyTo ?? null,
      references: [...message.references],
      fromAddress: message.fromAddress ?? null,
      to: [...message.recipients],
      subject: message.subject,
      receivedAt: message.at,
      threadId: threads[at] ?? null,
    })),
  })
  return threads
}

test('an answer joins the thread of the mail it names, in the same batch or a later one', async t => {
  const { client, mailboxId } = await aMailbox(t)

  const [first, answer] = await receive(client, mailboxId, [
    sent({ internetMessageId: '<1@us>' }),
    aMessage({ internetMessageId: '<2@acme>', inReplyTo: '<1@us>', subject: 'Re: something else' }),
  ])
  const [later] = await receive(client, mailboxId, [aMessage({ inReplyTo: '<9@unknown>', references: ['<1@us>', '<2@acme>'], subject: 'other' })])

  assert.equal(answer, first)
  assert.equal(later, first)
})

test('a sent mail that is synced after its answer joins the thread of the answer', async t => {
  const { client, mailboxId } = await aMailbox(t)

  const [answer] = await receive(client, mailboxId, [aMessage({ inReplyTo: '<1@us>', subject: 'Re: hello' })])
  const [parent] = await receive(client, mailboxId, [sent({ internetMessageId: '<1@us>', subject: 'Reminder', at: new Date('2026-11-19T10:00:00Z') })])

  assert.equal(parent, answer)
})

test('without references the same subject and participant within the window is one thread, beyond it another', async t => {
  const { client, mailboxId } = await aMailbox(t)

  const [first] = await receive(client, mailboxId, [sent({ subject: 'Herinnering factuur 2026-0412' })])
  const [soon, late, stranger] = await receive(client, mailboxId, [
    aMessage({ subject: 'Antw: RE[2]: Herinnering  factuur 2026-0412', at: new Date('2026-11-21T10:00:00Z') }),
    aMessage({ subject: 'Re: Herinnering factuur 2026-0412', at: new Date('2027-03-21T10:00:00Z') }),
    aMessage({ subject: 'Herinnering factuur 2026-0412', fromAddress: 'info@bolt.example' }),
  ])

  assert.equal(soon, first)
  assert.notEqual(late, first)
  assert.notEqual(stranger, first)
})

test('a forged or reused Message-ID joins no thread of other correspondents', async t => {
  const { client, mailboxId } = await aMailbox(t)
  const [first] = await receive(client, mailboxId, [sent({ internetMessageId: '<1@us>' })])

  const [forged, reused, colleague] = await receive(client, mailboxId, [
    aMessage({ inReplyTo: '<1@us>', fromAddress: 'mallory@evil.example' }),
    aMessage({ internetMessageId: '<1@us>', fromAddress: 'info@bolt.example', subject: 'Order' }),
    aMessage({ inReplyTo: '<1@us>', fromAddress: 'piet@acme.example' }),
  ])

  assert.notEqual(forged, first)
  assert.notEqual(reused, first)
  assert.equal(colleague, first)
})

test("another address of the thread's debtor joins it by reference", async t => {
  const { client, mailboxId } = await aMailbox(t)
  const administration = await client.administration.create({ data: { code: 'nl', name: 'Us' } })
  const debtor = await client.debtor.create({ data: { administrationId: administration.id, number: '1', name: 'Acme', searchName: 'acme' } })
  await client.contact.create({ data: { debtorId: debtor.id, email: 'books@accountant.example' } })
  const [first = 0] = await receive(client, mailboxId, [sent({ internetMessageId: '<1@us>' })])
  await linkThreads(client, [{ threadId: first, debtorId: debtor.id }])

  const [accountant] = await receive(client, mailboxId, [aMessage({ inReplyTo: '<1@us>', fromAddress: 'books@accountant.example' })])

  assert.equal(accountant, first)
})

test('a thread moves to its newest message, and keeps the first debtor it was linked to', async t => {
  const { client, mailboxId } = await aMailbox(t)
  const newest = new Date('2026-11-22T08:00:00Z')

  const [thread = 0] = await receive(client, mailboxId, [
    aMessage({ internetMessageId: '<1@acme>' }),
    aMessage({ at: newest }),
    aMessage({ at: new Date('2026-11-01T08:00:00Z') }),
  ])
  await linkThreads(client, [{ threadId: thread, debtorId: 7 }])
  await linkThreads(client, [{ threadId: thread, debtorId: 8 }])

  const stored = await client.thread.findMany()
  assert.deepEqual(
    stored.map(({ id, lastMessageAt, debtorId, subject }) => ({ id, lastMessageAt, debtorId, subject })),
    [{ id: thread, lastMessageAt: newest, debtorId: 7, subject: 'invoice 2026-0412' }],
  )
})
