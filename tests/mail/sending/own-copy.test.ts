import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { absorbOwnCopy } from '../../../src/mail/own-copy.ts'
import { sendMail } from '../../../src/mail/send.ts'
import type { Transmission } from '../../../src/mail/transports/transport.ts'
import { createOutbox } from './outbox-fixture.ts'

/** A sent mail, and a way to let the sync meet a copy of it. */
async function aSentMail(t: TestContext, outcome: Transmission = { kind: 'accepted', refused: [] }) {
  const sources: Buffer[] = []
  const send = async (source: Buffer) => {
    sources.push(source)
    return outcome
  }
  const outbox = await createOutbox(t, { send })
  const { client, deps, mailbox } = outbox
  const { id, internetMessageId } = await outbox.schedule()
  await sendMail(deps, id)
  const source = sources[0]?.toString('latin1') ?? assert.fail()
  const meet = async (raw: string, direction: 'in' | 'out') => {
    const { hash, size } = await deps.blobs.put(Buffer.from(raw, 'latin1'))
    const folder = await client.mailFolder.create({ data: { mailboxId: mailbox.id, path: direction === 'in' ? 'INBOX' : 'Sent', role: direction } })
    const fields = { mailboxId: mailbox.id, rawHash: hash, size, direction, internetMessageId, receivedAt: new Date() }
    return client.message.create({ data: { ...fields, locations: { create: { folderId: folder.id, uidValidity: 1, uid: 7 } } } })
  }
  return { ...outbox, id, source, meet }
}
const received = 'Received: from mail.acme.example\r\n'

describe('a copy of a mail that Duncan sent', () => {
  for (const [what, direction, alter] of [
    ['a blind copy in the inbox', 'in', (source: string) => received + source],
    ['a blind copy whose line ends were converted', 'in', (source: string) => (received + source).replaceAll('\r\n', '\n')],
    ['the server’s copy in the Sent folder', 'out', (source: string) => `X-Filed: yes\r\n${source.replace('Dear', '<p>Dear')}`],
  ] as const) {
    test(`is joined with the mail itself: ${what}`, async t => {
      const { client, deps, source, meet } = await aSentMail(t)
      const copy = await meet(alter(source), direction)

      assert.equal(await absorbOwnCopy(deps, copy.id), true)

      const messages = await client.message.findMany({ include: { locations: true } })
      assert.equal(messages.length, 1)
      assert.deepEqual([messages[0]?.direction, messages[0]?.locations.length], ['out', 1])
    })
  }

  test('met before it was known that the mail left is kept as the mail of the thread', async t => {
    const { client, deps, source, meet } = await aSentMail(t, { kind: 'lost', problem: 'reset' })
    const copy = await meet(received + source, 'in')

    assert.equal(await absorbOwnCopy(deps, copy.id), true)

    const messages = await client.message.findMany()
    assert.deepEqual(
      messages.map(({ id, direction, status }) => ({ id, direction, status })),
      [{ id: copy.id, direction: 'out', status: 'processed' }],
    )
  })
})

describe('what is no copy', () => {
  test('a mail in the inbox that borrows the Message-ID but says something else stays', async t => {
    const { client, deps, source, meet } = await aSentMail(t)
    const forged = await meet(`${source}\r\nPlease pay to our new account.\r\n`, 'in')

    assert.equal(await absorbOwnCopy(deps, forged.id), false)

    assert.equal(await client.message.count(), 2)
  })

  test('an ordinary mail stays', async t => {
    const { client, deps, mailbox } = await aSentMail(t)
    const mail = { mailboxId: mailbox.id, rawHash: 'other', size: 1, direction: 'in', receivedAt: new Date() }
    const [named, nameless] = [
      await client.message.create({ data: { ...mail, internetMessageId: '<a@debtor.example>' } }),
      await client.message.create({ data: { ...mail, rawHash: 'x' } }),
    ]

    assert.deepEqual([await absorbOwnCopy(deps, named.id), await absorbOwnCopy(deps, nameless.id)], [false, false])
  })
})
