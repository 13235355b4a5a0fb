import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPaymentClaim, judgePromises, paymentChanges, unappliedCash } from '#ledger'
import { Prisma } from '#platform'
import { type Books, theBooks } from './support.ts'

const promise = async (books: Books, debtorId: number, promisedOn: string, fields: { amount?: string; invoices?: string[]; conditional?: boolean } = {}) => {
  const ids = await Promise.all((fields.invoices ?? []).map(books.invoiceIdOf))
  const { id } = await books.db.promiseToPay.create({
    data: {
      debtorId,
      promisedOn: new Date(`${promisedOn}T00:00:00Z`),
      amount: fields.amount ?? null,
      currency: 'EUR',
      conditional: fields.conditional ?? false,
      createdAt: new Date('2026-03-01T09:00:00Z'),
      invoices: { createMany: { data: ids.map(invoiceId => ({ invoiceId })) } },
    },
  })
  return id
}
const statusOf = async (books: Books, id: number) => (await books.db.promiseToPay.findUniqueOrThrow({ where: { id } })).status

test('a person allocates what was asked about; the click of somebody who saw an older state is refused', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  const id = await books.pay('60.00', { text: 'onduidelijk' })
  await books.match()
  const { version } = await books.db.payment.findUniqueOrThrow({ where: { id } })

  const done = await books.settle(id, { kind: 'allocate', allocations: [await books.allocation('2026-0101', '60.00')] }, version)
  const late = await books.settle(id, { kind: 'not_ours' }, version)

  assert.deepEqual([done.kind, late.kind], ['done', 'changed'])
  assert.deepEqual(await books.standing(id), { status: 'matched', why: 'staff', rest: '0', covers: ['2026-0101 60.00'] })
  assert.deepEqual(await books.open('2026-0101'), ['40.00', 'open', '100.00'])
  assert.equal(await books.db.auditEntry.count({ where: { event: 'payment.allocated', actor: 'staff:1' } }), 1)
})

test('what goes beyond the payment, the invoice, its currency or its book is refused with the reason', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '100.00', { currency: 'USD' })
  await books.invoice(alder.id, '2026-0103', '-20.00')
  const id = await books.pay('60.00')
  const tries = [
    await books.settle(id, { kind: 'allocate', allocations: [await books.allocation('2026-0101', '60.01')] }),
    await books.settle(id, { kind: 'allocate', allocations: [await books.allocation('2026-0101', '50.00', '50.01')] }),
    await books.settle(id, { kind: 'allocate', allocations: [await books.allocation('2026-0102', '10.00')] }),
    await books.settle(id, { kind: 'allocate', allocations: [await books.allocation('2026-0103', '20.00')] }),
    await books.settle(id, { kind: 'allocate', allocations: [{ invoiceId: 999_999, amount: '1.00' }] }),
    await books.settle(id, { kind: 'pay_invoices', numbers: ['2026-0999'] }),
    await books.settle(id, { kind: 'leave_unapplied', debtorId: 999_999 }),
  ]

  assert.deepEqual(
    tries.map(each => (each.kind === 'refused' ? each.problem : each.kind)),
    [
      { code: 'beyond_payment', amount: '0.01', currency: 'EUR' },
      { code: 'beyond_invoice', invoice: '2026-0101', amount: '100', currency: 'EUR' },
      { code: 'other_currency', invoice: '2026-0102', currency: 'USD', paidIn: 'EUR' },
      { code: 'beyond_invoice', invoice: '2026-0103', amount: '-20', currency: 'EUR' },
      { code: 'other_administration' },
      { code: 'no_invoice', invoice: '2026-0999' },
      { code: 'other_debtor' },
    ],
  )
  assert.equal(await books.db.paymentAllocation.count(), 0)
  assert.deepEqual(await books.settle(999_999, { kind: 'not_ours' }), { kind: 'not_found' })
})

test('money that stays on account is seen there and pays an invoice later; taking it back opens the invoice again', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  const id = await books.pay('60.00', { text: 'vooruitbetaling' })
  await books.match()
  await books.settle(id, { kind: 'leave_unapplied', debtorId: alder.id })
  const before = await unappliedCash(books.db, [alder.id])
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.match({}, true)

  await books.settle(id, { kind: 'pay_invoices', numbers: ['2026 0101'] })
  const paid = await books.open('2026-0101')
  await books.settle(id, { kind: 'unallocate' })

  assert.deepEqual(
    before.map(({ rest }) => rest.toFixed(2)),
    ['60.00'],
  )
  assert.deepEqual(
    [paid, await books.open('2026-0101')],
    [
      ['40.00', 'open', '100.00'],
      ['100.00', 'open', null],
    ],
  )
  assert.deepEqual(
    (await unappliedCash(books.db)).map(({ rest }) => rest.toFixed(2)),
    ['60.00'],
  )
})

test('a promise is kept when its money comes, and open again when the match is taken back', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '50.00')
  const whole = await promise(books, alder.id, '2026-03-12', { invoices: ['2026-0101'] })
  const part = await promise(books, alder.id, '2026-03-12', { invoices: ['2026-0102'], amount: '30.00' })
  const id = await books.pay('100.00', { text: '2026-0101' })
  await books.pay('30.00', { text: 'Alder 2026-0102', name: 'Alder BV' })

  await books.match()
  const kept = [await statusOf(books, whole), await statusOf(books, part)]
  await books.settle(id, { kind: 'unallocate' })

  assert.deepEqual(kept, ['kept', 'kept'])
  assert.equal(await statusOf(books, whole), 'open')
})

test('after its day a promise is broken or partly kept, but not before the bank or the ledger is known beyond it', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  for (const number of ['2026-0101', '2026-0102', '2026-0103']) await books.invoice(alder.id, number, '100.00')
  const nothing = await promise(books, alder.id, '2026-03-06', { invoices: ['2026-0101'] })
  const some = await promise(books, alder.id, '2026-03-06', { invoices: ['2026-0102'] })
  const conditional = await promise(books, alder.id, '2026-03-06', { invoices: ['2026-0103'], conditional: true })
  await books.pay('40.00', { text: 'Alder 2026-0102', name: 'Alder BV' })
  await books.match()
  books.clock.set('2026-03-20T08:00:00Z')

  await judgePromises(books.db, books.deps, 'due')
  const unknown = await statusOf(books, nothing)
  await books.db.administration.update({ where: { id: books.administration.id }, data: { importedAt: new Date('2026-03-20T05:00:00Z') } })
  await judgePromises(books.db, books.deps, 'due')

  assert.equal(unknown, 'open')
  assert.deepEqual([await statusOf(books, nothing), await statusOf(books, some), await statusOf(books, conditional)], ['broken', 'partly_kept', 'open'])
})

test('changes are handed out until they were followed, and again when a payment changed meanwhile', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  const id = await books.pay('100.00', { text: '2026-0101' })
  await books.match()
  const first = await paymentChanges(books.db, 10)
  await books.settle(id, { kind: 'unallocate' })

  await first.done()
  const second = await paymentChanges(books.db, 10)
  await second.done()

  assert.deepEqual([first.paymentIds, first.debtorIds, second.paymentIds], [[id], [alder.id], [id]])
  assert.deepEqual((await paymentChanges(books.db, 10)).paymentIds, [])
})

test('a claim of an amount without invoices is compared with the debtor’s own payments', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.pay('100.00', { text: '2026-0101' })
  await books.match()
  const claim = (amount: string) =>
    checkPaymentClaim(books.db, { debtorId: alder.id, invoiceIds: [], amount: new Prisma.Decimal(amount), paidOn: '2026-03-04' }, '2026-03-10')

  assert.deepEqual([(await claim('100.00')).kind, (await claim('99.00')).kind], ['matched', 'unknown'])
})
