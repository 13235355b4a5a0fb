import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cancelPromise, judgePromises, registerPromise } from '#ledger'
import { fixedClock } from '#platform'
import { aDebtor } from './actions-support.ts'

test('a promise is recorded once for one action, with its day, exact amount and invoices', async t => {
  const { db, debtorId, one, two } = await aDebtor(t)
  const input = { debtorId, promisedOn: '2026-12-04', amount: '1234567890.123', currency: 'EUR', invoiceIds: [one, two, one], conditional: false, actionId: 7 }

  const ids = [await registerPromise(db, input), await registerPromise(db, { ...input, promisedOn: '2027-01-01' })]

  assert.equal(ids[0], ids[1])
  const promise = await db.promiseToPay.findFirstOrThrow({ include: { invoices: true } })
  assert.deepEqual([promise.promisedOn?.toISOString(), promise.amount?.toFixed(), promise.invoices.length], ['2026-12-04T00:00:00.000Z', '1234567890.123', 2])
})

test('an open promise can be taken back; one that was kept or broken stays', async t => {
  const { db, debtorId, one } = await aDebtor(t)
  for (const actionId of [7, 8]) await registerPromise(db, { debtorId, invoiceIds: [one], conditional: false, actionId })
  await db.promiseToPay.update({ where: { actionId: 8 }, data: { status: 'kept' } })

  const cancelled = [await cancelPromise(db, { actionId: 7 }), await cancelPromise(db, { actionId: 7 }), await cancelPromise(db, { actionId: 8 })]

  assert.deepEqual(cancelled, [true, false, false])
})

test('money counts from the day on which a promise was said, and of two parts that one mail promises for the earlier one first', async t => {
  const { db, debtorId, one } = await aDebtor(t)
  const part = { debtorId, amount: '40', currency: 'EUR', invoiceIds: [one], conditional: false, messageId: 9, saidOn: '2026-01-05' }
  const first = await registerPromise(db, { ...part, promisedOn: '2026-01-06', actionId: 7 })
  const second = await registerPromise(db, { ...part, promisedOn: '2026-02-06', actionId: 8 })
  const { administrationId } = await db.debtor.findUniqueOrThrow({ where: { id: debtorId } })
  const allocations = { create: { invoiceId: one, amount: '40' } }
  await db.payment.create({
    data: { administrationId, debtorId, reference: 'p', receivedOn: new Date('2026-01-06'), currency: 'EUR', amount: '40', allocations },
  })

  await judgePromises(db, { clock: fixedClock('2026-01-07T09:00:00Z'), calendars: {} }, { debtorIds: [debtorId] })

  const standing = await db.promiseToPay.findMany({ orderBy: { id: 'asc' }, select: { id: true, status: true } })
  assert.deepEqual(standing, [
    { id: first, status: 'kept' },
    { id: second, status: 'open' },
  ])
})
