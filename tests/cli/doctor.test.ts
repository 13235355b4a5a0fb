import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkExports, checkRates, checkStatements } from '../../src/cli/doctor/books-checks.ts'
import { duncan, duncanProcess } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

const ledger = `debtor_number,debtor_name,invoice_number,due_date,amount
1,Larkspur Dental Ltd,INV-1,2026-10-01,480.00
`

test('doctor checks every connection, says what to fix, and is content once it is fixed', { skip: withoutDovecot() }, async t => {
  const dovecot = await startDovecot(t)
  const smtp = await startSmtpServer(t)
  const { url } = await createTestDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'duncan-doctor-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const mailboxes = (port: number) => `mailboxes:
  debtors: { kind: imap, address: ar@creditor.example, host: 127.0.0.1, port: ${port}, tls: none, user: ${user}, passwordEnv: SECRET,
      smtp: { host: 127.0.0.1, port: ${smtp.port}, tls: none } }
`
  const user = dovecot.user()
  const env = { DUNCAN_DATA_DIR: folder, DATABASE_URL: url, SECRET: 'secret', DUNCAN_SENDER_CHECK: 'headers' }
  writeFileSync(join(folder, 'mailboxes.yaml'), mailboxes(1))
  writeFileSync(join(folder, 'ledger.csv'), ledger)

  const first = await duncan(['apply', join(folder, 'mailboxes.yaml'), '--yes'], env)
  const sick = await duncan(['doctor'], env)
  writeFileSync(join(folder, 'mailboxes.yaml'), mailboxes(dovecot.port))
  await duncan(['apply', join(folder, 'mailboxes.yaml'), '--yes'], env)
  const imported = await duncan(['import', join(folder, 'ledger.csv')], env)
  const healthy = await duncan(['doctor', '--json'], env)

  assert.equal(first.code, 0, first.err)
  assert.equal(sick.code, 1)
  assert.match(sick.out, /✗ mailbox debtors: .*127\.0\.0\.1:1/)
  assert.match(sick.out, /✗ ledger: it is empty\.\n {4}→ .*duncan import/)
  assert.equal(imported.code, 0, imported.err)
  assert.match(imported.out, /1 invoices created/)
  assert.equal(healthy.code, 0, healthy.out)
  const verdicts = JSON.parse(healthy.out) as { name: string; state: string }[]
  assert.deepEqual(
    verdicts.filter(({ state }) => state === 'fail'),
    [],
  )
  for (const name of ['news from debtors', 'sending from debtors', 'bank statements', 'exports'])
    assert.equal(verdicts.find(verdict => verdict.name === name)?.state, 'ok', name)
  assert.doesNotMatch(sick.out + healthy.out, /secret/)
})

const remedyOf = (finding: Awaited<ReturnType<typeof checkExports>>) => (typeof finding === 'string' ? finding : `${finding.warning} ${finding.remedy}`)

test('statements that are missing or old and exports that failed are told with what to do', async t => {
  const { client } = await createTestDatabase(t)
  const administration = await client.administration.create({ data: { code: 'main', name: 'Larkspur' } })
  const account = await client.bankAccount.create({ data: { administrationId: administration.id, number: 'NL02ABNA0123456789' } })
  const exports = { erp: { folder: '/srv/out', schedule: '0 5 * * *', contents: ['open_items'] } }
  const rate = { reference: 'ecb', from: '2000-01-01', until: '2099-12-31', percentage: '2', source: 'x' }
  const lateCharges = { administrations: { main: { interest: true } }, rates: [rate] }
  await client.settingsVersion.create({ data: { actor: 'cli', content: { exports, lateCharges } } })

  const rates = await checkRates(client)
  const old = await checkStatements(client)
  const never = await checkExports(client)
  await client.exportRun.create({
    data: {
      name: 'erp',
      actor: 'schedule',
      changes: false,
      folder: '/srv/out',
      status: 'failed',
      startedAt: new Date('2026-03-01T05:00:00Z'),
      error: 'no room',
      files: [],
    },
  })
  const failed = await checkExports(client)

  assert.match(remedyOf(old), new RegExp(`${account.number} \\(none\\).*duncan statement import`))
  assert.match(remedyOf(never), /never ran yet: erp.*duncan extract run erp/)
  assert.match(remedyOf(failed), /erp failed: no room/)
  assert.equal(rates, 'the rates of today are known')
})

test('a wrong setting is named, with what it should be', async () => {
  const { code, err } = await duncanProcess(['doctor'], { DUNCAN_HTTP_PORT: 'many', DUNCAN_LOG_LEVEL: 'loud' })

  assert.equal(code, 2)
  assert.match(err, /DUNCAN_HTTP_PORT/)
  assert.match(err, /DUNCAN_LOG_LEVEL/)
})
