import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBulkWorld } from './bulk-world.ts'

test('a bulk is out of sight for who may not see all that its receipts name, also what has left the card since', async t => {
  const world = await aBulkWorld(t, 2, { from: 2 })
  const { db, ids, jan, bulkOf, approve, settle, press } = world
  const sight = { administrations: ['nordlicht'], mailboxes: ['*'] }
  const bo = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager', ...sight } })
  const bulk = await bulkOf()
  await approve(jan, bulk)
  await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '100' } })
  await settle()
  const item = await db.chatBulkItem.findUniqueOrThrow({ where: { proposalId: ids[1] ?? 0 } })
  const before = await press(bo, 'bulk.show', { bulk })
  const { id } = await db.administration.create({ data: { code: 'other', name: 'Other' } })
  const { debtorId } = await db.proposal.findUniqueOrThrow({ where: { id: item.proposalId } })
  await db.debtor.update({ where: { id: debtorId ?? 0 }, data: { administrationId: id } })

  const after = await press(bo, 'bulk.show', { bulk })

  assert.deepEqual([item.bulkId, before.kind, after.kind], [null, 'private', 'refused'])
})

test('of two processes that carry out the same both say that it was approved', async t => {
  const world = await aBulkWorld(t, 2, {
    from: 2,
    decide: real => async request => {
      await real(request) // by the other process, which was a moment faster
      return real(request)
    },
  })
  const bulk = await world.bulkOf()
  await world.approve(world.jan, bulk)

  await world.settle()

  assert.equal((await world.receipts(bulk))[0]?.title, '2 of 2: send invoice copies')
  assert.equal(await world.db.decision.count(), 2)
})
