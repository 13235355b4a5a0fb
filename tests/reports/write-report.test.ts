import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import excel from 'exceljs'
import { PNG } from 'pngjs'
import { fullSight, sightOf } from '#people'
import { createBlobs, type Database, fixedClock, silentLog } from '#platform'
import { type ReportForm, type ReportKey, reportKeys, reportWords, writeReport } from '#reports'
import { createTestDatabase } from '../support/database.ts'
import { pdfText } from '../support/pdf-text.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { twoBooks } from './two-books.ts'

const clock = fixedClock('2026-11-23T08:00:00Z')
type Reader = Parameters<typeof writeReport>[2]
const reader = (more: Partial<Reader> = {}): Reader => ({
  sight: fullSight,
  language: 'en',
  timeZone: 'Europe/Amsterdam',
  work: async () => [['Anna', '3', '1', '0', '2', '6']],
  ...more,
})

function writing(database: Database, folder: string, logo?: string) {
  const blobs = createBlobs(folder)
  return async (report: ReportKey, form: ReportForm, of: Partial<Reader> = {}, filter = '') => {
    const deps = { database, clock, blobs, log: silentLog, logos: async () => ({ company: logo, administrations: {} }) }
    const written = await writeReport(deps, { report, filter }, reader(of), form)
    assert.ok(written.kind === 'read')
    return { ...written.result, content: await blobs.read(written.result.hash) }
  }
}

async function workbookOf(content: Buffer) {
  const book = new excel.Workbook()
  await book.xlsx.load(content as never)
  const sheet = book.worksheets.find(({ autoFilter }) => autoFilter)
  assert.ok(sheet)
  const rows = sheet.getSheetValues().map(row => (Array.isArray(row) ? row.slice(1) : []))
  return { book, sheet, rows }
}

/** A part of what the debtor owes, after the end of the month, as bank and ERP both tell it, and as the bank took another back. */
async function payTwice({ client }: Database, { id, administrationId }: { id: number; administrationId: number }): Promise<void> {
  const invoice = await client.invoice.update({ where: { administrationId_number: { administrationId, number: 'S-1' } }, data: { openAmount: '7677.77' } })
  for (const [source, status, amount] of [
    ['bank', 'matched', '100'],
    ['ledger', null, '100'],
    ['bank', 'reversed', '50'],
  ] as const) {
    const payment = {
      administrationId,
      debtorId: id,
      source,
      status,
      reference: `${source} ${status}`,
      receivedOn: new Date('2026-11-05'),
      currency: 'EUR',
      amount,
    }
    await client.payment.create({ data: { ...payment, allocations: { create: { invoiceId: invoice.id, amount } } } })
  }
}

test('each report holds what the ledger has, with sums that are formulas, in both forms and five languages', async t => {
  const database = await createTestDatabase(t)
  const { debtors, first } = await twoBooks(database)
  await database.client.promiseToPay.create({
    data: { debtorId: debtors.visser.id, status: 'partly_kept', promisedOn: new Date('2026-11-20'), amount: 500, currency: 'EUR', keptShare: '0.4' },
  })
  await database.client.dispute.create({
    data: {
      debtorId: debtors.visser.id,
      reason: 'not_delivered',
      ownerId: 1,
      answerDue: new Date('2026-11-30'),
      invoices: { create: { invoiceId: first.id, amount: 400 } },
    },
  })
  const version = await database.client.workflowVersion.create({ data: { workflow: 'standard', settingsVersion: 1, content: {}, contentHash: 'x' } })
  const done = { versionId: version.id, step: 0, stepName: 'reminder', type: 'email', track: 'outside', status: 'done' }
  await database.client.dunningAction.create({
    data: {
      ...done,
      debtorId: debtors.visser.id,
      plannedOn: new Date('2026-10-15'),
      doneOn: new Date('2026-10-15'),
      items: { create: { invoiceId: first.id, step: 0, stepName: 'reminder', amount: '1000.10', currency: 'EUR' } },
    },
  })
  const folder = temporaryFolder(t)
  const logo = join(folder, 'logo.png')
  writeFileSync(logo, PNG.sync.write(new PNG({ width: 40, height: 20 })))
  const write = writing(database, folder, logo)

  const openItems = await workbookOf((await write('open_items', 'xlsx')).content)
  const { rows, sheet, book } = openItems
  const sum = (line: number, column: number) => sheet.getRow(line).getCell(column).value as { formula: string; result: number }
  const aging = (await workbookOf((await write('aging', 'xlsx')).content)).rows
  await payTwice(database, debtors.secret)
  const dso = (await workbookOf((await write('dso', 'xlsx')).content)).rows
  await database.client.invoice.updateMany({ where: { number: 'S-1' }, data: { openAmount: '7777.77' } })
  const top = (await workbookOf((await write('top_debtors', 'xlsx')).content)).rows
  const promises = (await workbookOf((await write('promises', 'xlsx')).content)).rows
  const disputes = (await workbookOf((await write('disputes', 'xlsx')).content)).rows
  const results = (await workbookOf((await write('results', 'xlsx', {}, 'number:A-1')).content)).rows
  const pdf = await write('aging', 'pdf')

  assert.deepEqual(
    rows.slice(2, 7).map(row => [row[2], row[4], row[7], row[8], row[10]]),
    [
      ['=HYPERLINK("http://evil.example";"Visser")', 'V-1', 44, 'EUR', 1000.1],
      ['=HYPERLINK("http://evil.example";"Visser")', 'V-3', 19, 'EUR', -50.05],
      ['=HYPERLINK("http://evil.example";"Visser")', 'V-2', 0, 'EUR', 200.2],
      ['Łódź Handel Sp. z o.o.', 'L-1', 115, 'USD', 300],
      ['Geheim Staalbouw NV', 'S-1', 84, 'EUR', 7777.77],
    ],
  )
  assert.equal(sheet.getRow(2).getCell(3).type, excel.ValueType.String) // a hostile name is no formula
  assert.deepEqual(rows[2]?.[6], new Date('2026-10-10'))
  assert.deepEqual(sum(8, 11), { formula: 'SUMIF($I$2:$I$6,"EUR",$K$2:$K$6)', result: 8928.02 })
  assert.equal(sum(9, 11).result, 300)
  assert.deepEqual([sheet.views[0]?.state, (sheet.views[0] as { ySplit?: number }).ySplit], ['frozen', 1])
  assert.equal(book.worksheets[0]?.name, 'Overview')
  assert.equal(book.worksheets[0]?.getImages().length, 1) // the logo
  const [, , visser] = aging
  assert.deepEqual(visser?.slice(4), ['EUR', 1150.25, 950.05, 200.2, -50.05, 1000.1, 0, 0, 0])
  // At the end of October: what was paid in November was open then. Count-back takes month after month until nothing is left.
  assert.deepEqual(
    dso.slice(2).map(row => [row[0], row[2], row[3], row[4], row[8]]),
    [
      ['All together', 'EUR', 9528.02, 750.15, 92],
      ['Harbourlight NL', 'EUR', 1750.25, 750.15, 61],
      ['Harbourlight NL', 'USD', 300, 0, 123],
      ['Harbourlight BE', 'EUR', 7777.77, 0, 92],
    ],
  )
  assert.deepEqual(
    top.slice(2, 5).map(row => [row[0], row[2], row[5], row[6], row[8]]),
    [
      [1, 'B-1', 'EUR', 7777.77, 0.8712],
      [2, 'A-1', 'EUR', 1150.25, 0.1288],
      [1, 'A-2', 'USD', 300, 1],
    ],
  )
  assert.deepEqual(promises[2]?.slice(5), ['EUR', 500, 'partly kept', 0.4])
  assert.deepEqual([disputes[2]?.[5], disputes[2]?.[9], disputes[2]?.at(-1)], ['not delivered', 'V-1', 400])
  assert.deepEqual(results[2]?.slice(0, 6), ['standard', 'reminder', 'E-mail', 1, 'EUR', 1000.1])
  assert.match(pdfText(pdf.content), /Harbourlight NL[^]*Łódź Handel[^]*Total[^]*Page 1 of 1/)
  assert.ok(pdf.content.includes('/Subtype /Image'))
  await database.client.invoice.updateMany({ where: { number: { in: ['V-1', 'V-2', 'L-1', 'S-1'] } }, data: { openAmount: '12345678901.23' } })
  for (const [language, report, form, name] of [
    ['nl', 'collectors', 'pdf', 'ouderdom-per-accountmanager'],
    ['fr', 'aging', 'pdf', 'balance-agee-par-client'],
    ['de', 'top_debtors', 'pdf', 'grosste-debitoren'],
    ['pl', 'debtors', 'xlsx', 'lista-dluznikow'],
  ] as const) {
    const { shown, fileName, content } = await write(report, form, { language })
    assert.equal(shown.cover.title, reportWords[language].reports[report])
    assert.equal(fileName, `${name}-2026-11-23.${form}`)
    if (report === 'aging') assert.doesNotMatch(pdfText(content), /\d…/) // an amount is never cut, however many columns there are
  }
  const { cover } = (await write('work', 'xlsx', {}, 'country:BE')).shown // no search narrows what waits for people
  assert.deepEqual(
    cover.facts.map(([label]) => label),
    ['Figures of', 'Rows'],
  )
})

test('nobody reads a row that is out of their sight, or that their search does not fit', async t => {
  const database = await createTestDatabase(t)
  const { anna, bram } = await twoBooks(database)
  const write = writing(database, temporaryFolder(t))
  for (const report of reportKeys.filter(key => key !== 'work')) {
    const { rows } = await workbookOf((await write(report, 'xlsx', { sight: sightOf(anna) })).content)

    assert.doesNotMatch(JSON.stringify(rows), /Geheim|Harbourlight BE|7777/, report)
  }
  const theirs = await write('aging', 'pdf', { sight: sightOf(anna) })
  const own = await write('open_items', 'pdf', { sight: { ...sightOf(bram), accounts: 'bram' } })
  const narrowed = await write('debtors', 'pdf', {}, 'overdue:>5000')

  assert.doesNotMatch(pdfText(theirs.content), /Geheim|Harbourlight BE|7,777/)
  assert.match(pdfText(own.content), /Łódź[^]*Geheim/)
  assert.doesNotMatch(pdfText(own.content), /Visser/)
  assert.deepEqual([narrowed.rows, narrowed.shown.rows[0]?.[2]], [1, 'Geheim Staalbouw NV'])
})

test('a long report is written row by row with the same sums, and a PDF of it says where the rest is', async t => {
  const database = await createTestDatabase(t)
  const { debtors } = await twoBooks(database)
  await database.client.$executeRaw`INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "dueDate", currency, amount, "openAmount")
    SELECT ${debtors.lodz.administrationId}, ${debtors.lodz.id}, 'N' || n, 'N' || n, '2026-11-01', 'USD', 0.10, 0.10 FROM generate_series(1, 5100) n`
  const write = writing(database, temporaryFolder(t))

  const { content, rows } = await write('open_items', 'xlsx')
  const { sheet, book } = await workbookOf(content)
  const pdf = await write('open_items', 'pdf')

  assert.equal(rows, 5105)
  assert.deepEqual((sheet.getRow(5109).getCell(11).value as { result: number }).result, 810)
  const [first, sum] = [sheet.getRow(2).getCell(11), sheet.getRow(5108).getCell(11)]
  assert.deepEqual([first.numFmt, first.font?.bold, sum.numFmt, sum.font?.bold], ['#,##0.00', undefined, '#,##0.00', true])
  assert.equal(sheet.getRow(2).getCell(7).numFmt, 'mm-dd-yy')
  assert.equal(book.worksheets.length, 2)
  const text = pdfText(pdf.content)
  assert.match(text.replaceAll('\n', ' '), /shows the first 1,000 of 5,105 rows/)
  assert.match(text, /\n810\.00\n/) // the sums are of all rows
})
