import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDispute, withdrawDispute } from '#ledger'
import { aDebtor } from './actions-support.ts'

const at = new Date('2026-11-23T09:00:00Z')
const opened = { ownerId: 1, staffId: 1, answerDue: '2026-11-30', at }

test('a dispute is opened once for one action, on exactly its invoices', async t => {
  const { db, debtorId, one } = await aDebtor(t)
  const input = { ...opened, debtorId, invoiceIds: [one], reason: 'price', text: 'te duur', actionId: 7 }

  const ids = [await openDispute(db, input), await openDispute(db, input)]

  assert.equal(ids[0], ids[1])
  const dispute = await db.dispute.findFirstOrThrow({ include: { invoices: true } })
  assert.deepEqual([dispute.reason, dispute.status, dispute.invoices.map(({ invoiceId }) => invoiceId)], ['price', 'open', [one]])
})

test('an open dispute can be withdrawn; a resolved one stays', async t => {
  const { db, debtorId, one } = await aDebtor(t)
  for (const actionId of [7, 8]) await openDispute(db, { ...opened, debtorId, invoiceIds: [one], reason: 'other', text: '', actionId })
  await db.dispute.update({ where: { actionId: 8 }, data: { status: 'resolved' } })

  const withdrawn = [await withdrawDispute(db, { actionId: 7 }), await withdrawDispute(db, { actionId: 8 })]

  assert.deepEqual(withdrawn, [true, false])
  assert.equal(await db.dispute.count(), 1)
})
