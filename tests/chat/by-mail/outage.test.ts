import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { simpleParser } from 'mailparser'
import { createSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { settingsKinds } from '../../../src/app.ts'
import { decisionsMail } from '../../../src/flows/jobs.ts'
import { createTestApp, eventually } from '../../support/app.ts'
import { aMail, deliver } from '../../support/maildir.ts'
import { signingSecret } from '../../support/slack-driver.ts'
import { startSlack } from '../../support/slack-emulator.ts'
import { startSmtpServer } from '../../support/smtp-server.ts'

const ledger = `debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount
2001,Kade Negen BV,NL,nl,milan@kade-negen.example,Milan Verhoef,F-2026-0412,2026-09-01,2026-10-01,1250.00
`

test('while Slack is away a decision is asked for by mail and given by a reply: the debtor is answered, and the card follows when Slack is back', async t => {
  const hooks: (() => unknown)[] = []
  t.after(async () => {
    for (const hook of hooks.toReversed()) await hook()
  })
  const after = { after: (hook: unknown) => void hooks.push(hook as () => unknown) }
  const slack = await startSlack(after)
  slack.readBy(slack.userOf('anna'))
  const smtp = await startSmtpServer(after)
  const { app, folder, loadLedger } = await createTestApp(after, {
    settings: {
      DUNCAN_SLACK_BOT_TOKEN: slack.botToken,
      DUNCAN_SLACK_SIGNING_SECRET: signingSecret,
      DUNCAN_SLACK_TEAM: slack.team,
      DUNCAN_SLACK_API_URL: slack.apiUrl,
      DUNCAN_TRUSTED_SERVERS: 'mx.creditor.example',
      DUNCAN_SENDER_CHECK: 'headers',
    },
  })
  const { client } = app.database
  const mailbox = (key: string) => ({
    kind: 'maildir',
    path: join(folder, key),
    address: `${key}@creditor.example`,
    startAt: '2020-01-01T00:00:00Z',
    pollSeconds: 0.2,
    smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' },
  })
  const yaml = JSON.stringify({
    mailboxes: { debtors: mailbox('debtors'), duncan: mailbox('duncan') },
    chat: { slack: { workspace: slack.team, channels: { debtors: slack.channel } } },
    decisionsByMail: { mailbox: 'duncan', afterMinutes: 1 },
  })
  const settings = createSettings({ client, kinds: settingsKinds })
  const applied = await settings.apply(joinSettingsFiles([parseSettingsFile('settings.yaml', yaml)]), { actor: 'cli' })
  assert.equal(applied.kind, 'applied', JSON.stringify(applied))
  await loadLedger(ledger)
  await app.start()
  slack.fail('chat.postMessage', ...Array.from({ length: 2 }, () => ({ kind: 'status', status: 503, arrives: false }) as const))

  const question = 'Goedemorgen,\r\n\r\nKunnen jullie mij een kopie sturen van factuur F-2026-0412?\r\n\r\nMilan Verhoef'
  const header = { From: 'milan@kade-negen.example', To: 'debtors@creditor.example', Subject: 'Kopie factuur F-2026-0412', Date: new Date().toUTCString() }
  deliver(join(folder, 'debtors'), aMail({ ...header, text: question }))
  await eventually('Slack refused the card', async () => (await client.chatCopy.count({ where: { attempts: { gt: 0 } } })) || undefined)
  await client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now() + interval '1 hour', "createdAt" = now() - interval '2 minutes', attempts = 1`
  await app.queue.send(client, decisionsMail, {}, { key: 'decisions.mail' })
  const asked = await eventually('Anna is asked', () => smtp.accepted[0])
  const request = await simpleParser(asked.source)
  const reply = {
    'Authentication-Results': 'mx.creditor.example; dmarc=pass header.from=creditor.example',
    From: 'Anna Bos <anna@creditor.example>',
    To: 'duncan@creditor.example',
    Subject: `Re: ${request.subject}`,
    'In-Reply-To': request.messageId ?? '',
    Date: new Date().toUTCString(),
  }
  deliver(join(folder, 'duncan'), aMail({ ...reply, text: `APPROVE\r\n\r\n> ${(request.text ?? '').replaceAll('\n', '\r\n> ')}` }))

  const answered = await eventually('the debtor is answered', () => smtp.accepted.find(({ recipients }) => recipients.includes('milan@kade-negen.example')))
  assert.deepEqual(asked.recipients, ['anna@creditor.example'])
  assert.equal((await simpleParser(answered.source)).from?.value[0]?.address, 'debtors@creditor.example')
  const receipt = await eventually('Anna hears that it was done', () =>
    smtp.accepted.find(({ recipients }, at) => at > 0 && recipients.includes('anna@creditor.example')),
  )
  assert.match((await simpleParser(receipt.source)).text ?? '', /^Done: Kade Negen BV/)
  assert.deepEqual(
    (await client.decision.findMany()).map(({ kind, surface }) => [kind, surface]),
    [['approve', 'mail']],
  )
  assert.equal(await client.proposal.count(), 1, 'the reply is no debtor’s mail')
  await eventually(
    'the reply is marked as handled',
    async () => (await client.message.findFirst({ where: { subject: { startsWith: 'Re: ' }, status: 'handled' } })) ?? undefined,
  )
  assert.deepEqual(await slack.history(slack.channel), [])
  const card = await eventually('the card stands in Slack', async () => {
    // Nobody waits for the pauses of an outage.
    await client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now(), "updatedAt" = now() - interval '1 minute' WHERE status <> 'standing'`
    await client.$executeRaw`SELECT pg_notify('duncan_chat', '{}')`
    const [message] = await slack.history(slack.channel)
    return message && /Approved by Anna Bos/.test(JSON.stringify(message)) ? message : undefined
  })
  assert.ok(!JSON.stringify(card.blocks).includes('proposal.approve'))
})
