import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { defaultMapping, type ImportResult } from '#ledger'
import { aLedger } from './support.ts'

const debtors = ['debtor_number,debtor_name', '1,Alder', '2,Birch']
const invoices = ['debtor_number,invoice_number,due_date,amount', '1,I-1,2026-02-01,100.00', '1,I-2,2026-02-01,50.00', '2,I-3,2026-02-01,-20.00']
const lines = (result: ImportResult) => result.rejects.map(({ line, column }) => [line, column])

async function withInvoices(t: Parameters<typeof aLedger>[0]) {
  const ledger = await aLedger(t)
  const bring = (type: 'debtors' | 'invoices' | 'payments' | 'orders', content: string[], extra = {}) =>
    ledger.import({ file: ledger.file(`${type}.csv`, content), mapping: { ...defaultMapping(type), ...extra } })
  await bring('debtors', debtors)
  await bring('invoices', invoices)
  return { ...ledger, bring }
}

test('debtors and invoices come from separate files; an invoice of an unknown debtor is rejected and not closed as missing', async t => {
  const ledger = await withInvoices(t)

  const twice = await ledger.bring('debtors', [...debtors, '1,Other'])
  const unknown = await ledger.bring('invoices', [...invoices.slice(0, 3), '77,I-3,2026-02-01,-20.00'], { full_export: true })

  assert.deepEqual(lines(twice), [
    [2, 'debtor_number'],
    [4, 'debtor_number'],
  ])
  assert.deepEqual(lines(unknown), [[4, 'debtor_number']])
  assert.match(unknown.rejects[0]?.problem ?? '', /debtor 77 is not in this administration; import the debtors first/)
  assert.equal(await ledger.db.invoice.count({ where: { status: 'open' } }), 3)
  assert.match(
    readFileSync((unknown.kind === 'imported' && unknown.rejectFile) || '', 'utf8'),
    /^duncan_line,duncan_problem,debtor_number.*\r\n4,"debtor_number: .*",77,I-3,2026-02-01,-20\.00\r\n$/,
  )
})

const paymentHeader = 'payment_reference,received_on,amount,invoice_number,allocated_amount'

test('payments are allocated to invoices and leave open amounts to the invoices file', async t => {
  const ledger = await withInvoices(t)
  const file = [paymentHeader, 'P-1,2026-02-10,120.00,I-1,100.00', 'P-1,2026-02-10,120.00,I-2,20.00', 'P-2,2026-02-11,30.00,,']

  const first = await ledger.bring('payments', file)
  const again = await ledger.bring('payments', file)

  assert.deepEqual(first.rejects, [])
  assert.deepEqual([first.counts.paymentsCreated, first.counts.allocationsCreated], [2, 2])
  assert.equal(
    again.counts.paymentsCreated +
      again.counts.paymentsChanged +
      again.counts.allocationsCreated +
      again.counts.allocationsChanged +
      again.counts.allocationsRemoved,
    0,
  )
  const { allocations, invoices: loaded } = await ledger.dump()
  assert.deepEqual(allocations, ['P-1 I-1 100.00', 'P-1 I-2 20.00'])
  assert.equal(loaded[0]?.[4], '100.000')
  assert.equal((await ledger.db.payment.findFirstOrThrow({ where: { reference: 'P-1' }, include: { debtor: true } })).debtor?.number, '1')
})

test('a payment row that exceeds its payment or its invoice, or contradicts an earlier row, is rejected', async t => {
  const ledger = await withInvoices(t)

  const result = await ledger.bring('payments', [
    paymentHeader,
    'P-1,2026-02-10,100.00,I-1,80.00',
    'P-1,2026-02-10,100.00,I-2,30.00',
    'P-2,2026-02-10,100.00,I-1,40.00',
    'P-1,2026-02-10,99.00,I-2,1.00',
    'P-3,2026-02-10,10.00,I-9,10.00',
    'P-1,2026-02-10,100.00,I-1,1.00',
    'P-4,2026-02-10,-20.00,I-3,-20.00',
    'P-5,2026-02-10,5.00,I-2,-5.00',
  ])

  assert.deepEqual(
    lines(result).toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [
      [3, 'allocated_amount'],
      [4, 'allocated_amount'],
      [5, 'amount'],
      [6, 'invoice_number'],
      [7, 'payment_reference'],
      [9, 'allocated_amount'],
    ],
  )
  assert.deepEqual((await ledger.dump()).allocations, ['P-1 I-1 80.00', 'P-4 I-3 -20.00'])
})

test('an allocation that the file no longer has goes; with the setting, open amounts follow up and down', async t => {
  const ledger = await withInvoices(t)
  const lower = { payments_lower_open_amount: true }
  const open = async () => (await ledger.dump()).invoices.slice(0, 2).map(each => [each[4], each[5]])

  await ledger.bring('payments', [paymentHeader, 'P-1,2026-02-10,150.00,I-1,100.00', 'P-1,2026-02-10,150.00,I-2,10.00'], lower)
  const paid = await open()
  await ledger.bring('payments', [paymentHeader, 'P-1,2026-02-10,150.00,I-2,50.00'], lower)

  assert.deepEqual(paid, [
    ['0.000', 'closed'],
    ['40.000', 'open'],
  ])
  assert.deepEqual(await open(), [
    ['100.000', 'open'],
    ['0.000', 'closed'],
  ])
})

const order = (amount: string) => ['debtor_number,order_number,order_date,amount,po_number', `1,O-1,2026-01-02,${amount},PO-1`, '9,O-2,2026-01-02,1.00,']

test('orders load once and change when the file does', async t => {
  const ledger = await withInvoices(t)

  const first = await ledger.bring('orders', order('10.00'))
  const again = await ledger.bring('orders', order('10.00'))
  const changed = await ledger.bring('orders', order('12.00'))

  assert.deepEqual(lines(first), [[3, 'debtor_number']])
  assert.deepEqual(
    [first, again, changed].map(({ counts }) => [counts.ordersCreated, counts.ordersChanged]),
    [
      [1, 0],
      [0, 0],
      [0, 1],
    ],
  )
  assert.equal((await ledger.db.order.findFirstOrThrow()).amount.toFixed(2), '12.00')
})
