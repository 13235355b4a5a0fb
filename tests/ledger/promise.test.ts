import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cancelPromise, registerPromise } from '#ledger'
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
