import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { scheduleMail } from '../../../src/mail/outbox.ts'
import { sendMail } from '../../../src/mail/send.ts'
import type { Envelope, MailTransport } from '../../../src/mail/transports/transport.ts'
import { aDraft, aMessage, createOutbox } from './outbox-fixture.ts'

/** A transport that keeps what it is given. */
function aRecorder(): MailTransport & { sent: { source: Buffer; envelope: Envelope }[] } {
  const sent: { source: Buffer; envelope: Envelope }[] = []
  return {
    sent,
    send: async (source, envelope) => {
      sent.push({ source, envelope })
      return { kind: 'accepted', refused: [] }
    },
  }
}
const headerOf = (source: Buffer | undefined) => (source ?? assert.fail('nothing was sent')).toString('latin1').split('\r\n\r\n')[0] ?? ''

describe('scheduling a mail', () => {
  test('fixes its Message-ID in the domain of the mailbox and wakes the sender when the undo window is over', async t => {
    const { schedule, row, jobsOf, clock } = await createOutbox(t, aRecorder())
    const sendAfter = clock.now().add({ minutes: 2 })

    const { id, internetMessageId } = await schedule({ sendAfter })

    assert.match(internetMessageId, /^<[0-9a-f-]{36}@acme\.example>$/)
    assert.equal((await row(id)).internetMessageId, internetMessageId)
    assert.deepEqual(jobsOf('mail.send'), [{ kind: 'mail.send', payload: { outboundMailId: id }, startAfter: new Date('2026-03-02T09:02:00Z') }])
  })

  test('twice for one action, even at once, is one mail and one job', async t => {
    const { schedule, client, jobsOf, audit } = await createOutbox(t, aRecorder())

    const mails = await Promise.all([schedule({ actionId: 5 }), schedule({ actionId: 5 }), schedule({ actionId: 5 })])

    assert.equal(new Set(mails.map(mail => mail.id)).size, 1)
    assert.equal(await client.outboundMail.count(), 1)
    assert.equal(jobsOf('mail.send').length, 1)
    assert.deepEqual(await audit(mails[0].id), ['mail.scheduled'])
  })

  test('in a transaction that fails leaves nothing behind', async t => {
    const { client, queue, mailbox, clock } = await createOutbox(t, aRecorder())

    const failing = client.$transaction(async tx => {
      await scheduleMail(tx, queue, aDraft({ mailboxId: mailbox.id, sendAfter: clock.now() }))
      throw new Error('the decision was not recorded')
    })

    await assert.rejects(failing, /not recorded/)
    assert.equal(await client.outboundMail.count(), 0)
  })

  test('sends each address once, whether it stands in To, in Cc or in both', async t => {
    const recorder = aRecorder()
    const { deps, schedule } = await createOutbox(t, recorder)
    const { id } = await schedule({ to: ['ann@debtor.example', 'ANN@debtor.example'], cc: ['bob@debtor.example', 'ann@debtor.example'] })

    await sendMail(deps, id)

    assert.deepEqual(recorder.sent[0]?.envelope.recipients, ['ann@debtor.example', 'bob@debtor.example'])
  })

  for (const address of [
    'ann@debtor.example, eve@elsewhere.example',
    'ann@debtor.example\r\nBcc: eve@elsewhere.example',
    'Ann <ann@debtor.example>',
    'group: ann@debtor.example, eve@elsewhere.example;',
    '"ann@debtor.example" <eve@elsewhere.example>',
    'ann@debtor.example eve@elsewhere.example',
    'ann@debtor',
    'ann@debtor.example>',
    'ann',
    '',
  ]) {
    test(`refuses ${JSON.stringify(address)} as a recipient`, async t => {
      const { schedule, client } = await createOutbox(t, aRecorder())

      await assert.rejects(schedule({ to: [address] }), { code: 'mail.recipient' })
      await assert.rejects(schedule({ cc: [address] }), { code: 'mail.recipient' })
      assert.equal(await client.outboundMail.count(), 0)
    })
  }

  test('refuses a mail without a recipient', async t => {
    const { schedule } = await createOutbox(t, aRecorder())

    await assert.rejects(schedule({ to: [] }), { code: 'mail.recipient' })
  })
})

describe('the source of a mail', () => {
  test('has no header that its subject, names or text brought along', async t => {
    const recorder = aRecorder()
    const { deps, schedule } = await createOutbox(t, recorder, { fromName: 'Acme\r\nBcc: eve@elsewhere.example' })
    const { hash } = await deps.blobs.put(Buffer.from('x'))
    const names = ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type']
    const evil = fc.string({
      unit: fc.constantFrom('\r', '\n', '\0', '\u2028', ':', ' ', 'Bcc: eve@elsewhere.example', '"', ';', 'a', 'é', '=?utf-8?q?=0D=0AX:?='),
    })

    await fc.assert(
      fc.asyncProperty(evil, evil, async (subject, fileName) => {
        const { id } = await schedule({ subject: `Re: ${subject}`, attachments: [{ fileName, contentType: 'application/pdf', hash }] })
        await sendMail(deps, id)
        const lines = headerOf(recorder.sent.at(-1)?.source).split('\r\n')
        const found = lines.filter(line => !/^[ \t]/.test(line)).map(line => line.split(':')[0])
        assert.equal(found.length, names.length)
        assert.deepEqual(new Set(found), new Set(names))
        assert.deepEqual(recorder.sent.at(-1)?.envelope.recipients, ['ann@debtor.example'])
      }),
      { numRuns: 40 },
    )
  })

  test('names the thread: the parent last, the first one kept when the chain is long', async t => {
    const recorder = aRecorder()
    const { deps, client, mailbox, schedule } = await createOutbox(t, recorder)
    const references = Array.from({ length: 60 }, (_, index) => `<${index}@debtor.example>`)
    const question = await aMessage(client, mailbox.id, { references })
    const { id } = await schedule({ answers: question.id })

    await sendMail(deps, id)

    const { references: sent, inReplyTo } = await simpleParser(recorder.sent[0]?.source ?? '')
    assert.equal(inReplyTo, '<question@debtor.example>')
    assert.deepEqual(sent, ['<0@debtor.example>', ...references.slice(-18), '<question@debtor.example>'])
  })

  test('goes back to In-Reply-To when the parent has no References, and drops what is no Message-ID', async t => {
    const recorder = aRecorder()
    const { deps, client, mailbox, schedule } = await createOutbox(t, recorder)
    const question = await aMessage(client, mailbox.id, { inReplyTo: '<first@debtor.example>' })
    const odd = await aMessage(client, mailbox.id, { references: ['<ok@debtor.example>', 'no id', '<a b@c>', '<ok@debtor.example>'] })
    const ids = [await schedule({ answers: question.id }), await schedule({ answers: odd.id })]

    for (const { id } of ids) await sendMail(deps, id)

    const parsed = await Promise.all(recorder.sent.map(({ source }) => simpleParser(source)))
    assert.deepEqual(parsed[0]?.references, ['<first@debtor.example>', '<question@debtor.example>'])
    assert.deepEqual(parsed[1]?.references, ['<ok@debtor.example>', '<question@debtor.example>'])
  })

  test('says Auto-Submitted on an automatic mail only: an answer is auto-replied, another auto-generated', async t => {
    const recorder = aRecorder()
    const { deps, client, mailbox, schedule } = await createOutbox(t, recorder)
    const { id: answers } = await aMessage(client, mailbox.id)
    const ids = [await schedule({ answers, automatic: true }), await schedule({ automatic: true }), await schedule({ answers })]

    for (const { id } of ids) await sendMail(deps, id)

    const marks = recorder.sent.map(({ source }) => /^Auto-Submitted: (.*)$/m.exec(headerOf(source))?.[1]?.trim())
    assert.deepEqual(marks, ['auto-replied', 'auto-generated', undefined])
  })

  test('carries its attachments byte for byte, with names in any script and none that hides its ending', async t => {
    const recorder = aRecorder()
    const { deps, schedule, client } = await createOutbox(t, recorder)
    const content = Buffer.from([0, 1, 2, 13, 10, 46, 13, 10, 255])
    const { hash } = await deps.blobs.put(content)
    const pdf = { contentType: 'application/pdf', hash }
    const { id } = await schedule({
      attachments: [
        { fileName: 'Zażółć 2026.pdf', ...pdf },
        { fileName: '../inv\u202efdp.exe', ...pdf },
      ],
    })

    await sendMail(deps, id)

    const { attachments } = await simpleParser(recorder.sent[0]?.source ?? '')
    assert.deepEqual(
      attachments.map(({ filename }) => filename),
      ['Zażółć 2026.pdf', '.._inv_fdp.exe'],
    )
    assert.deepEqual(
      attachments.map(attachment => attachment.content),
      [content, content],
    )
    assert.deepEqual(await client.attachment.findMany({ select: { fileName: true, size: true, hash: true }, orderBy: { id: 'asc' } }), [
      { fileName: 'Zażółć 2026.pdf', size: 9, hash },
      { fileName: '.._inv_fdp.exe', size: 9, hash },
    ])
  })

  test('is plain CRLF text of short lines, and reads as it was written', async t => {
    const recorder = aRecorder()
    const { deps, schedule } = await createOutbox(t, recorder)
    const text = `Dear Ann,\n\n.\nFrom here on ${'a long line '.repeat(200)}\n\n-- \nAcme\n`
    const { id } = await schedule({ text })

    await sendMail(deps, id)

    const source = recorder.sent[0]?.source.toString('latin1') ?? ''
    assert.equal(source.replaceAll('\r\n', '').includes('\n'), false)
    assert.ok(source.split('\r\n').every(line => line.length <= 998))
    assert.equal((await simpleParser(source)).text?.trimEnd(), text.trimEnd())
  })

  test('does not show the blind copy that the mailbox itself gets', async t => {
    const recorder = aRecorder()
    const { deps, schedule } = await createOutbox(t, recorder, { selfBcc: true })
    const { id } = await schedule()

    await sendMail(deps, id)

    assert.deepEqual(recorder.sent[0]?.envelope.recipients, ['ann@debtor.example', 'debtors@acme.example'])
    assert.equal(/^bcc/im.test(headerOf(recorder.sent[0]?.source)), false)
  })
})
