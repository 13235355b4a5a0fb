import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { defaultMapping, exposureByDebtor, leftOf, limitsOf, setInternalLimit, suggestMapping, takeLimitBack, usedOf } from '#ledger'
import { Prisma } from '#platform'
import { aLedger } from './support.ts'

const head = 'debtor_number,debtor_name,credit_limit,insured_limit,insurer,limit_currency'

const money = (amount: number, currency = 'EUR') => ({ amount: new Prisma.Decimal(amount), currency })

async function withLimits(t: Parameters<typeof aLedger>[0]) {
  const ledger = await aLedger(t)
  const bring = (rows: string[], header = head) => ledger.import({ file: ledger.file('debtors.csv', [header, ...rows]), mapping: defaultMapping('debtors') })
  const debtorId = async (number = '1') => (await ledger.db.debtor.findFirstOrThrow({ where: { number } })).id
  const standing = async (number = '1') => {
    const limits = (await limitsOf(ledger.db, [await debtorId(number)])).get(await debtorId(number))
    return [limits?.internal, limits?.insured].map(
      limit => limit && [limit.amount.toFixed(), limit.currency, limit.source, limit.insurer].filter(Boolean).join(' '),
    )
  }
  return { ...ledger, bring, debtorId, standing }
}

test('limits come with the debtors; one that a person decided stands until the imported value itself is another, and every one stays in the history', async t => {
  const { db, bring, debtorId, standing } = await withLimits(t)
  await bring(['1,Alder,25000,20000,Polder Krediet,', '2,Birch,0,,,GBP', '3,Cedar,,,,'])
  const imported = [await standing('1'), await standing('2'), await standing('3')]
  const { limitId, beforeId } = await db.$transaction(async tx =>
    setInternalLimit(tx, { debtorId: await debtorId(), amount: new Prisma.Decimal(8000), currency: 'EUR', staffId: 7, at: new Date() }),
  )
  await bring(['1,Alder,25000,20000,Polder Krediet,'])
  const decided = await standing()
  await bring(['1,Alder,30000,20000,Polder Krediet,'])
  const others = await standing()
  const isTooLate = await db.$transaction(tx => takeLimitBack(tx, { limitId, beforeId }, new Date()))
  await bring(['1,Alder,,15000,Noord Krediet,'])

  assert.deepEqual(imported, [
    ['25000 EUR import', '20000 EUR import Polder Krediet'],
    ['0 GBP import', undefined],
    [undefined, undefined],
  ])
  assert.deepEqual(decided, ['8000 EUR decided', '20000 EUR import Polder Krediet'])
  assert.deepEqual([others, isTooLate], [['30000 EUR import', '20000 EUR import Polder Krediet'], false])
  assert.deepEqual(await standing(), [undefined, '15000 EUR import Noord Krediet'])
  const history = await db.debtorLimit.findMany({ where: { debtorId: await debtorId(), kind: 'internal' }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    history.map(({ amount, source, endedAt }) => [amount.toFixed(), source, endedAt !== null]),
    [
      ['25000', 'import', true],
      ['8000', 'decided', true],
      ['30000', 'import', true],
    ],
  )
})

test('a limit that cannot be read changes nothing and is told; a file without the column says nothing of limits', async t => {
  const { db, bring, debtorId, standing } = await withLimits(t)
  await bring(['1,Alder,25000,20000,Polder Krediet,'])

  const result = await bring(['1,Alder,much,-5,Polder Krediet,'])
  await bring(['1,Alder B.V.'], 'debtor_number,debtor_name')

  assert.deepEqual(
    [result.rejects.length, result.kind === 'imported' && result.warnings.map(({ line, column }) => [line, column])],
    [
      0,
      [
        [2, 'credit_limit'],
        [2, 'insured_limit'],
      ],
    ],
  )
  assert.deepEqual(await standing(), ['25000 EUR import', '20000 EUR import Polder Krediet'])
  // A decision on a debtor whose limit was never imported outlives a column that comes later and is empty.
  await bring(['2,Birch'], 'debtor_number,debtor_name')
  await setInternalLimit(db, { debtorId: await debtorId('2'), amount: new Prisma.Decimal(1), currency: 'EUR', staffId: null, at: new Date() })
  await bring(['2,Birch,,,,'])
  assert.deepEqual(await standing('2'), ['1 EUR decided', undefined])
})

test('exposure adds open items and open orders up per currency, and a limit is used and left in its own alone', async t => {
  const ledger = await withLimits(t)
  await ledger.bring(['1,Alder,1000,,,', '2,Birch,,,,'])
  const invoices = [
    'debtor_number,invoice_number,due_date,amount,currency',
    '1,I-1,2026-01-01,600.00,EUR',
    '1,I-2,2099-01-01,-100.50,EUR',
    '1,I-3,2099-01-01,70.00,GBP',
  ]
  const orders = ['debtor_number,order_number,amount,currency,status', '1,O-1,700.00,EUR,open', '1,O-2,5.00,EUR,closed']
  await ledger.import({ file: ledger.file('invoices.csv', invoices), mapping: defaultMapping('invoices') })
  await ledger.import({ file: ledger.file('orders.csv', orders), mapping: defaultMapping('orders') })
  const id = await ledger.debtorId()

  const exposure = (await exposureByDebtor(ledger.db, Temporal.PlainDate.from('2026-02-01'), [id, await ledger.debtorId('2')])).get(id) ?? []

  assert.deepEqual(
    exposure.map(({ currency, ...sums }) => [currency, ...Object.values(sums).map(sum => sum.toFixed(2))]),
    [
      ['EUR', '600.00', '-100.50', '700.00', '1199.50'],
      ['GBP', '0.00', '70.00', '0.00', '70.00'],
    ],
  )
  assert.deepEqual(
    [usedOf(money(1000), exposure)?.toFixed(4), usedOf(money(140, 'GBP'), exposure)?.toFixed(2), usedOf(money(0), exposure)],
    ['1.1995', '0.50', undefined],
  )
  assert.deepEqual(
    [leftOf(money(1000), exposure).toFixed(), leftOf(money(2000), exposure).toFixed(2), leftOf(money(9, 'USD'), exposure).toFixed()],
    ['0', '800.50', '9'],
  )
})

test('the columns of limits are found by what programs call them in five languages', async t => {
  const ledger = await aLedger(t)
  const names = [
    ['Kredietlimiet', 'Verzekerde limiet', 'Kredietverzekeraar'],
    ['Kreditlinie', 'Versicherungslimit', 'Kreditversicherer'],
    ['Plafond de crédit', 'Limite assurée', 'Assureur'],
    ['Limit kredytowy', 'Limit ubezpieczenia', 'Ubezpieczyciel'],
    ['Credit limit', 'Insured limit', 'Insurer'],
  ]
  for (const [index, own] of names.entries()) {
    const rows = [
      ['debtor_number', 'debtor_name', 'invoice_number', 'due_date', 'amount', ...own],
      ['1001', 'Alder', 'F-1', '2026-02-01', '100,50', '25000', '20000', 'Polder'],
    ]
    const suggestion = await suggestMapping(
      ledger.file(
        `limits-${index}.csv`,
        rows.map(row => row.join(';')),
      ),
    )

    assert.deepEqual(
      ['credit_limit', 'insured_limit', 'insurer'].map(field => suggestion.mapping.columns[field]),
      own,
    )
  }
})
