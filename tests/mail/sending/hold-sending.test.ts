import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DuncanError } from '#platform'
import { holdSending, isSendingHeld, releaseCaughtUp, releaseSending, sendingHolds } from '../../../src/mail/hold-sending.ts'
import { sendMail } from '../../../src/mail/send.ts'
import { aMessage, createOutbox } from './outbox-fixture.ts'

test('after a restore mail is held until each mailbox that is read has been read to its end, Sent folder and all, or a person releases it', async t => {
  const left: string[] = []
  const transport = { send: async () => (left.push('mail'), { kind: 'accepted' as const, refused: [] }) }
  const { client, clock, queue, deps, mailbox, schedule, row, jobsOf } = await createOutbox(t, transport)
  const other = await client.mailbox.create({
    data: { key: 'legal', address: 'legal@acme.example', kind: 'imap', startAt: new Date(0), lastSyncAt: new Date() },
  })
  await client.mailbox.create({ data: { key: 'old', address: 'old@acme.example', kind: 'imap', startAt: new Date(0), status: 'removed' } })
  const unknown = await schedule()
  await client.outboundMail.update({ where: { id: unknown.id }, data: { state: 'unknown' } })
  const seen: string[] = []
  const look = async () => {
    const remaining = await releaseCaughtUp({ client, queue })
    seen.push(remaining.map(hold => `${hold.mailbox} ${hold.waitsFor}`).join(', '))
  }
  const set = (id: number, data: { lastSyncAt?: Date; status?: string }) => client.mailbox.update({ where: { id }, data })

  await holdSending(client, clock)
  const { id } = await schedule()
  await sendMail(deps, id)
  await look()
  await set(mailbox.id, { lastSyncAt: new Date() })
  await look()
  await client.mailFolder.create({ data: { mailboxId: mailbox.id, path: 'Sent', role: 'sent' } })
  const unread = await aMessage(client, mailbox.id)
  await look()
  await client.message.update({ where: { id: unread.id }, data: { status: 'processed' } })
  const lookedFor = jobsOf('mail.reconcile').length
  await look()
  const heldByOther = await isSendingHeld(client, mailbox.id)
  await set(other.id, { status: 'paused' })
  await look()

  assert.deepEqual(seen, [
    'debtors reading, legal reading',
    'debtors no_sent_folder, legal reading',
    'debtors understanding, legal reading',
    'legal reading',
    'legal paused',
  ])
  assert.deepEqual(left, [])
  assert.deepEqual(jobsOf('mail.reconcile').slice(lookedFor), [{ kind: 'mail.reconcile', payload: { outboundMailId: unknown.id }, startAfter: undefined }])
  assert.deepEqual([heldByOther, await isSendingHeld(client, mailbox.id), await isSendingHeld(client, other.id)], [true, false, true])
  await sendMail(deps, id)
  assert.equal((await row(id)).state, 'sent')
  assert.deepEqual(
    [await releaseSending({ client, queue }, 'legal', 'cli'), await releaseSending({ client, queue }, 'legal', 'cli'), await sendingHolds(client)],
    [true, false, []],
  )
})

test('a mail that a full disk keeps from being composed waits until there is room', async t => {
  const transport = { send: async () => ({ kind: 'accepted' as const, refused: [] }) }
  const { deps, schedule, row, jobsOf } = await createOutbox(t, transport)
  const { id } = await schedule()
  const full = { ...deps.blobs, put: () => Promise.reject(new DuncanError('disk.full', 'x', 'x')) }

  await sendMail({ ...deps, blobs: full }, id)
  const waiting = [(await row(id)).state, jobsOf('mail.send').length]
  await sendMail(deps, id)

  assert.deepEqual([waiting, (await row(id)).state], [['scheduled', 2], 'sent'])
})
