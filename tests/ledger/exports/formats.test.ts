import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import { exportsKind } from '#ledger'
import { kindFaults } from '../../support/kind-faults.ts'
import { aLedgerToExport, fileOf } from './support.ts'

const header = 'administration,debtor_number,debtor_name,phone,email,contact_name,invoice_number,due_date,amount,open_amount,currency'

test('a workbook has a sheet for each content, with real numbers and dates, a frozen header and no formulas', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({
    file: ledger.file('open.csv', [
      header,
      'NL01,0007,=1+1,+31 38 555 01,els@aar.example,Els Bos,0042,2026-02-01,-1210.50,-605.25,EUR',
      'NL01,0008,_x0041_ & <b>,,,,0043,2026-03-01,5000,5000,JPY',
      'NL01,0008,_x0041_ & <b>,,,,0044,2026-03-01,999999999999999.99,999999999999999.99,EUR',
    ]),
  })
  const debtor = await ledger.db.debtor.findFirstOrThrow({ where: { number: '0008' } })
  await ledger.db.note.create({ data: { debtorId: debtor.id, text: 'x'.repeat(40_000), pinned: true } })

  const outcome = await ledger.export({ format: 'xlsx', contents: ['open_items', 'notes'], columns: { open_items: { amount: 'Bedrag' } } })

  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(join(ledger.folder, fileOf(outcome)))
  const sheet = book.getWorksheet('open_items')
  assert.ok(sheet)
  const titles = (sheet.getRow(1).values as string[]).slice(1)
  const cell = (row: number, title: string) => sheet.getRow(row).getCell(titles.indexOf(title) + 1)
  assert.deepEqual([book.worksheets.map(({ name }) => name), sheet.views[0]?.state], [['open_items', 'notes'], 'frozen'])
  assert.deepEqual([cell(2, 'Bedrag').value, cell(2, 'Bedrag').numFmt, cell(2, 'open_amount').value], [-1210.5, '#,##0.00', -605.25])
  assert.deepEqual([cell(2, 'due_date').value, cell(2, 'due_date').numFmt], [new Date('2026-02-01T00:00:00Z'), 'yyyy-mm-dd'])
  assert.deepEqual([cell(2, 'debtor_number').value, cell(2, 'debtor_name').value, cell(2, 'phone').value], ['0007', "'=1+1", '+31 38 555 01'])
  assert.deepEqual([cell(3, 'debtor_name').value, cell(3, 'Bedrag').numFmt], ['_x005F_x0041_ & <b>', '#,##0'])
  assert.equal(cell(4, 'Bedrag').value, '999999999999999.99') // a spreadsheet's number would be another one
  assert.ok((sheet.getColumn(3).width ?? 0) > 20)
  const note: unknown = book.getWorksheet('notes')?.getRow(2).getCell(6).value
  assert.equal(String(note).length, 32_767)
  assert.ok(outcome.kind === 'done')
  assert.deepEqual([outcome.files[0]?.rows, outcome.files[0]?.altered], [{ open_items: 3, notes: 1 }, 1])
})

test('promises, disputes, notes, payments and contact changes say what other programs need to know', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({
    file: ledger.file('open.csv', [
      header,
      'NL01,1,De Aar,038,els@aar.example,Els Bos,A-1,2026-02-01,100,100,EUR',
      'NL01,1,De Aar,038,els@aar.example,Els Bos,A-2,2026-02-01,50,50,EUR',
    ]),
  })
  const { db } = ledger
  const debtor = await db.debtor.findFirstOrThrow()
  const [one, two] = await db.invoice.findMany({ orderBy: { number: 'asc' } })
  assert.ok(one && two)
  const staff = await db.staff.create({ data: { key: 'anna', name: 'Anna', email: 'anna@creditor.example' } })
  const createdAt = new Date('2026-02-20T10:00:00Z')
  const both = { create: [{ invoiceId: one.id }, { invoiceId: two.id }] }
  await db.promiseToPay.create({ data: { debtorId: debtor.id, promisedOn: new Date('2026-03-05'), amount: '150', currency: 'EUR', createdAt, invoices: both } })
  await db.dispute.create({
    data: { debtorId: debtor.id, reason: 'price', text: 'te "duur"', ownerId: staff.id, createdAt, answerDue: new Date('2030-01-01') },
  })
  await db.payment.create({
    data: {
      administrationId: debtor.administrationId,
      debtorId: debtor.id,
      reference: 'B-1',
      receivedOn: new Date('2026-02-28'),
      currency: 'EUR',
      amount: '60',
      allocations: { create: { invoiceId: one.id, amount: '40' } },
    },
  })
  await db.contact.updateMany({ where: { email: 'els@aar.example' }, data: { email: 'e.bos@aar.example' } })
  await db.contact.create({ data: { debtorId: debtor.id, name: 'Jan Vos', email: 'jan@aar.example', source: 'mail' } })
  await db.contact.create({ data: { debtorId: debtor.id, email: 'nobody.approved@aar.example', source: 'mail', verified: false } })

  const outcome = await ledger.export({ contents: ['promises', 'disputes', 'payments', 'contact_changes'] })

  const rows = (content: string) => ledger.read(outcome, content).trim().split('\r\n').slice(1)
  assert.deepEqual(rows('promises'), [
    'NL01;1;De Aar;1;A-1;2026-03-05;EUR;150.00;false;open;2026-02-20T10:00:00Z',
    'NL01;1;De Aar;1;A-2;2026-03-05;EUR;150.00;false;open;2026-02-20T10:00:00Z',
  ])
  assert.deepEqual(rows('disputes'), ['NL01;1;De Aar;1;;price;"te ""duur""";open;anna;2030-01-01;2026-02-20T10:00:00Z;'])
  assert.deepEqual(rows('payments'), ['NL01;B-1;2026-02-28;EUR;60.00;1;A-1;40.00;;1;;ledger;;;;;;'])
  assert.deepEqual(rows('contact_changes'), [
    'NL01;1;De Aar;1;changed;Els Bos;e.bos@aar.example;038;;ok;;Els Bos;els@aar.example;038',
    'NL01;1;De Aar;2;new;Jan Vos;jan@aar.example;;;ok;;;;',
  ])
})

test('settings of exports that cannot work are refused at their own line', () => {
  const yaml = `exports:
  erp:
    folder: out
    contents: [debtors, debtors]
    schedule: every night
    format: xml
    csv: { separator: ";" }
    changesOnly: true
    fileNames: fixed
    columns: { debtors: { debtor_name: Nom du client, amount: Montant } }
`
  const faults = kindFaults([exportsKind], yaml)

  assert.deepEqual(
    faults.map(fault => fault.split(' ').slice(0, 5).join(' ')).toSorted((one, other) => Number(one.split(':')[1]) - Number(other.split(':')[1])),
    [
      ':3:13 exports.erp.folder must be a',
      ':4:5 exports.erp.contents names a content',
      ':5:15 exports.erp.schedule must be a',
      ':7:5 exports.erp.csv is of no',
      ':9:16 exports.erp.fileNames must be dated',
      ':10:40 exports.erp.columns.debtors.debtor_name must be the',
      ':10:63 exports.erp.columns.debtors.amount is no column',
    ],
  )
})
