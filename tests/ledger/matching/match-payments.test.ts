import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unappliedCash } from '#ledger'
import { theBooks } from './support.ts'

test('a structured reference pays its invoice, however the ledger writes it', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00', { paymentReference: '+++123/4567/89002+++' })
  await books.invoice(alder.id, '2026-0102', '250.00', { paymentReference: 'RF18539007547034' })
  await books.invoice(alder.id, '2026-0103', '75.00', { paymentReference: '5000056789012345' })
  const [ogm, rf, kenmerk] = [
    await books.pay('100.00', { reference: '123456789002' }),
    await books.pay('250.00', { text: 'Ref RF18 5390 0754 7034 bedankt' }),
    await books.pay('50.00', { reference: '5000056789012345' }),
  ]

  await books.match()

  assert.deepEqual(await books.standing(ogm), { status: 'matched', why: 'reference', rest: '0', covers: ['2026-0101 100.00'] })
  assert.deepEqual(await books.standing(rf), { status: 'matched', why: 'reference', rest: '0', covers: ['2026-0102 250.00'] })
  assert.deepEqual(await books.standing(kenmerk), { status: 'matched', why: 'part_payment', rest: '0', covers: ['2026-0103 50.00'] })
  assert.deepEqual(
    [await books.open('2026-0101'), await books.open('2026-0103')],
    [
      ['0.00', 'closed', '100.00'],
      ['25.00', 'open', '75.00'],
    ],
  )
})

test('invoice numbers in free text are found as people write them', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  const numbers = ['2026-0101', 'FV/12/2026', '20260103', 'INV-88123', '539007547034']
  for (const [index, number] of numbers.entries()) await books.invoice(alder.id, number, `${index + 1}00.00`)
  const paid = [
    await books.pay('100.00', { text: 'betaling 2026 0101' }),
    await books.pay('200.00', { text: 'oplata faktury fv/12/2026, dziekujemy' }),
    await books.pay('300.00', { text: 'FACT20260103' }),
    await books.pay('400.00', { endToEnd: 'INV88123' }),
    await books.pay('500.00', { reference: 'RF18539007547034' }), // as reminders print it
  ]

  await books.match()

  const standings = await Promise.all(paid.map(books.standing))
  assert.deepEqual(
    standings.map(({ status, why }) => [status, why]),
    numbers.map(() => ['matched', 'numbers']),
  )
  assert.equal(await books.db.invoice.count({ where: { status: 'open' } }), 0)
})

test('one payment covers several invoices and a credit note that it names', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '50.00')
  await books.invoice(alder.id, '2026-0103', '-20.00')
  const id = await books.pay('130.00', { text: '2026-0101, 2026-0102 minus 2026-0103' })

  await books.match()

  assert.deepEqual((await books.standing(id)).covers, ['2026-0101 100.00', '2026-0102 50.00', '2026-0103 -20.00'])
  assert.deepEqual(await books.open('2026-0103'), ['0.00', 'closed', '-20.00'])
})

test('of the invoices that a text names, the only ones that make the amount are paid; two ways are asked about', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  for (const [number, amount] of [
    ['2026-0101', '100.00'],
    ['2026-0102', '70.00'],
    ['2026-0103', '30.00'],
  ] as const)
    await books.invoice(alder.id, number, amount)
  const ambiguous = await books.pay('100.00', { text: '2026-0101 2026-0102 2026-0103', on: '2026-03-04' })
  await books.match()
  const clear = await books.pay('170.00', { text: '2026-0101 2026-0102 2026-0103' })

  await books.match()

  assert.deepEqual([(await books.standing(ambiguous)).status, (await books.standing(ambiguous)).why], ['review', 'amount_differs'])
  assert.deepEqual(await books.standing(clear), { status: 'matched', why: 'numbers_subset', rest: '0', covers: ['2026-0101 100.00', '2026-0102 70.00'] })
})

test('rounding and an agreed discount settle the invoice, bank charges are asked about', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  for (const [number, amount] of [
    ['2026-0101', '100.00'],
    ['2026-0102', '200.00'],
    ['2026-0103', '300.00'],
  ] as const)
    await books.invoice(alder.id, number, amount)
  const rounded = await books.pay('99.97', { text: '2026-0101' })
  const discounted = await books.pay('196.00', { text: '2026-0102' })
  const charged = await books.pay('292.50', { text: '2026-0103', charges: '7.50' })

  await books.match({ discountPercent: 2 })

  assert.deepEqual((await books.standing(rounded)).covers, ['2026-0101 99.97 waived 0.03'])
  assert.deepEqual((await books.standing(discounted)).covers, ['2026-0102 196.00 waived 4.00'])
  assert.deepEqual([(await books.standing(charged)).why, (await books.candidates(charged)).map(({ amounts }) => amounts)], ['charges', [['292.5'], ['292.5']]])
  assert.deepEqual(await books.open('2026-0101'), ['0.00', 'closed', '100.00'])
})

test('what is paid too much is unapplied cash of the debtor when the payer is known, and asked about otherwise', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '100.00')
  const known = await books.pay('120.00', { text: '2026-0101', name: 'ALDER' })
  const stranger = await books.pay('120.00', { text: '2026-0102', name: 'Somebody Else Ltd' })

  await books.match()

  assert.deepEqual(await books.standing(known), { status: 'matched', why: 'over_payment', rest: '20', covers: ['2026-0101 100.00'] })
  assert.deepEqual([(await books.standing(stranger)).status, (await books.standing(stranger)).why], ['review', 'over_payment'])
  assert.deepEqual(
    (await unappliedCash(books.db, [alder.id])).map(({ paymentId, rest }) => [paymentId, rest.toFixed(2)]),
    [[known, '20.00']],
  )
})

test('an account that paid for a debtor before is known again: one open invoice of the amount, or all of them, is paid', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  const iban = 'NL20INGB0001234567'
  for (const [number, amount] of [
    ['2026-0101', '100.00'],
    ['2026-0102', '70.00'],
    ['2026-0103', '30.00'],
    ['2026-0104', '15.00'],
  ] as const)
    await books.invoice(alder.id, number, amount)
  await books.pay('100.00', { text: '2026-0101', iban })
  await books.match()
  const [single, vague] = [await books.pay('70.00', { iban, text: 'bedankt' }), await books.pay('12.00', { iban })]
  await books.match()
  const all = await books.pay('45.00', { iban })

  await books.match()

  assert.deepEqual((await books.standing(single)).why, 'known_payer_amount')
  assert.deepEqual([(await books.standing(vague)).status, (await books.standing(vague)).why], ['review', 'which_invoices'])
  assert.deepEqual(await books.standing(all), { status: 'matched', why: 'known_payer_all', rest: '0', covers: ['2026-0103 30.00', '2026-0104 15.00'] })
})

test('a name and an amount match only when both leave one reading; a similar name is asked about', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Bakkerij De Korf BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '123.45')
  const [same, similar, unknown] = [
    await books.pay('100.00', { name: 'BAKKERIJ DE KORF' }),
    await books.pay('123.45', { name: 'Bakkerij De Korff Holding' }),
    await books.pay('999.99', { name: 'Xyz' }),
  ]

  await books.match()

  assert.equal((await books.standing(same)).why, 'name_amount')
  assert.deepEqual([(await books.standing(similar)).why, (await books.candidates(similar))[0]?.invoices], ['similar_name', ['2026-0102']])
  assert.deepEqual([(await books.standing(unknown)).why, await books.candidates(unknown)], ['unknown_payer', []])
})

test('several debtors of one group are paid by one of them; of strangers it is asked unless the numbers make the amount', async t => {
  const books = await theBooks(t)
  const group = await books.db.debtorGroup.create({ data: { name: 'Alder Group' } })
  const [one, two] = [await books.debtor('D100', 'Alder North', { groupId: group.id }), await books.debtor('D101', 'Alder South', { groupId: group.id })]
  const other = await books.debtor('D200', 'Birch')
  await books.invoice(one.id, '2026-0101', '100.00')
  await books.invoice(two.id, '2026-0102', '50.00')
  await books.invoice(other.id, '2026-0201', '30.00')
  const together = await books.pay('150.00', { text: '2026-0101 en 2026-0102', name: 'Alder South' })
  await books.match()
  await books.invoice(one.id, '2026-0103', '10.00')
  const strange = await books.pay('35.00', { text: '2026-0201 2026-0103' })

  await books.match()

  assert.equal((await books.standing(together)).why, 'numbers')
  assert.equal((await books.db.payment.findUniqueOrThrow({ where: { id: together } })).debtorId, two.id)
  assert.deepEqual([(await books.standing(strange)).status, (await books.standing(strange)).why], ['review', 'several_debtors'])
})

test('money in another currency, for a paid invoice or for one that is not there yet is asked about', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00', { currency: 'USD' })
  await books.invoice(alder.id, '2026-0102', '70.00', { openAmount: '0.00', status: 'closed', ledgerOpenSince: new Date('2026-02-01T00:00:00Z') })
  await books.invoice(alder.id, '2026-0103', '55.00')
  const [currency, paid, unknown] = [
    await books.pay('100.00', { text: '2026-0101' }),
    await books.pay('70.00', { text: '2026-0102' }),
    await books.pay('55.00', { text: 'factuur 2026-0999', name: 'Alder BV' }),
  ]

  await books.match()

  assert.deepEqual(
    [(await books.standing(currency)).why, (await books.standing(paid)).why, (await books.standing(unknown)).why],
    ['currency', 'already_paid', 'unknown_number'],
  )
  assert.equal(await books.db.paymentAllocation.count(), 0)
})

test('two payments for one invoice at once: the second finds it paid', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  const ids = [await books.pay('100.00', { text: '2026-0101' }), await books.pay('100.00', { text: '2026-0101' })]

  await Promise.all([books.match(), books.match()])

  assert.deepEqual(
    (await Promise.all(ids.map(books.standing))).map(({ why }) => why),
    ['numbers', 'already_paid'],
  )
  assert.deepEqual(await books.open('2026-0101'), ['0.00', 'closed', '100.00'])
})

test('a payment whose invoice comes with a later import is matched then, and a person is not asked twice', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  const id = await books.pay('100.00', { text: '2026-0101' })
  await books.match()
  const before = await books.db.payment.findUniqueOrThrow({ where: { id } })
  await books.match({}, true)
  const same = await books.db.payment.findUniqueOrThrow({ where: { id } })
  await books.invoice(alder.id, '2026-0101', '100.00')

  await books.match({}, true)

  assert.deepEqual([before.status, same.version], ['review', before.version])
  assert.equal((await books.standing(id)).why, 'numbers')
})

test('a direct debit that the bank takes back opens its invoice again', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  const paid = await books.pay('100.00', { text: '2026-0101', endToEnd: 'DD-1' })
  await books.match()

  const back = await books.pay('-100.00', { text: 'Storno', endToEnd: 'DD-1', on: '2026-03-08' })
  const strange = await books.pay('-55.00', { text: 'Storno', endToEnd: 'DD-9', on: '2026-03-08' })
  await books.match()

  assert.deepEqual(await books.open('2026-0101'), ['100.00', 'open', null])
  assert.deepEqual([(await books.standing(paid)).status, (await books.standing(back)).status], ['reversed', 'reversed'])
  assert.deepEqual([(await books.standing(strange)).status, (await books.standing(strange)).why], ['review', 'reversal'])
})
