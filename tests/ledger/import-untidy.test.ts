import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMapping } from '#ledger'
import { amountParser } from '../../src/ledger/imports/amounts.ts'
import { createDecoder } from '../../src/ledger/imports/code-pages.ts'
import { encodeText } from '../../src/ledger/imports/encoding.ts'
import { aLedger, flatCsv } from './support.ts'

const mapping = (text: string) => parseMapping(text, 'mapping.yaml')
const header = 'debtor_number;debtor_name;invoice_number;due_date;amount'

test('half a sign, two signs and letters that are no currency are no amount', () => {
  const read = amountParser(',')

  const problems = ['(100,00', '100,00)', '-(100,00)', '--1,00', '-1,00-', '-100,00 CR', '100,00- H', 'XYZ 100,00', '5,00 kr'].filter(
    text => 'value' in read(text),
  )

  assert.deepEqual(problems, [])
  assert.deepEqual(
    ['(100,00)', '-€ 5', '5,00 -', '7 CR', '-7 DR', 'EUR -1.000,00', '$ 12,00', 'US$ 3'].map(text => {
      const found = read(text)
      return 'value' in found ? [found.value, found.currency] : text
    }),
    [
      ['-100.00', undefined],
      ['-5', 'EUR'],
      ['-5.00', undefined],
      ['-7', undefined],
      ['-7', undefined],
      ['-1000.00', 'EUR'],
      ['12.00', '$'],
      ['3', 'USD'],
    ],
  )
})

test('credits in a column of their own or by a mark beside the amount come out below zero; what is said twice is rejected', async t => {
  const ledger = await aLedger(t)
  const marked = [
    `${header};open_amount;SH`,
    '1;A;M1;2026-03-01;100,00;60,00;S',
    '1;A;M2;2026-03-01;40,00;40,00;H',
    '1;A;M3;2026-03-01;-5,00;-5,00;H',
    '1;A;M4;2026-03-01;1,00;1,00;?',
  ]
  const columns = [
    `${header};Haben`,
    '1;A;C1;2026-03-01;100,00;',
    '1;A;C2;2026-03-01;;30,00',
    '1;A;C3;2026-03-01;1,00;1,00',
    '1;A;C4;2026-03-01;0,00;',
    '1;A;C5;2026-03-01;;',
  ]

  const one = await ledger.import({ file: ledger.file('marked.csv', marked), mapping: mapping('columns: { debit_credit: SH }') })
  const two = await ledger.import({ file: ledger.file('columns.csv', columns), mapping: mapping('columns: { credit_amount: Haben }') })

  assert.deepEqual(
    (await ledger.dump()).invoices.map(([, number, , amount, open]) => [number, amount, open]),
    [
      ['C1', '100.000', '100.000'],
      ['C2', '-30.000', '-30.000'],
      ['C4', '0.000', '0.000'],
      ['M1', '100.000', '60.000'],
      ['M2', '-40.000', '-40.000'],
    ],
  )
  assert.deepEqual(
    [...one.rejects, ...two.rejects].map(({ line, column }) => [line, column]),
    [
      [4, 'amount'],
      [5, 'SH'],
      [4, 'amount'],
      [6, 'amount'],
    ],
  )
})

test('a dollar sign alone is no currency where the book is not in dollars', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [
    `${header};currency`,
    '1;A;R1;2026-03-01;"$1,000.00";',
    '1;A;R2;2026-03-01;"$2,000.00";CAD',
    '1;A;R3;2026-03-01;$3.00;EUR',
  ])

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.rejects.map(({ line, problem }) => [line, /says \$/.test(problem)]),
    [
      [2, true],
      [4, true],
    ],
  )
  assert.deepEqual(await ledger.db.invoice.findMany({ select: { number: true, currency: true } }), [{ number: 'R2', currency: 'CAD' }])
})

const rowOf = (code: string, number: string) => `${code};1;A;${number};2026-03-01;5,00`

test('a code that is no administration is a row to correct, and a new one keeps the currency of its sisters', async t => {
  const ledger = await aLedger(t)
  await ledger.db.administration.create({ data: { code: 'PL01', name: 'Brzoza', country: 'PL', language: 'pl', currency: 'PLN', timeZone: 'Europe/Warsaw' } })
  const codes = ['PL01', 'PL02', '', 'a\0b', 'x'.repeat(2000), 'Main book']

  const first = await ledger.import({ file: ledger.file('a.csv', [`administration;${header}`, ...codes.map((code, index) => rowOf(code, `R${index}`))]) })
  const unsaid = await ledger.import({ file: ledger.file('b.csv', [header, '1;A;R9;2026-03-01;5,00']) })
  await ledger.db.administration.create({ data: { code: 'DE01', name: 'Ahorn', currency: 'EUR' } })

  assert.deepEqual(
    first.rejects.map(({ line, column }) => [line, column]),
    [
      [5, 'administration'],
      [6, 'administration'],
      [7, 'administration'],
    ],
  )
  assert.deepEqual(
    (await ledger.db.invoice.findMany({ orderBy: { number: 'asc' }, include: { administration: true } })).map(({ number, currency, administration }) => [
      number,
      currency,
      administration.code,
      administration.timeZone,
    ]),
    [
      ['R0', 'PLN', 'PL01', 'Europe/Warsaw'],
      ['R1', 'PLN', 'PL02', 'Europe/Warsaw'],
      ['R2', 'PLN', 'PL01', 'Europe/Warsaw'],
    ],
  )
  assert.match(unsaid.rejects[0]?.problem ?? '', /which administration/)
  await assert.rejects(ledger.import({ file: ledger.file('c.csv', [`administration;${header}`, rowOf('NEW', 'R1')]) }), {
    code: 'import.administrations',
    message: /currency/,
  })
})

test('a list that was made for printing names its columns on every page, and that is no row', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [header, '1;A;R1;2026-03-01;1,00', 'Seite 1 von 2;;;;', header, '1;A;R2;2026-03-01;2,00', 'Page 2', 'Page 3 Ltd;;;;9,00'])

  const result = await ledger.import({ file })

  assert.deepEqual(result.readAs.totalLines, [3, 4, 6])
  assert.deepEqual([result.counts.invoicesCreated, result.rejects[0]?.line], [2, 7])
})

test('dates whose year may stand in front are asked about, and so are evenings of UTC', async t => {
  const ledger = await aLedger(t)
  const dates = (name: string, ...values: string[]) => ledger.file(name, flatCsv(values.map((value, index) => `1,A,${name}${index},${value},1.00`)))
  const dryRun = true

  for (const values of [
    ['26/03/14', '26/04/15'],
    ['260310', '260411'],
  ])
    await assert.rejects(ledger.import({ file: dates('a.csv', ...values), dryRun }), {
      code: 'import.dates',
      message: /year comes first or last/,
      remedy: /yyMMdd/,
    })
  await ledger.import({ file: dates('b.csv', '26/03/14', '26/04/15'), mapping: mapping('dates: [yy/MM/dd]') })
  const late = await ledger.import({ file: dates('c.csv', '2026-03-13T23:00:00Z', '2026-03-13T23:00:00+01:00', '2026-03-13T21:59:59.000Z') })
  const short = await ledger.import({ file: dates('d.csv', '14/03/26', '15/04/26') })

  assert.deepEqual(
    late.rejects.map(({ line }) => line),
    [2],
  )
  assert.equal(short.counts.rejected, 0)
  assert.deepEqual(
    (await ledger.dump()).invoices.map(([, number, due]) => `${number} ${due}`),
    ['b.csv0 2026-03-14', 'b.csv1 2026-04-15', 'c.csv1 2026-03-13', 'c.csv2 2026-03-13', 'd.csv0 2026-03-14', 'd.csv1 2026-04-15'],
  )
})

test('files of DOS and of old Macs are read in their own letters, and their rejects are written so', async t => {
  const ledger = await aLedger(t)
  const rows = [header, '1;Müller Bäckerei;R1;2026-03-01;1,00', '2;Café Noël à côté;R2;soon;2,00']
  const polish = [header, '3;Wędzarnia Żółć;R3;2026-03-01;1,00', '4;Łódzka Spółdzielnia;R4;2026-03-01;2,00']

  for (const [encoding, lines] of [
    ['cp850', rows],
    ['macintosh', rows],
    ['cp852', polish],
  ] as const) {
    const result = await ledger.import({ file: ledger.file(`${encoding}.csv`, encodeText(lines.join('\r\n'), encoding)), dryRun: encoding === 'macintosh' })
    assert.equal(result.readAs.encoding, encoding)
  }

  assert.deepEqual(
    (await ledger.dump()).debtors.map(({ name }) => name),
    ['Müller Bäckerei', 'Wędzarnia Żółć', 'Łódzka Spółdzielnia'],
  )
  assert.equal(createDecoder('cp850')(encodeText('é ß ×', 'cp850')), 'é ß ×')
})

test('faults of a spreadsheet are no names, figures with .0 no numbers, and an open amount of another sign is told', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [
    `${header};open_amount`,
    '1;#REF!;R1;2026-03-01;1,00;1,00',
    '2.0;B;R2;2026-03-01;1,00;1,00',
    '3;C;R3;2026-03-01;1,00;-1,00',
  ])

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.rejects.map(({ line, column }) => [line, column]),
    [
      [2, 'debtor_name'],
      [3, 'debtor_number'],
    ],
  )
  assert.deepEqual(
    result.warnings.map(({ line, column }) => [line, column]),
    [[4, 'open_amount']],
  )
  await assert.rejects(ledger.import({ file: ledger.file('b.csv', Buffer.from('[{"debtor": 1}]')) }), { code: 'import.file', message: /is JSON/ })
})
