import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { fileSentMail } from '../../../src/mail/file-sent.ts'
import { reconcileMail, resolveUnknown } from '../../../src/mail/reconcile-sent.ts'
import { type SendingAccount, sendMail } from '../../../src/mail/send.ts'
import type { Transmission } from '../../../src/mail/transports/transport.ts'
import { createOutbox } from './outbox-fixture.ts'

/** An outbox whose transport gives the outcomes in turn, then accepts. */
async function anOutbox(t: TestContext, outcomes: Transmission[], account: Partial<SendingAccount> = {}) {
  const sources: Buffer[] = []
  const send = async (source: Buffer): Promise<Transmission> => {
    sources.push(source)
    return outcomes.shift() ?? { kind: 'accepted', refused: [] }
  }
  return { ...(await createOutbox(t, { send }, account)), sources }
}
const lost: Transmission = { kind: 'lost', problem: 'connection reset' }

/** A mail left `sending` by a process that is gone. */
async function aDeadMail(t: TestContext, account: Partial<SendingAccount> = {}) {
  const outbox = await anOutbox(t, [], account)
  const { id, internetMessageId } = await outbox.schedule()
  const dying = { ...outbox.deps, onStep: (step: string) => (step === 'claimed' ? Promise.reject(new Error('killed')) : undefined) }
  await assert.rejects(sendMail(dying, id), /killed/)
  return { ...outbox, id, internetMessageId }
}

describe('a mail whose sender fell silent', () => {
  test('is left alone for a minute, and looked at again', async t => {
    const { deps, id, row, clock, jobsOf } = await aDeadMail(t)
    clock.advance({ seconds: 60 })

    await reconcileMail(deps, id)

    assert.equal((await row(id)).state, 'sending')
    assert.equal(jobsOf('mail.reconcile').length, 2) // one from the claim
    assert.deepEqual(jobsOf('mail.reconcile').at(-1)?.startAfter, new Date('2026-03-02T09:02:15Z'))
  })

  test('is unknown after a minute, and whoever waits for it hears so once', async t => {
    const { deps, id, row, clock, jobsOf, audit } = await aDeadMail(t)
    clock.advance({ seconds: 61 })

    await Promise.all([reconcileMail(deps, id), reconcileMail(deps, id), reconcileMail(deps, id)])
    await sendMail(deps, id)

    assert.equal((await row(id)).state, 'unknown')
    assert.equal(jobsOf('mail.settled').length, 1)
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown'])
  })
})

describe('an unknown mail', () => {
  test('is sent when the server filed it in the Sent folder by itself', async t => {
    const { deps, schedule, row, audit, sentFolder, sources, jobsOf, client } = await anOutbox(t, [lost], { sentCopy: 'server' })
    const { id } = await schedule()
    await sendMail(deps, id)
    sentFolder.copies.push({ source: sources[0] ?? assert.fail(), sentAt: new Date() })

    await reconcileMail(deps, id)
    await reconcileMail(deps, id)

    assert.equal((await row(id)).state, 'sent')
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown', 'mail.found'])
    assert.equal(jobsOf('mail.settled').length, 2)
    assert.equal(await client.message.count({ where: { direction: 'out' } }), 1)
  })

  test('is sent when the sync met its blind copy', async t => {
    const { deps, schedule, row, client, mailbox } = await anOutbox(t, [lost], { selfBcc: true })
    const { id, internetMessageId } = await schedule()
    await sendMail(deps, id)
    await client.message.create({
      data: { mailboxId: mailbox.id, rawHash: 'with Received lines', size: 1, direction: 'in', internetMessageId, receivedAt: new Date() },
    })

    await reconcileMail(deps, id)

    assert.equal((await row(id)).state, 'sent')
  })

  test('is looked for every five minutes of an hour, then left to a person', async t => {
    const { deps, schedule, row, clock, jobsOf } = await anOutbox(t, [lost], { sentCopy: 'server' })
    const { id } = await schedule()
    await sendMail(deps, id)

    const before = jobsOf('mail.reconcile').length
    let looks = 0
    for (let enqueued = before; looks < 100; looks++) {
      await reconcileMail(deps, id)
      clock.advance({ minutes: 5 })
      if (jobsOf('mail.reconcile').length === enqueued) break
      enqueued = jobsOf('mail.reconcile').length
    }

    assert.equal(looks, 12)
    assert.equal((await row(id)).state, 'unknown')
  })

  test('proves nothing by missing from a Sent folder that only Duncan fills: that is not even looked at', async t => {
    const { deps, schedule, row, sentFolder } = await anOutbox(t, [lost])
    const { id } = await schedule()
    await sendMail(deps, id)

    await reconcileMail(deps, id)

    assert.equal((await row(id)).state, 'unknown')
    assert.equal(sentFolder.opened, 0)
  })

  test('that a person calls sent is sent, stands in the thread and is filed', async t => {
    const { deps, schedule, row, audit, sentFolder, client } = await anOutbox(t, [lost])
    const { id } = await schedule()
    await sendMail(deps, id)

    assert.equal(await resolveUnknown(deps.client, deps, id, 'sent', 3), true)
    await fileSentMail(deps, id)

    assert.equal((await row(id)).state, 'sent')
    assert.equal(sentFolder.copies.length, 1)
    assert.equal(await client.message.count({ where: { direction: 'out' } }), 1)
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown', 'mail.declared_sent', 'mail.filed'])
    assert.equal((await client.auditEntry.findFirstOrThrow({ where: { event: 'mail.declared_sent' } })).actor, 'staff:3')
  })

  test('follows the first of two people who decide on it at once', async t => {
    const { deps, schedule, row } = await anOutbox(t, [lost])
    const { id } = await schedule()
    await sendMail(deps, id)

    const [isSent, isAgain] = await Promise.all([resolveUnknown(deps.client, deps, id, 'sent', 3), resolveUnknown(deps.client, deps, id, 'resend', 4)])

    assert.notEqual(isSent, isAgain)
    assert.equal((await row(id)).state, isSent ? 'sent' : 'scheduled')
  })

  test('that a person sends again leaves with the same bytes and Message-ID', async t => {
    const { deps, schedule, row, audit, sources } = await anOutbox(t, [lost])
    const { id } = await schedule()
    await sendMail(deps, id)

    assert.equal(await resolveUnknown(deps.client, deps, id, 'resend', 3), true)
    await sendMail(deps, id)

    assert.equal((await row(id)).state, 'sent')
    assert.equal(sources.length, 2)
    assert.deepEqual(sources[0], sources[1])
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown', 'mail.sent_again', 'mail.sending', 'mail.sent'])
  })

  test('is the only one that a person can decide on', async t => {
    const { deps, schedule, row } = await anOutbox(t, [])
    const { id } = await schedule()

    assert.deepEqual([await resolveUnknown(deps.client, deps, id, 'sent', 3), await resolveUnknown(deps.client, deps, id, 'resend', 3)], [false, false])
    assert.equal((await row(id)).state, 'scheduled')
  })
})

describe('filing a sent mail', () => {
  test('fails while the mailbox is away, which leaves the mail sent, and works later, once', async t => {
    const { deps, schedule, row, sentFolder, audit } = await anOutbox(t, [])
    const { id } = await schedule()
    await sendMail(deps, id)
    sentFolder.isReachable = false

    await assert.rejects(fileSentMail(deps, id), /connection refused/)
    assert.equal((await row(id)).state, 'sent')
    sentFolder.isReachable = true
    await fileSentMail(deps, id)
    await fileSentMail(deps, id)

    assert.equal(sentFolder.copies.length, 1)
    assert.equal(sentFolder.opened, sentFolder.closed)
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.sent', 'mail.filed'])
  })

  test('leaves it to a server that fills the Sent folder itself', async t => {
    const { deps, schedule, sentFolder } = await anOutbox(t, [], { sentCopy: 'server' })
    const { id } = await schedule()
    await sendMail(deps, id)

    await fileSentMail(deps, id)

    assert.equal(sentFolder.opened, 0)
  })

  test('does nothing for a mail that has not left', async t => {
    const { deps, schedule, sentFolder } = await anOutbox(t, [])
    const { id } = await schedule()

    await fileSentMail(deps, id)

    assert.equal(sentFolder.opened, 0)
  })
})
