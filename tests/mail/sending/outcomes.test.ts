import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { reconcileMail } from '../../../src/mail/reconcile-sent.ts'
import { abandonMail, sendMail } from '../../../src/mail/send.ts'
import { createSmtpTransport, type SmtpServer } from '../../../src/mail/transports/smtp.ts'
import { type SmtpBehaviour, type SmtpFault, startSmtpServer } from '../../support/smtp-server.ts'
import { createOutbox } from './outbox-fixture.ts'

const smtpTo = (port: number, server: Partial<SmtpServer> = {}) => createSmtpTransport({ host: '127.0.0.1', port, tls: 'none', silenceLimit: 2_000, ...server })

describe('a server that turns the mail down', () => {
  const permanent: [string, SmtpBehaviour][] = [
    ['the sender', { onSender: () => ({ code: 553, message: '5.7.1 sender address rejected' }) }],
    ['the recipient', { onRecipient: () => ({ code: 550, message: '5.1.1 no such user' }) }],
    ['the text', { onAccepted: () => ({ code: 554, message: '5.7.1 rejected as spam' }) }],
  ]
  for (const [what, behaviour] of permanent) {
    test(`for good because of ${what}: the mail failed, its reason is kept, and whoever waits hears of it`, async t => {
      const server = await startSmtpServer(t, behaviour)
      const { deps, schedule, row, audit, jobsOf } = await createOutbox(t, smtpTo(server.port))
      const { id } = await schedule()

      await sendMail(deps, id)

      const { state, problem } = await row(id)
      assert.equal(state, 'failed')
      assert.match(JSON.stringify(problem), /server_refused.*5\.(7|1)\.1/)
      assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.failed'])
      assert.deepEqual(
        jobsOf('mail.settled').map(job => job.payload),
        [{ outboundMailId: id }],
      )
    })
  }

  test('for now: the mail is tried again later with the same bytes, and leaves once', async t => {
    const faults: (SmtpFault | undefined)[] = [{ code: 451, message: '4.7.1 greylisted' }, undefined]
    const offered: Buffer[] = []
    const server = await startSmtpServer(t, {
      onAccepted: ({ source }) => {
        offered.push(source)
        return faults.shift()
      },
    })
    const { deps, clock, schedule, row, audit, jobsOf, client } = await createOutbox(t, smtpTo(server.port))
    const { id } = await schedule()

    await sendMail(deps, id)
    const delayed = await row(id)
    await sendMail(deps, id) // before its time
    clock.advance({ minutes: 1 })
    await sendMail(deps, id)

    assert.deepEqual([delayed.state, delayed.sendAfter.toISOString()], ['scheduled', '2026-03-02T09:01:00.000Z'])
    assert.deepEqual(jobsOf('mail.send').at(-1)?.startAfter, delayed.sendAfter)
    assert.equal((await row(id)).state, 'sent')
    assert.equal(server.accepted.length, 1)
    assert.deepEqual(offered[0], offered[1])
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.delayed', 'mail.sending', 'mail.sent'])
    assert.equal(await client.opsAlert.count(), 0)
  })

  test('for now, again and again: a person is told at the second time, and after eight attempts the mail failed', async t => {
    const server = await startSmtpServer(t, { onConnect: () => ({ code: 421, message: '4.3.2 shutting down' }) })
    const { client, deps, clock, schedule, row } = await createOutbox(t, smtpTo(server.port))
    const { id } = await schedule()

    const alerts: number[] = []
    while ((await row(id)).state === 'scheduled') {
      await sendMail(deps, id)
      alerts.push(await client.opsAlert.count({ where: { key: 'smtp:debtors', resolvedAt: null } }))
      clock.advance({ hours: 3 })
    }

    assert.deepEqual(alerts, [0, 1, 1, 1, 1, 1, 1, 1])
    assert.equal((await row(id)).state, 'failed')
    assert.equal(server.connections(), 8)
  })

  test('for one of two recipients: the mail is sent, and says who did not get it', async t => {
    const server = await startSmtpServer(t, { onRecipient: address => (address.startsWith('gone') ? { code: 550, message: 'gone' } : undefined) })
    const { deps, schedule, row } = await createOutbox(t, smtpTo(server.port))
    const { id } = await schedule({ to: ['ann@debtor.example', 'gone@debtor.example'] })

    await sendMail(deps, id)

    const { state, problem } = await row(id)
    assert.deepEqual([state, problem], ['sent', [{ code: 'refused_for', addresses: ['gone@debtor.example'] }]])
  })
})

describe('a connection that breaks', () => {
  test('before it was made: the mail is tried again later', async t => {
    const { deps, schedule, row } = await createOutbox(t, smtpTo(1))
    const { id } = await schedule()

    await sendMail(deps, id)

    const { state, problem, attempts } = await row(id)
    assert.deepEqual([state, attempts], ['scheduled', 1])
    assert.match(JSON.stringify(problem), /server_refused.*ECONNREFUSED/)
  })

  const harmless: [string, SmtpBehaviour][] = [
    ['at the greeting', { onConnect: () => 'cut' }],
    ['at the recipients', { onRecipient: () => 'cut' }],
  ]
  for (const [when, behaviour] of harmless) {
    test(`${when}: the mail is tried again later`, async t => {
      const server = await startSmtpServer(t, behaviour)
      const { deps, schedule, row } = await createOutbox(t, smtpTo(server.port))
      const { id } = await schedule()

      await sendMail(deps, id)

      assert.equal((await row(id)).state, 'scheduled')
    })
  }

  const fateful: [string, SmtpBehaviour][] = [
    ['while the text left', { onText: () => 'cut' }],
    ['after the text, without an answer', { onAccepted: () => 'cut' }],
    ['by a server that falls silent after the text', { onAccepted: () => new Promise<undefined>(() => undefined) }],
  ]
  for (const [when, behaviour] of fateful) {
    test(`${when}: the mail stands unknown and never leaves again by itself`, async t => {
      const server = await startSmtpServer(t, behaviour)
      const { deps, clock, schedule, row, audit, jobsOf } = await createOutbox(t, smtpTo(server.port, { silenceLimit: 300 }))
      const { id } = await schedule()

      await sendMail(deps, id)
      clock.advance({ hours: 5 })
      await sendMail(deps, id)

      assert.equal((await row(id)).state, 'unknown')
      assert.equal(server.connections(), 1)
      assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown'])
      assert.equal(jobsOf('mail.settled').length, 1)
    })
  }
})

describe('two processes', () => {
  test('that send the same mail at once: one of them does', async t => {
    const server = await startSmtpServer(t)
    const { deps, schedule, audit } = await createOutbox(t, smtpTo(server.port))
    const { id } = await schedule()

    await Promise.all(Array.from({ length: 8 }, () => sendMail(deps, id)))

    assert.equal(server.accepted.length, 1)
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.sent'])
  })

  test('of which one was taken for dead while it still sent: what it saw counts', async t => {
    const { deps, clock, schedule, row, audit, client } = await createOutbox(t, { send: async () => ({ kind: 'accepted', refused: [] }) })
    const { id } = await schedule()
    const slow = {
      ...deps,
      onStep: async (step: string) => {
        if (step !== 'accepted') return
        clock.advance({ minutes: 2 })
        await reconcileMail(deps, id)
        assert.equal((await row(id)).state, 'unknown')
      },
    }

    await sendMail(slow, id)

    assert.equal((await row(id)).state, 'sent')
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.unknown', 'mail.sent'])
    assert.equal(await client.message.count(), 1)
  })
})

describe('a mail that cannot be tried', () => {
  test('because its attachment is damaged: failed, and nothing is sent', async t => {
    const server = await startSmtpServer(t)
    const { deps, schedule, row } = await createOutbox(t, smtpTo(server.port))
    const { hash } = await deps.blobs.put(Buffer.from('%PDF-1.7 invoice'))
    writeFileSync(deps.blobs.path(hash), 'something else')
    const { id } = await schedule({ attachments: [{ fileName: '2026-0412.pdf', contentType: 'application/pdf', hash }] })

    await sendMail(deps, id)

    const { state, problem } = await row(id)
    assert.deepEqual([state, problem], ['failed', [{ code: 'attachment_damaged', file: '2026-0412.pdf' }]])
    assert.equal(server.connections(), 0)
  })

  test('again because its bytes are gone: failed, rather than composed anew under the same Message-ID', async t => {
    const server = await startSmtpServer(t, { onAccepted: () => ({ code: 451, message: '4.7.1 greylisted' }) })
    const { deps, clock, schedule, row } = await createOutbox(t, smtpTo(server.port))
    const { id } = await schedule()
    await sendMail(deps, id)
    rmSync(deps.blobs.path((await row(id)).rawHash ?? ''))
    clock.advance({ minutes: 5 })

    await sendMail(deps, id)

    assert.deepEqual([(await row(id)).state, server.connections()], ['failed', 1])
  })

  test('because its job died when it was due: failed; one that waits for its time is left alone', async t => {
    const { deps, clock, schedule, row, jobsOf } = await createOutbox(t, smtpTo(1))
    const { id } = await schedule({ sendAfter: clock.now().add({ minutes: 2 }) })

    await abandonMail(deps, id, 'the disk is full')
    const early = (await row(id)).state
    clock.advance({ minutes: 2 })
    await abandonMail(deps, id, 'the disk is full')

    const { state, problem } = await row(id)
    assert.deepEqual([early, state, problem, jobsOf('mail.settled').length], ['scheduled', 'failed', [{ code: 'job_failed', fault: 'the disk is full' }], 1])
  })

  test('because the settings name no server for its mailbox: failed, with what to do', async t => {
    const { deps, schedule, row, jobsOf } = await createOutbox(t, smtpTo(1))
    const { id } = await schedule()

    await sendMail({ ...deps, account: () => undefined }, id)

    assert.equal((await row(id)).state, 'failed')
    assert.deepEqual((await row(id)).problem, [{ code: 'no_server', mailbox: 'debtors' }])
    assert.equal(jobsOf('mail.settled').length, 1)
  })
})

test('a mail whose action or entry objects is not offered to any server: it failed, and says why', async t => {
  const server = await startSmtpServer(t)
  const { deps, schedule, row, audit, jobsOf } = await createOutbox(t, smtpTo(server.port))
  const { id } = await schedule({ actionId: 7 })
  const ofEntry = await schedule({ entryId: 9 })
  const again = await schedule({ entryId: 9 })
  const objections = {
    whyNotLeave: async (actionId: number) => [{ code: `action_${actionId}` }],
    whyEntryNotLeave: async (entryId: number) => [{ code: `entry_${entryId}` }],
  }

  await sendMail({ ...deps, ...objections }, id)
  await sendMail({ ...deps, ...objections }, ofEntry.id)

  const { state, problem } = await row(id)
  assert.deepEqual([state, problem, server.connections()], ['failed', [{ code: 'stopped' }, { code: 'action_7' }], 0])
  assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.failed'])
  assert.deepEqual((await row(ofEntry.id)).problem, [{ code: 'stopped' }, { code: 'entry_9' }])
  assert.equal(again.id, ofEntry.id, 'one entry sends one mail')
  assert.notEqual((await schedule({ entryId: 9 })).id, ofEntry.id, 'what surely did not leave makes room for what is decided anew')
  assert.equal(jobsOf('mail.settled').length, 2)
})
