import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { type AgedBalance, addNote, agingBuckets, agingByDebtor, agingOf, defaultMapping, notesOf, portfolioTotals, viewGroup } from '#ledger'
import { Prisma } from '#platform'
import { emptyTestDatabase } from '../support/database.ts'
import { aLedger } from './support.ts'

const today = Temporal.PlainDate.from('2026-03-02')
const dueDaysAgo = (days: number) => today.subtract({ days }).toString()
const header = 'administration,debtor_number,debtor_name,group,invoice_number,due_date,amount,currency'
const sumOfBuckets = ({ buckets }: AgedBalance) => agingBuckets.reduce((sum, { name }) => sum.plus(buckets[name]), new Prisma.Decimal(0))

test('open items fall into buckets by days past due; the due date itself is not overdue', async t => {
  const ledger = await aLedger(t)
  const days = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121, 400]
  const file = ledger.file('a.csv', [header, ...days.map((late, index) => `NL,1,Alder,,I-${index},${dueDaysAgo(late)},${index + 1}.00,EUR`)])
  await ledger.import({ file })

  const [aged] = await agingOf(ledger.db, today)

  assert.deepEqual(
    agingBuckets.map(({ name }) => aged?.buckets[name].toFixed()),
    ['3', '7', '11', '15', '19', '23'],
  )
  assert.deepEqual([aged?.balance.toFixed(), aged?.overdue.toFixed(), aged?.openCount, aged?.overdueCount], ['78', '75', 12, 10])
})

test('the buckets add up to the balance, the debtors to the portfolio, and currencies are never added', async t => {
  const ledger = await aLedger(t)
  const item = fc.record({
    debtor: fc.integer({ min: 1, max: 5 }),
    late: fc.integer({ min: -50, max: 300 }),
    cents: fc.integer({ min: -99_999, max: 99_999 }).filter(cents => cents !== 0),
    currency: fc.constantFrom('EUR', 'PLN'),
  })

  await fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 30 }), async items => {
      await emptyTestDatabase(ledger.database)
      const rows = items.map((each, index) => `NL,${each.debtor},Debtor,,I-${index},${dueDaysAgo(each.late)},${(each.cents / 100).toFixed(2)},${each.currency}`)
      await ledger.import({ file: ledger.file('a.csv', [header, ...rows]) })

      const totals = await portfolioTotals(ledger.db, today)
      const perDebtor = await agingByDebtor(ledger.db, today)

      for (const aged of totals.balances) {
        const expected = items.filter(each => each.currency === aged.currency).reduce((sum, each) => sum + each.cents, 0)
        assert.equal(aged.balance.times(100).toNumber(), expected)
        assert.equal(sumOfBuckets(aged).toFixed(), aged.balance.toFixed())
        const debtors = [...perDebtor.values()].flat().filter(each => each.currency === aged.currency)
        assert.equal(Prisma.Decimal.sum(...debtors.map(each => each.balance)).toFixed(), aged.balance.toFixed())
        assert.equal(Prisma.Decimal.sum(...debtors.map(each => each.overdue)).toFixed(), aged.overdue.toFixed())
      }
      assert.equal(totals.debtors, new Set(items.map(each => each.debtor)).size)
    }),
    { numRuns: 6 },
  )
})

test('a group holds debtors of several administrations, and its totals are the sum of theirs', async t => {
  const ledger = await aLedger(t)
  const rows = [
    `NL,1,Alder NL,Alder Group,N-1,${dueDaysAgo(10)},100,EUR`,
    `BE,7,Alder BE,Alder Group,B-1,${dueDaysAgo(-10)},50,EUR`,
    `BE,8,Birch,,B-2,${dueDaysAgo(40)},5,EUR`,
  ]
  await ledger.import({ file: ledger.file('a.csv', [header, ...rows]) })
  const { id } = await ledger.db.debtorGroup.findFirstOrThrow()

  const group = await viewGroup(ledger.db, id, today)

  assert.deepEqual(
    group?.entities.map(each => [each.administration, each.number, each.balances[0]?.balance.toFixed()]),
    [
      ['BE', '7', '50'],
      ['NL', '1', '100'],
    ],
  )
  assert.deepEqual(
    group?.balances.map(each => [each.balance.toFixed(), each.overdue.toFixed()]),
    [['150', '100']],
  )
  assert.equal(await viewGroup(ledger.db, id + 1, today), null)
})

test('a debtor moves to another group, and out of it, with the import', async t => {
  const ledger = await aLedger(t)
  const group = async (name: string) => {
    await ledger.import({ file: ledger.file('a.csv', ['debtor_number,debtor_name,group', `1,Alder,${name}`]), mapping: defaultMapping('debtors') })
    return (await ledger.dump()).debtors[0]?.group
  }

  assert.deepEqual([await group('One'), await group('Two'), await group('')], ['One', 'Two', undefined])
})

test('a note shows on each invoice that it is linked to, and pinned notes come first', async t => {
  const ledger = await aLedger(t)
  const rows = [1, 2, 3].map(index => `NL,1,Alder,,I-${index},2026-02-01,1,EUR`)
  await ledger.import({ file: ledger.file('a.csv', [header, ...rows]) })
  const invoices = await ledger.db.invoice.findMany({ orderBy: { number: 'asc' } })
  const debtorId = invoices[0]?.debtorId ?? 0
  const ids = invoices.map(each => each.id)
  await addNote(ledger.db, { debtorId, text: 'always ask for Ann', pinned: true })
  await addNote(ledger.db, { debtorId, text: 'goods came late', invoiceIds: ids.slice(0, 2) })

  const onDebtor = await notesOf(ledger.db, { debtorId })
  const onInvoices = await Promise.all(ids.map(invoiceId => notesOf(ledger.db, { invoiceId })))

  assert.deepEqual(
    onDebtor.map(each => [each.text, each.invoices.length]),
    [
      ['always ask for Ann', 0],
      ['goods came late', 2],
    ],
  )
  assert.deepEqual(
    onInvoices.map(notes => notes.map(each => each.text)),
    [['goods came late'], ['goods came late'], []],
  )
})
