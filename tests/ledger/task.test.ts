import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cancelTask, createTask } from '#ledger'
import { aDebtor } from './actions-support.ts'

test('a task is made once for one action, and as often as wished without one', async t => {
  const { db, debtorId } = await aDebtor(t)

  for (let i = 0; i < 2; i++) await createTask(db, { debtorId, title: 'Bel de klant', dueOn: '2026-11-24', actionId: 7 })
  for (let i = 0; i < 2; i++) await createTask(db, { title: 'Bel terug' })

  assert.equal(await db.task.count(), 3)
})

test('an open task can be taken off the list; a done one stays', async t => {
  const { db } = await aDebtor(t)
  for (const actionId of [7, 8]) await createTask(db, { title: 'x', actionId })
  await db.task.update({ where: { actionId: 8 }, data: { status: 'done' } })

  assert.deepEqual([await cancelTask(db, { actionId: 7 }), await cancelTask(db, { actionId: 8 })], [true, false])
})
