import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { coverDebtors, insuredItems } from '#credit'
import { aLedger, flatCsv } from './support.ts'

test('a flat file fills debtors, contacts, groups and invoices', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('open-items.csv', [
    'administration;debtor_number;debtor_name;country;language;email;phone;contact_name;company_number;vat_number;legal_form;group;collector;payment_reference;invoice_number;invoice_date;due_date;amount;open_amount;currency;po_number',
    'NL01;0042;Bakkerij De Gouden Aar B.V.;NL;nl;Crediteuren@gouden-aar.example;+31 20 5550100;A. de Wit;01234567;;B.V.;Gouden Groep;Mia;;F-2026/001;2026-01-05;2026-02-04;1210.00;605.00;EUR;PO-9',
    'NL01;0042;Bakkerij De Gouden Aar B.V.;NL;nl;Crediteuren@gouden-aar.example;+31 20 5550100;A. de Wit;01234567;;B.V.;Gouden Groep;Mia;;F-2026/002;2026-01-06;2026-02-05;-100.00;;EUR;',
  ])

  const result = await ledger.import({ file })

  assert.equal(result.kind, 'imported')
  const debtor = await ledger.db.debtor.findFirstOrThrow({
    include: { contacts: true, group: true, invoices: { orderBy: { number: 'asc' } }, administration: true },
  })
  assert.equal(debtor.number, '0042')
  assert.equal(debtor.searchName, 'bakkerij de gouden aar')
  assert.equal(debtor.companyNumber, '01234567')
  assert.equal(debtor.group?.name, 'Gouden Groep')
  assert.equal(debtor.administration.code, 'NL01')
  assert.deepEqual(
    debtor.contacts.map(({ email, name, phone, source }) => ({ email, name, phone, source })),
    [{ email: 'crediteuren@gouden-aar.example', name: 'A. de Wit', phone: '+31 20 5550100', source: 'import' }],
  )
  assert.deepEqual(
    debtor.invoices.map(each => [each.number, each.searchNumber, each.kind, each.amount.toFixed(2), each.openAmount.toFixed(2), each.status, each.poNumber]),
    [
      ['F-2026/001', 'F2026001', 'invoice', '1210.00', '605.00', 'open', 'PO-9'],
      ['F-2026/002', 'F2026002', 'credit_note', '-100.00', '-100.00', 'open', null],
    ],
  )
})

test('the same file again changes nothing', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', flatCsv(['1,Alder,I-1,2026-02-01,10.00', '1,Alder,I-2,2026-02-02,20.00', '2,Birch,I-3,2026-02-03,30.00']))
  await ledger.import({ file })
  const before = await ledger.dump()

  const { counts } = await ledger.import({ file })

  assert.deepEqual(
    {
      created: counts.invoicesCreated,
      changed: counts.invoicesChanged,
      debtors: counts.debtorsChanged + counts.debtorsCreated,
      contacts: counts.contactsChanged,
    },
    { created: 0, changed: 0, debtors: 0, contacts: 0 },
  )
  assert.equal(counts.invoicesUnchanged, 3)
  assert.deepEqual(await ledger.dump(), before)
})

test('a due date that is put off keeps the first one, from which a credit insurer may count', async t => {
  const ledger = await aLedger(t)
  const { db } = ledger
  for (const due of ['2026-02-01', '2026-03-01', '2026-04-01'])
    await ledger.import({ file: ledger.file(`${due}.csv`, flatCsv([`1,Alder,I-1,${due},10.00`, '1,Alder,I-2,2026-02-02,20.00'])) })
  const terms = { administrations: [], segments: [], debtors: [], extendDays: 30, extendFrom: 'original_due_date', warnDays: 7 }
  await db.insurancePolicy.create({ data: { id: 'later', position: 0, insurer: 'Veilig Krediet', number: 'P-1', ...terms } })
  await coverDebtors(db, async () => new Map())
  const invoices = await db.invoice.findMany({ orderBy: { number: 'asc' } })
  const items = await insuredItems(db, Temporal.PlainDate.from('2026-03-02'), { debtorIds: invoices.map(({ debtorId }) => debtorId) })

  assert.deepEqual(
    invoices.map(({ firstDueDate }) => firstDueDate?.toISOString().slice(0, 10)),
    ['2026-02-01', undefined],
  )
  assert.deepEqual(items.map(({ number, deadlines }) => `${number} ${deadlines.extendUntil?.toString()}`).toSorted(), ['I-1 2026-03-03', 'I-2 2026-03-04'])
})

test('good rows load, and each bad row is reported with its line, its column and what is wrong', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file(
    'a.csv',
    flatCsv([
      '1,Alder,I-1,2026-02-01,10.00',
      '1,Alder,I-2,2026-02-30,20.00',
      '',
      '2,Birch,I-3,2026-02-03,many',
      '2,,I-4,2026-02-03,5.00',
      '3,Cedar,I-1,2026-02-01,3.00',
    ]),
  )

  const result = await ledger.import({ file })

  assert.deepEqual(
    result.rejects.map(({ line, column }) => ({ line, column })),
    [
      { line: 3, column: 'due_date' },
      { line: 5, column: 'amount' },
      { line: 6, column: 'debtor_name' },
      { line: 2, column: 'invoice_number' },
      { line: 7, column: 'invoice_number' },
    ],
  )
  assert.match(result.rejects[0]?.problem ?? '', /"2026-02-30" is not a date/)
  assert.match(result.rejects[3]?.problem ?? '', /stands on line 7 with other values/)
  assert.equal(result.counts.rows, 5)
  assert.equal(result.counts.rejected, 5)
  assert.equal(await ledger.db.invoice.count(), 0)
})

test('a rejected row makes no administration', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', [
    'administration,debtor_number,debtor_name,invoice_number,due_date,amount',
    'NL,1,Alder,I-1,2026-02-01,1',
    'Shifted,NL,1,Alder,I-1,2026-02-01',
  ])

  const result = await ledger.import({ file })

  assert.equal(result.counts.rejected, 1)
  assert.deepEqual(
    (await ledger.db.administration.findMany()).map(each => each.code),
    ['NL'],
  )
})
