import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import excel from 'exceljs'
import { simpleParser } from 'mailparser'
import { ensureStaff } from '#people'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ledger = `administration,debtor_number,debtor_name,invoice_number,due_date,amount
NL01,2001,Kade Negen BV,F-1,2026-10-01,1250.00
BE01,2002,Geheim Staalbouw NV,F-2,2026-10-05,7777.77
`

test('a report that was due while Duncan was down is mailed once when it starts, and its reader downloads the same rows', async t => {
  const folder = temporaryFolder(t)
  const outbox = join(folder, 'sent')
  const mailbox = { key: 'reports', kind: 'maildir' as const, address: 'reports@creditor.example', aliases: [], paused: false, path: folder, outbox }
  const { app, loadLedger } = await createTestApp(t, { mailboxes: [{ ...mailbox, folders: ['INBOX'], pollSeconds: 60, startAt: '2026-01-01T00:00:00Z' }] })
  const { client } = app.database
  await loadLedger(ledger)
  const { id } = await ensureStaff(client, { key: 'eva', name: 'Eva', email: 'eva@creditor.example', role: 'collector', language: 'nl' })
  await client.staff.update({ where: { id }, data: { administrations: ['NL01'] } })
  const missed = new Date(Date.now() - 300_000)
  const when = { when: 'daily 08:00', timeZone: 'UTC', nextAt: missed }
  await client.reportSchedule.create({ data: { ownerId: id, staffIds: [id], report: 'open_items', form: 'xlsx', ...when } })
  await client.scheduleTick.create({ data: { name: 'reports.due', lastTick: missed } })

  await app.start()
  await eventually('the report was sent', async () => (await client.reportDelivery.findFirst({ where: { status: 'sent' } })) ?? undefined)
  const [first = '', ...others] = readdirSync(join(outbox, 'new'))
  const mail = await simpleParser(readFileSync(join(outbox, 'new', first)))
  const eva = await signIn(app, 'eva')
  const download = await eva.get('/files/reports/open_items?form=xlsx')
  const fault = await eva.get('/files/reports/open_items?filter=overdu%3A')
  const unknown = await eva.get('/files/reports/payroll')

  assert.deepEqual([others, await client.reportDelivery.count(), mail.attachments.length], [[], 1, 1])
  assert.equal(mail.subject?.split(' · ')[0], 'Openstaande posten')
  assert.match(download.headers.get('content-disposition') ?? '', /attachment; filename="?openstaande-posten-\d{4}-\d\d-\d\d\.xlsx/)
  for (const content of [mail.attachments[0]?.content, Buffer.from(await download.arrayBuffer())]) {
    const book = new excel.Workbook()
    await book.xlsx.load(content as never)
    const rows = JSON.stringify(book.worksheets.map(sheet => sheet.getSheetValues()))
    assert.match(rows, /Kade Negen BV/)
    assert.doesNotMatch(rows + mail.text + String(mail.html), /Geheim|7777/)
  }
  assert.deepEqual([fault.status, unknown.status], [422, 404])
})
