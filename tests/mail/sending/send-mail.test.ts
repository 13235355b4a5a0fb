import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { fileSentMail } from '../../../src/mail/file-sent.ts'
import { cancelMail } from '../../../src/mail/outbox.ts'
import { sendMail } from '../../../src/mail/send.ts'
import { createSmtpTransport } from '../../../src/mail/transports/smtp.ts'
import { startSmtpServer } from '../../support/smtp-server.ts'
import { aMessage, createOutbox } from './outbox-fixture.ts'

const smtpTo = (port: number) => createSmtpTransport({ host: '127.0.0.1', port, tls: 'none', silenceLimit: 2_000 })

describe('a scheduled mail', () => {
  test('leaves over SMTP as an answer in its thread, and its copy is filed', async t => {
    const server = await startSmtpServer(t)
    const { client, deps, mailbox, schedule, row, audit, jobsOf, sentFolder } = await createOutbox(t, smtpTo(server.port))
    const question = await aMessage(client, mailbox.id, { references: ['<first@debtor.example>'] })
    const { id, internetMessageId } = await schedule({ answers: question.id, text: 'Zażółć gęślą jaźń — €' })

    await sendMail(deps, id)
    await fileSentMail(deps, id)

    assert.equal(server.accepted.length, 1)
    const [{ source, from, recipients } = assert.fail()] = server.accepted
    const parsed = await simpleParser(source)
    assert.deepEqual([from, recipients], ['debtors@acme.example', ['ann@debtor.example']])
    assert.equal(parsed.from?.text, '"Acme Receivables" <debtors@acme.example>')
    assert.equal(parsed.messageId, internetMessageId)
    assert.equal(parsed.inReplyTo, '<question@debtor.example>')
    assert.deepEqual(parsed.references, ['<first@debtor.example>', '<question@debtor.example>'])
    assert.equal(parsed.text?.trim(), 'Zażółć gęślą jaźń — €')
    assert.equal(parsed.headers.has('auto-submitted'), false)
    assert.equal((await row(id)).state, 'sent')
    assert.deepEqual(await audit(id), ['mail.scheduled', 'mail.sending', 'mail.sent', 'mail.filed'])
    assert.equal(jobsOf('mail.settled').length, 1)
    assert.deepEqual(
      sentFolder.copies.map(copy => copy.source),
      [source],
    )
    const stored = await client.message.findFirstOrThrow({ where: { direction: 'out' } })
    assert.equal(stored.threadId, question.threadId)
    assert.equal(stored.internetMessageId, internetMessageId)
    assert.deepEqual(await deps.blobs.read(stored.rawHash), source)
  })

  test('does not leave once it was cancelled, and cannot be cancelled once it left', async t => {
    const server = await startSmtpServer(t)
    const { client, deps, schedule, row, audit } = await createOutbox(t, smtpTo(server.port))
    const [cancelled, sent] = [await schedule(), await schedule()]

    assert.equal(await client.$transaction(tx => cancelMail(tx, cancelled.id)), true)
    await sendMail(deps, cancelled.id)
    await sendMail(deps, sent.id)

    assert.equal(await client.$transaction(tx => cancelMail(tx, sent.id)), false)
    assert.equal(server.accepted.length, 1)
    assert.equal((await row(cancelled.id)).state, 'cancelled')
    assert.deepEqual(await audit(cancelled.id), ['mail.scheduled', 'mail.cancelled'])
  })
})
