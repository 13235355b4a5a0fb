import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createSettings, joinSettingsFiles, parseSettingsFile, readSettingsFiles } from '#settings'
import { settingsKinds } from '../../src/app.ts'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { aMail, deliver, temporaryFolder } from '../support/maildir.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

const pack = join(import.meta.dirname, '../../samples/settings/en')

const ledger = `debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount
2001,Brook Dental Ltd,GB,en,ann@brook.example,Ann Brook,INV-0412,2026-09-01,2026-10-01,1250.00
`

const copyAsked = (to: string) =>
  aMail({ To: to, Subject: 'Copy of INV-0412', Date: new Date().toUTCString(), text: 'Hello,\r\n\r\ncould you send me a copy of invoice INV-0412?\r\n\r\nAnn' })

async function startApp(t: TestContext, environment: Record<string, string> = {}) {
  const { app, folder, loadLedger } = await createTestApp(t, { settings: environment })
  const settings = createSettings({ client: app.database.client, kinds: settingsKinds })
  const apply = async (yaml: string) => {
    const outcome = await settings.apply(joinSettingsFiles([parseSettingsFile('settings.yaml', yaml)]), { actor: 'cli' })
    assert.equal(outcome.kind, 'applied', JSON.stringify(outcome))
  }
  const mailbox = (key: string, status: string) =>
    eventually(`${key} is ${status}`, async () => (await app.database.client.mailbox.findFirst({ where: { key, status } })) ?? undefined)
  return { app, folder, loadLedger, settings, apply, mailbox }
}

test('from a starter pack to a reply that left: its mailbox, its people, its own words', { skip: withoutDovecot() }, async t => {
  const dovecot = await startDovecot(t)
  const smtp = await startSmtpServer(t)
  const user = dovecot.user()
  process.env.RECEIVABLES_PASSWORD = 'secret'
  t.after(() => delete process.env.RECEIVABLES_PASSWORD)
  const { app, loadLedger, settings, mailbox } = await startApp(t)
  const source = readSettingsFiles([pack])
  const here = { host: '127.0.0.1', tls: 'none', user }
  const { receivables } = source.sections.mailboxes as { receivables: Record<string, unknown> }
  source.sections.mailboxes = {
    receivables: {
      ...receivables,
      ...here,
      startAt: '2020-01-01T00:00:00Z',
      port: dovecot.port,
      pollSeconds: 1,
      smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' },
    },
  }
  source.sections.templates = { reply: { en: 'Good day {{ contactName }},\n\n{{ body }}\n\n{{ administration }}' } }

  const applied = await settings.apply(source, { actor: 'cli' })
  assert.equal(applied.kind, 'applied', JSON.stringify(applied))
  await loadLedger(ledger)
  await app.start()
  await mailbox('receivables', 'ok')
  await (await dovecot.connect(user)).append('INBOX', copyAsked('receivables@larkfield.example'))
  const olivia = await signIn(app, 'olivia')
  const card = await eventually('the card stands in the channel of its route', async () =>
    (await olivia.posts('receivables')).find(({ subject }) => subject.startsWith('proposal:')),
  )

  assert.match(card.fallback, /Brook Dental/)
  const { payload } = await app.database.client.proposedAction.findFirstOrThrow({ where: { kind: { in: ['send_reply', 'send_invoice_copies'] } } })
  assert.match((payload as { text: string }).text, /^Good day Ann Brook,\n[\s\S]*Larkfield Supplies Ltd$/)
  await olivia.press(card, 'receivables', 'proposal.approve')
  const mail = await eventually('the reply left', () => smtp.accepted[0])
  assert.deepEqual(mail.recipients, ['ann@brook.example'])
  assert.match(mail.source.toString(), /^From: .*Larkfield Supplies/m)
  assert.equal((await app.database.client.staff.findUniqueOrThrow({ where: { key: 'anna' } })).active, false, 'who is not in the settings is switched off')
})

test('a running app drafts with new words as soon as they are applied', async t => {
  const { app, folder, loadLedger, apply, mailbox } = await startApp(t)
  await apply(`mailboxes:\n  debtors: { kind: maildir, address: ar@seller.example, path: ${join(folder, 'debtors')}, pollSeconds: 0.2 }\n`)
  await loadLedger(ledger)
  await app.start()
  await mailbox('debtors', 'ok')

  await apply('templates:\n  reply:\n    en: "Hi. {{ body }} Bye."\nmailboxes: {}\n')
  await mailbox('debtors', 'removed') // the same change, so the words are there too
  await apply(`mailboxes:\n  debtors: { kind: maildir, address: ar@seller.example, path: ${join(folder, 'debtors')}, pollSeconds: 0.2 }\n`)
  deliver(join(folder, 'debtors'), copyAsked('ar@seller.example'))
  const action = await eventually(
    'a reply was drafted',
    async () => (await app.database.client.proposedAction.findFirst({ where: { kind: { in: ['send_reply', 'send_invoice_copies'] } } })) ?? undefined,
  )

  assert.match((action.payload as { text: string }).text, /^Hi\. [\s\S]* Bye\.$/)
})

test('a running app takes up mailboxes that are added, changed and removed', async t => {
  const { app, folder, apply, mailbox } = await startApp(t)
  const yaml = (...keys: string[]) =>
    `mailboxes:\n${keys.map(key => `  ${key}: { kind: maildir, address: ${key}@seller.example, path: ${join(folder, key)}, pollSeconds: 0.2 }\n`).join('')}`
  for (const key of ['north', 'south']) deliver(join(folder, key), aMail({ To: `${key}@seller.example` }))
  await app.start()

  await apply(yaml('north'))
  await mailbox('north', 'ok')
  await apply(yaml('south'))

  await mailbox('south', 'ok')
  await mailbox('north', 'removed')
  const messages = await app.database.client.message.findMany({ include: { mailbox: true }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    messages.map(message => message.mailbox.key),
    ['north', 'south'],
  )
})

test('a mailbox whose secret is missing fails by itself and says which variable to set', async t => {
  const { app, folder, apply, mailbox } = await startApp(t)
  await apply(`mailboxes:
  good: { kind: maildir, address: good@seller.example, path: ${join(folder, 'good')} }
  bad: { kind: imap, address: bad@seller.example, host: 127.0.0.1, user: bad, passwordEnv: NOT_SET_ANYWHERE }
`)
  deliver(join(folder, 'good'), aMail())

  await app.start()

  await mailbox('good', 'ok')
  const { problem } = await mailbox('bad', 'failing')
  assert.match(problem ?? '', /NOT_SET_ANYWHERE/)
})

test('parts that the settings switch off are off, and come back without a restart', async t => {
  const dropFolder = temporaryFolder(t)
  const { app, folder, apply, mailbox } = await startApp(t, { DUNCAN_IMPORT_FOLDER: dropFolder, DUNCAN_IMPORT_SCHEDULE: '* * * * * *' })
  const imports = () => app.database.client.importRun.count()
  writeFileSync(join(dropFolder, 'ledger.csv'), ledger)
  await apply(`modules: { console: false, mailReading: false, importFolder: false }
mailboxes:
  debtors: { kind: maildir, address: debtors@seller.example, path: ${join(folder, 'debtors')}, pollSeconds: 0.2 }
`)
  deliver(join(folder, 'debtors'), aMail())
  await app.start()
  const page = async () => (await fetch(app.url)).status

  await mailbox('debtors', 'paused')
  assert.equal(await page(), 404)
  assert.equal((await fetch(`${app.url}/healthz`)).status, 200)
  await eventually('the folder’s time came', async () => (await app.database.client.scheduleTick.findFirst({ where: { name: 'ledger.drop' } })) ?? undefined)
  assert.equal(await imports(), 0)
  await apply('modules: {}\n')

  await mailbox('debtors', 'ok')
  assert.equal(await page(), 200)
  await eventually('the dropped file was imported', async () => (await imports()) || undefined)
})

test('settings that this release refuses stop the start, with the path and how to mend it', async t => {
  const { app } = await startApp(t)
  await app.database.client.settingsVersion.create({ data: { actor: 'cli', content: { mailboxes: { debtors: { kind: 'pop3' } } } } })

  await assert.rejects(app.start(), { code: 'settings.outdated', message: /mailboxes\.debtors\.kind/, remedy: /duncan export --kind mailboxes/ })
})

test('a running app that cannot take new settings up goes on by the old ones and tells a person', async t => {
  const { app, folder, apply, mailbox } = await startApp(t)
  const yaml = `mailboxes:\n  debtors: { kind: maildir, address: ar@seller.example, path: ${join(folder, 'debtors')}, pollSeconds: 0.2 }\n`
  await apply(yaml)
  await app.start()
  await mailbox('debtors', 'ok')
  const { client } = app.database
  const alert = (resolvedAt: null | { not: null }) => client.opsAlert.findFirst({ where: { key: 'settings', resolvedAt } })

  await client.settingsVersion.create({ data: { actor: 'cli', content: { mailboxes: { debtors: { kind: 'pop3' } } } } })
  const { problem, remedy } = await eventually('a person is told', async () => (await alert(null)) ?? undefined)
  deliver(join(folder, 'debtors'), aMail())
  await eventually('mail is still read', async () => (await client.message.findFirst()) ?? undefined)
  await apply(yaml)

  assert.match(problem, /mailboxes\.debtors\.kind/)
  assert.match(remedy, /duncan export --kind mailboxes/)
  await eventually('the alert is closed', async () => (await alert({ not: null })) ?? undefined)
})
