import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseMapping, suggestMapping, writeMapping } from '#ledger'
import { csvOf, headerSets } from './header-sets.ts'

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
  const suggestion = await suggestMapping(aFile(t, ['Customer No.;Invoice No.;Due date;Amount', 'C1;I-1;03/04/2026;1.234', 'C1;I-2;05/04/2026;2.500']))

  assert.deepEqual(
    suggestion.doubts.map(({ key }) => key),
    ['decimal', 'dates'],
  )
  assert.deepEqual(suggestion.missing, ['debtor_name'])
  assert.match(writeMapping(suggestion, 'a.csv'), /# debtor_name: # needed/)
})
