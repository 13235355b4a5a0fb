import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import { parseMapping } from '#ledger'
import { encodeText } from '../../src/ledger/imports/encoding.ts'
import { aLedger, flatCsv } from './support.ts'

const mapping = (text: string) => parseMapping(text, 'mapping.yaml')
const columns = '{debtor_number: Nr, debtor_name: Name, invoice_number: Beleg, due_date: Fällig, amount: Betrag}'

test('title lines, totals, blank lines, thousands, negatives in every notation and names of months are read as they were meant', async t => {
  const ledger = await aLedger(t)
  const text = [
    'Offene Posten per 28.02.2026;;;;',
    'Mandant: 001 "Beispiel";;;;',
    '',
    'Nr;Name;Beleg;Fällig;Betrag',
    '1;Ahorn;R-1;5. März 2026;1.234,50 €',
    '1;Ahorn;R-2;05-MRZ-26;(12,00)',
    '1;Ahorn;R-3;46000;1.234,00-',
    ';;;;',
    '2;"Birke\nund Sohn";R-4;6.3.2026;7,00 CR',
    '2;Birke;R-5;20260307;-€ 2\u00a0000,10',
    'Summe Birke;;;;5,00',
    'Gesamtsumme;;;;1.234,00',
  ]

  const result = await ledger.import({ file: ledger.file('a.csv', text), mapping: mapping(`columns: ${columns}`) })

  assert.deepEqual(result.rejects, [])
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([, number, due, amount]) => [number, due, amount]),
    [
      ['R-1', '2026-03-05', '1234.500'],
      ['R-2', '2026-03-05', '-12.000'],
      ['R-3', '2025-12-09', '-1234.000'],
      ['R-4', '2026-03-06', '-7.000'],
      ['R-5', '2026-03-07', '-2000.100'],
    ],
  )
  assert.equal(result.readAs.headerLine, 4)
  assert.deepEqual(result.readAs.totalLines, [12, 13])
  assert.equal(result.counts.rows, 5)
})

for (const encoding of ['windows-1250', 'iso-8859-2', 'utf-16be'] as const) {
  test(`a Polish file in ${encoding} is read, and the report says in what`, async t => {
    const ledger = await aLedger(t)
    const text = `${encoding === 'utf-16be' ? '\ufeff' : ''}${flatCsv(['1,Zakłady Mięsne Świt Łódź,I-1,2026-02-01,10.00']).join('\n')}\n`

    const result = await ledger.import({ file: ledger.file('a.csv', encodeText(text, encoding)) })

    assert.equal((await ledger.dump()).debtors[0]?.name, 'Zakłady Mięsne Świt Łódź')
    assert.equal(result.readAs.encoding, encoding)
  })
}

test('what two encodings fit is said to be unsure, and what no encoding reads is a row to correct', async t => {
  const ledger = await aLedger(t)
  const unsure = encodeText(`${flatCsv(['1,Fenêtre,I-1,2026-02-01,10.00']).join('\n')}\n`, 'windows-1252')
  const broken = Buffer.concat([
    Buffer.from(`${flatCsv(['1,Café Łódź Müller,I-1,2026-02-01,10.00']).join('\n')}\n2,Caf`),
    Buffer.from([0xe9]),
    Buffer.from(',I-2,2026-02-01,1.00\n'),
  ])

  const first = await ledger.import({ file: ledger.file('a.csv', unsure) })
  const second = await ledger.import({ file: ledger.file('b.csv', broken) })

  assert.equal(first.readAs.isEncodingSure, false)
  assert.equal(second.readAs.encoding, 'utf-8')
  assert.deepEqual(
    second.rejects.map(({ line, problem }) => [line, problem]),
    [[3, 'the value holds a character that cannot be read; set "encoding" in the mapping file']],
  )
  assert.equal((await ledger.dump()).debtors[0]?.name, 'Café Łódź Müller')
})

test('amounts and dates that the whole column leaves open are asked about, and the answer is a line of the mapping', async t => {
  const ledger = await aLedger(t)
  const refused = (rows: string[], expected: object) => assert.rejects(ledger.import({ file: ledger.file('a.csv', flatCsv(rows)) }), expected)

  await refused(['1,A,I-1,2026-02-01,1.234', '1,A,I-2,2026-02-01,500'], { code: 'import.decimal', message: /1\.234.*1234 or 1\.234/ })
  await refused(['1,A,I-1,03/04/2026,1.50'], { code: 'import.dates', message: /03\/04\/2026/ })
  await refused(['1,A,I-1,25/03/2026,1.50', '1,A,I-2,03/25/2026,1.50'], { code: 'import.dates', message: /25\/03\/2026 and 03\/25\/2026/ })
  const answered = await ledger.import({
    file: ledger.file('a.csv', flatCsv(['1,A,I-1,03/04/2026,"1,234"'])),
    mapping: mapping('decimal: "."\ndates: month_first\n'),
  })

  assert.deepEqual(answered.rejects, [])
  assert.deepEqual((await ledger.dump()).invoices, [['1', 'I-1', '2026-03-04', '1234.000', '1234.000', 'open']])
})

test('one telling cell far down decides for the column, and each column is judged by itself', async t => {
  const ledger = await aLedger(t)
  const rows = Array.from({ length: 2500 }, (_, index) => `1;A;I-${index};01/02/2026;1.000;1.000`)
  const file = ledger.file('a.csv', ['debtor_number;debtor_name;invoice_number;due_date;amount;open_amount', ...rows, '1;A;I-x;25/02/2026;1.000,50;1,000.50'])

  const result = await ledger.import({ file })

  assert.deepEqual(result.rejects, [])
  const [first] = (await ledger.dump()).invoices
  assert.deepEqual(first, ['1', 'I-0', '2026-02-01', '1000.000', '1.000', 'open'])
  assert.deepEqual([result.readAs.decimal, result.readAs.dates], ['by column', { '/': 'day_first' }])
})

test('merged cells are filled down where the mapping says so, also in the reject file', async t => {
  const ledger = await aLedger(t)
  const rows = flatCsv(['1,Alder,I-1,2026-02-01,10.00', ',,I-2,2026-02-02,5.00', ',,I-3,soon,5.00', '2,Birch,I-4,2026-02-02,5.00'])

  const asIs = await ledger.import({ file: ledger.file('a.csv', rows), dryRun: true })
  const filled = await ledger.import({ file: ledger.file('a.csv', rows), mapping: mapping('fill_down: [debtor_number, debtor_name]') })

  assert.equal(asIs.counts.rejected, 2)
  assert.deepEqual(
    filled.rejects.map(({ line }) => line),
    [4],
  )
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([debtor, number]) => [debtor, number]),
    [
      ['1', 'I-1'],
      ['1', 'I-2'],
      ['2', 'I-4'],
    ],
  )
  const again = await ledger.import({ file: (filled.kind === 'imported' && filled.rejectFile) || '', dryRun: true })
  assert.match(again.rejects[0]?.problem ?? '', /"soon"/)
  assert.equal(again.rejects.length, 1)
})

test('a spreadsheet that shortened a number, took its zeros or shows a fault is found out', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', flatCsv(['0012,Alder,000123,2026-02-01,10.00'])) })
  const rows = [
    '12,Alder,000124,2026-02-01,10.00',
    '0012,Alder,123,2026-02-01,10.00',
    '0012,Alder,"1,23457E+11",2026-02-01,10.00',
    '0012,Alder,I-9,2026-02-01,#REF!',
  ]

  const result = await ledger.import({ file: ledger.file('b.csv', flatCsv(rows)) })
  const mended = await ledger.import({
    file: ledger.file('c.csv', flatCsv(rows.slice(0, 2))),
    mapping: mapping('digits: { debtor_number: 4, invoice_number: 6 }'),
  })

  assert.deepEqual(
    result.rejects.map(({ line, column }) => [line, column]),
    [
      [4, 'invoice_number'],
      [5, 'amount'],
      [2, 'debtor_number'],
      [3, 'invoice_number'],
    ],
  )
  assert.match(result.rejects[0]?.problem ?? '', /its digits are lost/)
  assert.match(result.rejects[2]?.problem ?? '', /known as 0012.*digits: \{ debtor_number: 4 \}/)
  assert.deepEqual(mended.rejects, [])
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([debtor, number]) => [debtor, number]),
    [
      ['0012', '000123'],
      ['0012', '000124'],
    ],
  )
})

test('an invoice number that stands twice with the same content counts once, with another content not at all', async t => {
  const ledger = await aLedger(t)
  const rows = ['1,A,I-1,2026-02-01,10.00', '1,A,I-2,2026-02-01,5.00', '1,A,I-1,2026-02-01,10.00', '1,A,I-2,2026-02-01,6.00']

  const result = await ledger.import({ file: ledger.file('a.csv', flatCsv(rows)) })

  assert.equal(result.counts.invoicesRepeated, 1)
  assert.deepEqual(
    result.rejects.map(({ line, problem }) => [line, problem.slice(0, 31)]),
    [
      [3, 'the number stands on line 5 wit'],
      [5, 'the number stands on line 3 wit'],
    ],
  )
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([, number]) => number),
    ['I-1'],
  )
})

test('an amount in another currency than its row says is rejected; alone it is the currency', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [
    'debtor_number,debtor_name,invoice_number,due_date,amount,currency',
    '1,A,I-1,2026-02-01,10.00 USD,EUR',
    '1,A,I-2,2026-02-01,PLN 11.00,',
    '1,A,I-3,2026-02-01,£12.00,GBP',
  ])

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.rejects.map(({ line }) => line),
    [2],
  )
  const invoices = await ledger.db.invoice.findMany({ orderBy: { number: 'asc' } })
  assert.deepEqual(
    invoices.map(({ number, currency }) => [number, currency]),
    [
      ['I-2', 'PLN'],
      ['I-3', 'GBP'],
    ],
  )
})

test('of two columns with one name the mapping chooses; 200 columns and line breaks in the header are no trouble', async t => {
  const ledger = await aLedger(t)
  const more = Array.from({ length: 195 }, (_, index) => `extra ${index}`)
  const header = ['debtor_number', 'debtor_name', '"invoice\nnumber"', 'due_date', 'Bedrag', 'Bedrag', ...more].join(';')
  const file = ledger.file('a.csv', [header, ['1', 'A', 'I-1', '2026-02-01', '99,00', '10,00', ...more].join(';')])

  await assert.rejects(ledger.import({ file, mapping: mapping('columns: { amount: Bedrag }') }), { code: 'import.columns', message: /"Bedrag" twice/ })
  const result = await ledger.import({ file, mapping: mapping('columns: { amount: "Bedrag#2" }') })

  assert.deepEqual(result.rejects, [])
  assert.equal((await ledger.dump()).invoices[0]?.[3], '10.000')
})

test('a workbook is read: title rows, real dates and figures, formulas, the named sheet, what is merged, and its rejects as CSV', async t => {
  const ledger = await aLedger(t)
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Cover').addRow(['Nothing here'])
  const sheet = book.addWorksheet('Open items')
  sheet.addRow(['Open items'])
  sheet.addRow([])
  sheet.addRow(['debtor_number', 'debtor_name', 'invoice_number', 'due_date', 'amount'])
  sheet.addRow([12, 'Łódź', 20260001, new Date('2026-02-01T00:00:00Z'), 1234.56])
  sheet.addRow([null, null, 20260002, '02.02.2026', { formula: 'E4*2', result: 2469.12 }])
  sheet.addRow([13, { richText: [{ text: 'Bir' }, { text: 'ch' }] }, 123_456_789_012_345_680, new Date('2026-02-03T00:00:00Z'), 0.1 + 0.2])
  sheet.addRow(['Total', null, null, null, 3703.68])
  const file = ledger.file('a.xlsx', Buffer.from(await book.xlsx.writeBuffer()))

  await assert.rejects(ledger.import({ file, mapping: mapping('sheet: Openn') }), { code: 'import.columns', message: /no sheet "Openn"/ })
  const result = await ledger.import({ file, mapping: mapping('sheet: open items\nfill_down: [debtor_number, debtor_name]') })

  assert.deepEqual(
    (await ledger.dump()).invoices.map(row => row.slice(0, 4)),
    [
      ['12', '20260001', '2026-02-01', '1234.560'],
      ['12', '20260002', '2026-02-02', '2469.120'],
    ],
  )
  assert.deepEqual(
    result.rejects.map(({ line, column }) => [line, column]),
    [[6, 'invoice_number']],
  )
  assert.deepEqual(result.readAs.totalLines, [7])
  const again = await ledger.import({
    file: (result.kind === 'imported' && result.rejectFile) || '',
    mapping: mapping('sheet: open items\nheader_line: 3'),
    dryRun: true,
  })
  assert.equal(again.counts.rejected, 1)
})

test('files that are empty, no table, or still being written are refused with what to do', async t => {
  const ledger = await aLedger(t)
  const refused = (name: string, content: string, expected: object) =>
    assert.rejects(ledger.import({ file: ledger.file(name, Buffer.from(content, 'latin1')) }), expected)

  await refused('a.csv', '', { code: 'import.file', message: /is empty/ })
  await refused('a.csv', '\xef\xbb\xbf\r\n', { code: 'import.file', message: /is empty/ })
  await refused('a.xls', '\xd0\xcf\x11\xe0\xa1', { code: 'import.file', message: /old Excel format/ })
  await refused('a.csv', '<!DOCTYPE html><html>', { code: 'import.file', message: /web page/ })
  await refused('a.xlsx', 'PK\x03\x04nothing', { code: 'import.file', message: /damaged/ })
  const file = ledger.file('b.csv', flatCsv(Array.from({ length: 20_000 }, (_, index) => `1,A,I-${index},2026-02-01,1.00`)))
  const grow = () => appendFileSync(file, '1,A,I-new,2026-02-01,1.00\n')
  let isFirst = true
  const growing = ledger.import({
    file,
    onProgress: () => {
      if (isFirst) grow()
      isFirst = false
    },
  })

  await assert.rejects(growing, { code: 'import.changing' })
  assert.equal(await ledger.db.invoice.count(), 0)
})
