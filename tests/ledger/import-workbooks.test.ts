import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { aLedger } from './support.ts'

const header = ['debtor_number', 'debtor_name', 'invoice_number', 'due_date', 'amount']
const day = new Date('2026-03-13T00:00:00Z')
const row = (number: string | number, due: ExcelJS.CellValue = day, debtor = 7) => [debtor, 'Acme', number, due, 100.5]

async function aWorkbook(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** A zip archive (APPNOTE.TXT) as far as its readers look. */
function aZip(parts: Record<string, Buffer>): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  return Buffer.concat([
    ...Object.entries(parts).flatMap(([name, content]) => {
      const packed = deflateRawSync(content, { level: 1 })
      const head = Buffer.alloc(30)
      head.writeUInt32LE(0x04034b50, 0)
      head.writeUInt16LE(8, 8)
      head.writeUInt32LE(packed.length, 18)
      head.writeUInt32LE(1, 22) // a lie
      head.writeUInt16LE(name.length, 26)
      return [head, Buffer.from(name), packed]
    }),
    end,
  ])
}

test('of several sheets the one that has the columns is read, hidden ones never unasked, and two alike are asked about', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file(
    'a.xlsx',
    await aWorkbook(book => {
      book.addWorksheet('Old', { state: 'hidden' }).addRows([header, row('OLD')])
      book.addWorksheet('Cover').addRow(['Open items'])
      book.addWorksheet('Sums').addRows([
        ['debtor_number', 'amount'],
        [7, 100.5],
      ])
      book.addWorksheet('Items').addRows([['Report'], header, row('NEW')])
    }),
  )
  const twice = ledger.file('b.xlsx', await aWorkbook(book => ['May', 'June'].forEach(name => book.addWorksheet(name).addRows([header, row(name)]))))

  const result = await ledger.import({ file })
  await assert.rejects(ledger.import({ file: twice }), { code: 'import.columns', message: /2 sheets with such columns: May, June/, remedy: /--sheet/ })
  await ledger.import({ file: twice, sheet: 'June' })

  assert.equal(result.readAs.sheet, 'Items')
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([, number]) => number),
    ['June', 'NEW'],
  )
})

test('figures keep the zeros and signs that their format shows, and days count from the year that the workbook says', async t => {
  const ledger = await aLedger(t)
  const numbers = await aWorkbook(book => {
    const sheet = book.addWorksheet('Items')
    sheet.addRows([header, row(42), row('RE-7')])
    sheet.getColumn(1).numFmt = '00000'
    sheet.getColumn(3).numFmt = '"RE-"0000'
  })
  const mac = await aWorkbook(book => {
    book.properties.date1904 = true
    const sheet = book.addWorksheet('Items')
    sheet.addRows([header, row('D1', day, 8), row('D2', { formula: 'D2+1', result: 44633 }, 8), row('D3', { formula: 'X1', result: { error: '#REF!' } }, 8)])
    sheet.getColumn(4).numFmt = 'dd/mm/yyyy'
  })

  await ledger.import({ file: ledger.file('a.xlsx', numbers) })
  const dated = await ledger.import({ file: ledger.file('b.xlsx', mac) })

  assert.deepEqual(
    (await ledger.dump()).invoices.map(([debtor, number, due]) => [debtor, number, due]),
    [
      ['8', 'D1', '2026-03-13'],
      ['8', 'D2', '2026-03-14'],
      ['00007', 'RE-0042', '2026-03-13'],
      ['00007', 'RE-7', '2026-03-13'],
    ],
  )
  assert.deepEqual(
    dated.rejects.map(({ line, column }) => [line, column]),
    [[4, 'due_date']],
  )
})

test('what unpacks without end, is cut off or is another kind of archive is refused before anything is read', async t => {
  const ledger = await aLedger(t)
  const book = Buffer.from('<workbook/>')
  const whole = readFileSync(ledger.file('whole.xlsx', await aWorkbook(each => each.addWorksheet('Items').addRows([header, row('R1')]))))
  const refused = (parts: Record<string, Buffer> | Buffer, message: RegExp) =>
    assert.rejects(ledger.import({ file: ledger.file('a.xlsx', Buffer.isBuffer(parts) ? parts : aZip(parts)) }), { code: 'import.file', message })

  await refused({ 'xl/workbook.xml': book, 'xl/worksheets/sheet1.xml': Buffer.alloc(20_000_000, 'a') }, /unpacks to far more/)
  await refused({ 'xl/workbook.xml': book, 'xl/media/image1.png': Buffer.alloc(201_000_000) }, /unpacks to far more/)
  await refused({ mimetype: Buffer.from('application/vnd.oasis'), 'content.xml': Buffer.from('<a/>') }, /is an OpenDocument file/)
  await refused({ 'xl/workbook.bin': book }, /binary workbook/)
  await refused({ 'list.csv': Buffer.from('a;b') }, /is a zip archive/)
  await refused(whole.subarray(0, whole.length / 2), /damaged or not complete/)
})
