import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { parseMapping, suggestMapping, writeMapping } from '#ledger'
import { findXmlRecords } from '../../src/ledger/imports/suggest/find-xml-records.ts'
import { csvOf, headerSets } from './header-sets.ts'
import { aLedger } from './support.ts'

function aFile(t: TestContext, lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-suggest-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'export.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

for (const [name, columns] of Object.entries(headerSets)) {
  test(`columns are found, and none is taken for another: ${name}`, async t => {
    const suggestion = await suggestMapping(aFile(t, csvOf(columns)))

    const expected = Object.fromEntries(columns.flatMap(([header, , field]) => (field ? [[field, header.trim()]] : [])))
    assert.deepEqual(Object.fromEntries(suggestion.matched.map(({ field, column }) => [field, column])), expected)
    assert.equal(suggestion.headerLine, 3)
    assert.deepEqual(suggestion.doubts, [])
  })
}

test('the suggestion is a mapping file that imports read, with what is unsure as comments', async t => {
  const lines = [
    'Kd-Nr.;Firma;RgNr;Fälligkeit;Betrag;Saldo;Saldo;Land;Vermerk;E-Mail',
    '0017;Ahorn "GmbH";R-1;05.02.2026;1.234,00;1,00;2,00;Deutschland;x;ar@ahorn.example',
    ';;R-2;06.02.2026;5,10;1,00;2,00;Polen;;',
    '0018;Birke;R-3;28.02.2026;5,10;1,00;2,00;NL;;ar@birke.example',
  ]

  const suggestion = await suggestMapping(aFile(t, lines))
  const text = writeMapping(suggestion, 'export\n.csv')
  const mapping = parseMapping(text, 'suggested.yaml')

  assert.deepEqual(mapping.columns, {
    debtor_number: 'Kd-Nr.',
    debtor_name: 'Firma',
    invoice_number: 'RgNr',
    due_date: 'Fälligkeit',
    amount: 'Betrag',
    country: 'Land',
    email: 'E-Mail',
  })
  assert.deepEqual([mapping.decimal, mapping.dates, mapping.values], [',', 'day_first', { country: { Deutschland: 'DE', Polen: 'PL' } }])
  assert.deepEqual(suggestion.fillDown, ['debtor_number', 'debtor_name', 'email'])
  assert.deepEqual(mapping.fill_down, [])
  assert.match(text, /# fill_down: \[debtor_number, debtor_name, email\]/)
  assert.deepEqual(
    suggestion.unsure.map(({ column, maybe }) => [column, maybe[0]]),
    [
      ['Saldo#1', 'open_amount'],
      ['Saldo#2', 'open_amount'],
      ['Vermerk', undefined],
    ],
  )
})

test('what a file leaves open is told with the key that settles it, and fields without a column are named', async t => {
  const suggestion = await suggestMapping(aFile(t, ['Invoice No.;Due date;Amount', 'I-1;03/04/2026;1.234', 'I-2;05/04/2026;2.500']))

  assert.deepEqual(
    suggestion.doubts.map(({ key }) => key),
    ['decimal', 'dates'],
  )
  assert.deepEqual(suggestion.missing, ['debtor_number', 'debtor_name'])
  assert.match(writeMapping(suggestion, 'a.csv'), /# debtor_name: # needed/)
})

test('lists of debtors, lists of invoices and XML get a mapping of their own kind, which imports read', async t => {
  const ledger = await aLedger(t)
  const debtors = ledger.file('debtors.csv', ['Debiteur;Naam;Land;E-mail', '10;Hazelaar BV;NL;ap@hazelaar.example', '11;Berken Bouw;NL;info@berken.example'])
  const invoices = ledger.file('invoices.csv', ['Debiteur;Factuur;Vervaldatum;Bedrag', '10;F-1;25-02-2026;1.234,50', '11;F-2;26-02-2026;10,00'])
  const xml = ledger.file('open.xml', [
    '<?xml version="1.0"?><!-- <Invoice> --><e:Export xmlns:e="urn:x"><Header><Seller><Name>Wilgen BV</Name></Seller></Header><Invoices>',
    ...['X-1', 'X-2', 'X-3'].map(
      (number, index) =>
        `<Invoice number="${number}"><Customer><Code>2${index}</Code><Name><![CDATA[Alder & Co ${index}]]></Name><Country>GB</Country></Customer><Due>2026-02-1${index}</Due><Total currency="GBP">1${index}.40</Total><Lines><Line><Text>a</Text></Line></Lines></Invoice>`,
    ),
    '</Invoices></e:Export>',
  ])

  const kinds: string[] = []
  for (const file of [debtors, invoices, xml]) {
    const suggestion = await suggestMapping(file)
    kinds.push(suggestion.mapping.type)
    const mapping = parseMapping(writeMapping(suggestion, 'list'), 'mapping.yaml')
    const result = await ledger.import({ file, mapping })
    assert.deepEqual([suggestion.missing, result.rejects], [[], []])
  }

  assert.deepEqual(kinds, ['debtors', 'invoices', 'flat'])
  assert.deepEqual(
    (await ledger.dump()).invoices.map(row => row.slice(0, 4)),
    [
      ['10', 'F-1', '2026-02-25', '1234.500'],
      ['11', 'F-2', '2026-02-26', '10.000'],
      ['20', 'X-1', '2026-02-10', '10.400'],
      ['21', 'X-2', '2026-02-11', '11.400'],
      ['22', 'X-3', '2026-02-12', '12.400'],
    ],
  )
  assert.deepEqual((await ledger.db.invoice.findMany({ where: { number: 'X-1' }, select: { currency: true } }))[0]?.currency, 'GBP')
  await assert.rejects(suggestMapping(ledger.file('flat.xml', ['<a><b>1</b></a>'])), { code: 'import.suggest' })
})

const row = (...cells: string[]) => `10;Hazelaar BV;F-1;25-02-2026;${cells.join(';')}`

test('credits in a column of their own, or by a mark, are found; a credit limit is none', async t => {
  const fieldsOf = async (header: string, ...rows: string[]) =>
    (await suggestMapping(aFile(t, [`Debiteur;Naam;Factuur;Vervaldatum;${header}`, ...rows]))).mapping.columns

  const marked = await fieldsOf('Umsatz;Soll/Haben-Kennzeichen', row('10,00', 'S'), row('20,00', 'H'))
  const columns = await fieldsOf('Debet;Credit', row('10,00', ''), row('', '5,00'))
  const printed = await fieldsOf('Bedrag;S/H', row('10,00', 'S'), 'Debiteur;Naam;Factuur;Vervaldatum;Bedrag;S/H', row('20,00', 'H'), 'Totaal;;;;30,00;')
  const limit = await fieldsOf('Bedrag;Credit limit', row('10,00', '5000,00'))

  assert.equal(marked.debit_credit, 'Soll/Haben-Kennzeichen')
  assert.equal(printed.debit_credit, 'S/H', 'heads of pages and totals are no content')
  assert.deepEqual([columns.amount, columns.credit_amount], ['Debet', 'Credit'])
  assert.deepEqual([limit.amount, limit.credit_amount], ['Bedrag', undefined])
})

test('no text makes the search for XML records throw, or find paths outside of them', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '<c/>',
    'text',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<',
    '>',
    '"',
    '__proto__',
    '<constructor>',
  )

  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), pieces => {
      const found = findXmlRecords(pieces.join(''))

      assert.ok(found === undefined || (found.records.startsWith('/') && found.paths.every(path => !path.startsWith('/'))))
    }),
  )
})
