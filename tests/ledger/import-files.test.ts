import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMapping } from '#ledger'
import { aLedger, flatCsv } from './support.ts'

const mapping = (text: string) => parseMapping(text, 'mapping.yaml')

test('a windows-1252 file with semicolons, decimal commas and day-first dates reads as it was meant', async t => {
  const ledger = await aLedger(t)
  const text = 'Klantnr;Naam;Factuur;Vervaldag;Bedrag\r\n7;Café Ø€;F1;5-2-2026;"1.234,50"\r\n7;Café Ø€;F2;05-02-2026;-12,00\r\n'
  const bytes = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1')
  const columns = 'columns: {debtor_number: Klantnr, debtor_name: Naam, invoice_number: Factuur, due_date: Vervaldag, amount: Bedrag}'

  const result = await ledger.import({ file: ledger.file('a.csv', bytes), mapping: mapping(`dates: [d-M-yyyy]\n${columns}`) })

  assert.deepEqual(result.rejects, [])
  const { debtors, invoices } = await ledger.dump()
  assert.equal(debtors[0]?.name, 'Café Ø€')
  assert.deepEqual(invoices, [
    ['7', 'F1', '2026-02-05', '1234.500', '1234.500', 'open'],
    ['7', 'F2', '2026-02-05', '-12.000', '-12.000', 'open'],
  ])
})

for (const [name, bytes] of [
  ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8')],
  ['UTF-16 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 without one', (text: string) => Buffer.from(text, 'utf16le')],
  ['lines that end with a carriage return alone', (text: string) => Buffer.from(text.replaceAll('\n', '\r'), 'utf8')],
  ['a "sep=" line first', (text: string) => Buffer.from(`sep=,\r\n${text}`, 'utf8')],
] as const) {
  test(`a file in ${name} is read`, async t => {
    const ledger = await aLedger(t)
    const file = ledger.file('a.csv', bytes(`${flatCsv(['1,Łódź Zażółć,I-1,2026-02-01,10.00']).join('\n')}\n`))

    await ledger.import({ file })

    assert.equal((await ledger.dump()).debtors[0]?.name, 'Łódź Zażółć')
  })
}

test('a quote that is never closed costs its own row only', async t => {
  const ledger = await aLedger(t)
  const rows = [
    '1,"Alder, Sons",I-1,2026-02-01,10.00',
    '2,"Birch,I-2,2026-02-01,10.00',
    '3,"Ce ""da"" r",I-3,2026-02-01,10.00',
    '4,"Do\nuglas",I-4,2026-02-01,10.00',
    '5,5" pipes,I-5,2026-02-01,1.00',
  ]

  const result = await ledger.import({ file: ledger.file('a.csv', flatCsv(rows)) })

  assert.deepEqual(
    result.rejects.map(({ line }) => line),
    [3],
  )
  const { debtors } = await ledger.dump()
  assert.deepEqual(
    debtors.map(each => each.name),
    ['Alder, Sons', 'Ce "da" r', 'Do\nuglas', '5" pipes'],
  )
})

const wide = (row: string, count = 195) => `${row},${Array.from({ length: count }, () => 'x').join(',')}`

test('a row with too few or too many values is rejected, and 200 columns are no trouble', async t => {
  const ledger = await aLedger(t)
  const extra = Array.from({ length: 195 }, (_, index) => `extra${index}`)
  const lines = [
    wide('debtor_number,debtor_name,invoice_number,due_date,amount', 0) + extra.join(','),
    wide('1,A,I-1,2026-02-01,1'),
    wide('1,A,I-2,2026-02-01,1', 194),
    wide('1,A,I-3,2026-02-01,1', 196),
  ]

  const result = await ledger.import({ file: ledger.file('a.csv', lines) })

  assert.deepEqual(
    result.rejects.map(({ line }) => line),
    [3, 4],
  )
  assert.equal(result.unknownColumns.length, 195)
  assert.equal(await ledger.db.invoice.count(), 1)
})

test('a missing required column is named beside the header that was found, and nothing is applied', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', ['debtor_number;debtor_name;invoice;due_date;amount', '1;A;I-1;2026-01-01;1'])

  await assert.rejects(ledger.import({ file }), {
    code: 'import.columns',
    message: /no column "invoice_number".*debtor_number, debtor_name, invoice, due_date, amount/,
  })

  const run = await ledger.db.importRun.findFirstOrThrow()
  assert.equal(run.status, 'failed')
  assert.equal(await ledger.db.debtor.count(), 0)
  assert.deepEqual(await ledger.db.$queryRaw`SELECT tablename FROM pg_tables WHERE schemaname = 'import_staging'`, [])
})

test('amounts that mix decimal commas and points are refused until the mapping says which is right', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', ['debtor_number;debtor_name;invoice_number;due_date;amount', '1;A;I-1;2026-01-01;1,50', '1;A;I-2;2026-01-01;1.50'])

  await assert.rejects(ledger.import({ file }), { code: 'import.decimal' })
  const result = await ledger.import({ file, mapping: mapping('decimal: ","') })

  assert.deepEqual(
    result.rejects.map(({ line, column }) => [line, column]),
    [[3, 'amount']],
  )
})

test('a bad mail address or country of a debtor leaves the field empty with a warning, and the invoice loads', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', ['debtor_number,debtor_name,email,country,invoice_number,due_date,amount', '1,A,nobody,Holland,I-1,2026-01-01,1.5'])

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.warnings.map(({ line, column }) => [line, column]),
    [
      [2, 'country'],
      [2, 'email'],
    ],
  )
  assert.equal(await ledger.db.invoice.count(), 1)
})

test('amounts with more decimals than their currency are rejected', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [
    'debtor_number,debtor_name,invoice_number,due_date,amount,currency',
    '1,A,I-1,2026-01-01,1.125,EUR',
    '1,A,I-2,2026-01-01,1.125,KWD',
    '1,A,I-3,2026-01-01,1.120,EUR',
    '1,A,I-4,2026-01-01,0.5,EUR',
  ])

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.rejects.map(({ line, problem }) => [line, problem]),
    [[2, '1.125 has more decimals than EUR has (2)']],
  )
})

test('a mapping file with mistakes is refused with the line and path of each', () => {
  const text = 'type: flat\ncolumns:\n  debtor_number: Nr\n  klant: Naam\ndates: [dd-MM-yyyy, tomorrow]\ncolour: red\n'

  assert.throws(() => mapping(text), { code: 'import.mapping', message: /line 5, dates\.1: is not a date format[^]*line 6, colour: there is no such key/ })
  assert.throws(() => mapping('columns:\n  klant: Naam\n'), { message: /line 2, columns\.klant: a file of type flat has no field "klant"/ })
  assert.throws(() => mapping('format: xml\n'), { message: /line 1, format: an XML file needs "records"/ })
  assert.throws(() => mapping('columns: [\n'), { code: 'import.mapping', message: /line \d/ })
})

const xml = `<?xml version="1.0"?>
<!-- a comment with <Invoice> in it -->
<Export>
  <Invoice id="I-1"><Customer><Number>007</Number><Name>Alder &amp; Sons</Name></Customer><Due>2026-02-01</Due><Total>10.50</Total></Invoice>
  <Invoice id="I-2">
    <Customer><Number>007</Number><Name><![CDATA[Alder & Sons]]></Name></Customer><Due>soon</Due><Total>5.00</Total>
  </Invoice>
  <Invoice id="I>3"><Customer><Number>8</Number><Name>Birch</Name></Customer><Due>2026-02-03</Due><Total>7</Total><Extra/></Invoice>
</Export>
`
const xmlMapping = `format: xml
records: /Export/Invoice
columns: {debtor_number: Customer/Number, debtor_name: Customer/Name, invoice_number: "@id", due_date: Due, amount: Total}
`

test('an XML file is read record by record, with line numbers, and its reject file can be corrected and imported', async t => {
  const ledger = await aLedger(t)

  const result = await ledger.import({ file: ledger.file('a.xml', Buffer.from(xml)), mapping: mapping(xmlMapping) })

  assert.equal(result.kind, 'imported')
  assert.deepEqual(
    result.rejects.map(({ line, column }) => [line, column]),
    [[5, 'Due']],
  )
  assert.deepEqual(result.unknownColumns, ['Extra'])
  const { debtors, invoices } = await ledger.dump()
  assert.deepEqual(
    debtors.map(each => [each.number, each.name]),
    [
      ['007', 'Alder & Sons'],
      ['8', 'Birch'],
    ],
  )
  assert.equal(invoices.length, 2)
  const rejected = readFileSync((result.kind === 'imported' && result.rejectFile) || '', 'utf8')
  assert.match(rejected, /<duncan_line>5<\/duncan_line><duncan_problem>Due: /)

  const fixed = await ledger.import({
    file: ledger.file('fixed.xml', Buffer.from(rejected.replace('<Due>soon', '<Due>2026-02-02'))),
    mapping: mapping(xmlMapping),
  })

  assert.deepEqual(fixed.rejects, [])
  assert.equal(await ledger.db.invoice.count(), 3)
})

test('XML that declares entities, is cut short or has no records is refused', async t => {
  const ledger = await aLedger(t)
  const refuse = (content: string, expected: object) =>
    assert.rejects(ledger.import({ file: ledger.file('a.xml', Buffer.from(content)), mapping: mapping(xmlMapping) }), expected)

  await refuse(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>${xml}`, { code: 'import.xml', message: /line 1: a document type/ })
  await refuse(xml.slice(0, -20), { code: 'import.xml' })
  await refuse('<Export><Other/></Export>', { code: 'import.columns', message: /no record at \/Export\/Invoice/ })
  assert.equal(await ledger.db.invoice.count(), 0)
})

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', ',', '\n', ' ', "'"), maxLength: 8 })

test('whatever a debtor is called, the name arrives as it was written', async t => {
  const ledger = await aLedger(t)
  const names = fc.array(
    cell.map(text => `x${text}x`),
    { minLength: 1, maxLength: 12 },
  ) // prettier-ignore

  await fc.assert(
    fc.asyncProperty(names, async given => {
      const rows = given.map((name, index) => `${index},"${name.replaceAll('"', '""')}",I-${index},2026-02-01,1`)
      await ledger.import({ file: ledger.file('a.csv', flatCsv(rows)) })

      const debtors = await ledger.db.debtor.findMany({ where: { number: { in: given.map((_, index) => String(index)) } } })
      assert.deepEqual(
        debtors.toSorted((a, b) => Number(a.number) - Number(b.number)).map(each => each.name),
        given,
      )
    }),
    { numRuns: 8 },
  )
})
