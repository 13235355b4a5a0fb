import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { simpleParser } from 'mailparser'
import { sealAudit, verifyAudit } from '#platform'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

const ledger = `debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount
2001,Kade Negen BV,NL,nl,milan@kade-negen.example,Milan Verhoef,F-2026-0412,2026-09-01,2026-10-01,1250.00
2001,Kade Negen BV,NL,nl,milan@kade-negen.example,Milan Verhoef,F-2026-0413,2026-09-05,2026-10-05,310.50
2002,Polder Techniek BV,NL,nl,anja@polder-techniek.example,Anja Groot,F-2026-0500,2026-09-05,2026-10-05,99.00
`

const debtorMail = [
  'From: Milan Verhoef <milan@kade-negen.example>',
  'To: debiteuren@creditor.example',
  'Subject: Kopie factuur F-2026-0412',
  'Message-ID: <vraag-1@kade-negen.example>',
  'Date: Fri, 20 Nov 2026 10:00:00 +0100',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Goedemorgen,',
  '',
  'Kunnen jullie mij een kopie sturen van factuur F-2026-0412? Ik kan hem niet vinden.',
  '',
  'Met vriendelijke groet,',
  'Milan Verhoef',
].join('\r\n')

test('a debtor’s mail becomes a card, one click sends the reply, and the copy stands in the Sent folder', { skip: withoutDovecot() }, async t => {
  const dovecot = await startDovecot(t)
  const smtp = await startSmtpServer(t)
  const user = dovecot.user()
  const { app, folder, loadLedger } = await createTestApp(t, {
    mailboxes: [
      {
        key: 'debtors',
        kind: 'imap',
        address: 'debiteuren@creditor.example',
        aliases: [],
        paused: false,
        host: '127.0.0.1',
        port: dovecot.port,
        tls: 'none',
        user,
        passwordEnv: 'PASSWORD',
        password: 'secret',
        folders: ['INBOX'],
        fromName: 'Creditor BV',
        pollSeconds: 5,
        smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none', sentCopy: 'append', selfBcc: false },
      },
    ],
  })
  await loadLedger(ledger)
  const pdf = Buffer.from('%PDF-1.4 copy of F-2026-0412')
  writeFileSync(join(folder, 'invoices', 'F-2026-0412.pdf'), pdf)
  await app.start()
  const anna = await signIn(app, 'anna')
  const colleague = await dovecot.connect(user)

  await colleague.append('INBOX', debtorMail)
  const card = await eventually('the card stands in the console', async () =>
    (await anna.posts('debtors')).find(({ subject }) => subject.startsWith('proposal:')),
  )

  assert.match(card.fallback, /Kade Negen/)
  assert.match(JSON.stringify(card.card), /F-2026-0412/)
  assert.equal(smtp.accepted.length, 0, 'nothing leaves without a click')

  const { client } = app.database
  const proposal = await client.proposal.findFirstOrThrow({ include: { actions: true } })
  assert.deepEqual(
    proposal.actions.map(({ kind }) => kind),
    ['send_invoice_copies'],
  )
  const outcome = await anna.press(card, 'debtors', 'proposal.approve')
  assert.equal(outcome.kind, 'done')

  const mail = await eventually('the reply was accepted by the SMTP server', () => smtp.accepted[0])
  const reply = await simpleParser(mail.source)
  assert.deepEqual(mail.recipients, ['milan@kade-negen.example'])
  assert.equal(reply.inReplyTo, '<vraag-1@kade-negen.example>')
  assert.equal(reply.headers.has('auto-submitted'), false, 'a person decided this mail')
  assert.deepEqual(
    reply.attachments.map(({ filename, content }) => [filename, content.equals(pdf)]),
    [['F-2026-0412.pdf', true]],
  )

  await eventually('the copy stands in the Sent folder', async () => {
    const lock = await colleague.getMailboxLock('Sent')
    try {
      const uids = await colleague.search({ header: { 'message-id': reply.messageId ?? '' } }, { uid: true })
      return uids && uids.length > 0 ? uids : undefined
    } finally {
      lock.release()
    }
  })
  await eventually('the handled mail carries a keyword that colleagues see', async () => {
    const lock = await colleague.getMailboxLock('INBOX')
    try {
      const uids = await colleague.search({ keyword: '$DuncanHandled' }, { uid: true })
      return uids && uids.length === 1 ? uids : undefined
    } finally {
      lock.release()
    }
  })
  await eventually('the action is done and the card says so', async () => {
    const { status } = await client.proposedAction.findFirstOrThrow()
    const [drawn] = (await anna.posts('debtors')).filter(({ id }) => id === card.id)
    return status === 'done' && drawn && /Anna Bos/.test(JSON.stringify(drawn.card)) ? drawn : undefined
  })
  await eventually('the sent copy is recognised, not taken for a second mail', async () => {
    const messages = await client.message.findMany({ orderBy: { id: 'asc' } })
    const places = await client.messageLocation.count()
    return messages.length === 2 && places === 2 && messages[0]?.threadId === messages[1]?.threadId ? messages : undefined
  })
  while ((await sealAudit(client)) > 0);
  const verdict = await verifyAudit(client)
  assert.ok(verdict.ok && verdict.sealed >= 4)
  assert.equal(smtp.accepted.length, 1)
})
