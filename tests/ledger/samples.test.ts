import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { aLedger } from './support.ts'

const sample = (name: string) => join(import.meta.dirname, '../../samples/ledger', name)

test('every sample file imports with its mapping, without a rejected row or a warning', async t => {
  const ledger = await aLedger(t)
  const pairs = [
    ['open-items.csv', 'open-items.yaml'],
    ['debtors.csv', 'debtors.yaml'],
    ['invoices.csv', 'invoices.yaml'],
    ['payments.csv', 'payments.yaml'],
    ['orders.csv', 'orders.yaml'],
    ['invoices.xml', 'invoices-xml.yaml'],
  ] as const

  for (const [file, mapping] of pairs) {
    const result = await ledger.import({ file: sample(file), mapping: sample(mapping) })

    assert.deepEqual([result.kind, result.rejects, result.warnings, result.unknownColumns], ['imported', [], [], []], file)
  }
  const uk = await ledger.db.invoice.findMany({ where: { administration: { code: 'UK01' } }, orderBy: { number: 'asc' } })
  assert.deepEqual(
    uk.map(each => [each.number, each.currency, each.amount.toFixed(2), each.kind]),
    [
      ['2026-0150', 'GBP', '310.40', 'invoice'],
      ['2026-0151', 'GBP', '-25.00', 'credit_note'],
    ],
  )
  assert.equal(await ledger.db.paymentAllocation.count(), 1)
})
