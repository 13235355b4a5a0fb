import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedClock } from '#platform'
import { forgetOld } from '../../../src/chat/platforms/forget-old.ts'
import { redrawPost } from '../../../src/chat/posts.ts'
import { cardOf, createWorld } from './delivery-world.ts'

test('deliveries are forgotten after a week and settled cards after 400 days, which makes no card come again; what waits is kept', async t => {
  const { client, clock, post } = await createWorld(t)
  const alert = (resolvedAt: Date | null) => client.opsAlert.create({ data: { key: `k${resolvedAt?.getTime()}`, problem: 'p', remedy: 'r', resolvedAt } })
  const [open, solved] = [await alert(null), await alert(new Date('2026-03-02'))]
  const waiting = await post(`ops:${open.id}`, 'waits')
  await post(`ops:${open.id}:talk`, 'talk of it', { parentId: waiting.id })
  const entry = { debtorId: 1, kind: 'hold', payload: {}, formKey: 'f1', surface: 'duncan', status: 'proposed', createdAt: new Date('2026-03-02') }
  await post(`entry:${(await client.debtorEntry.create({ data: entry })).id}`, 'proposed')
  await client.creditGap.create({ data: { debtorId: 1, reason: 'several', checkedAt: new Date('2026-03-02') } })
  await post('credit-gap:1', 'to be looked at')
  const settled = await post(`ops:${solved.id}`, 'solved')
  await client.chatCopy.updateMany({ data: { status: 'standing', externalId: 'm1' } })
  await client.chatDelivery.createMany({
    data: ['2026-03-02', '2026-03-20'].map(day => ({ platform: 'slack', deliveryId: day, receivedAt: new Date(day) })),
  })
  const later = fixedClock('2026-03-26T12:00:00Z')
  const muchLater = fixedClock(
    clock
      .now()
      .add({ hours: 24 * 401 })
      .toString(),
  )

  assert.deepEqual(await forgetOld({ client, clock: later }), { deliveries: 1, copies: 0 })
  assert.deepEqual(await forgetOld({ client, clock: muchLater }, true), { deliveries: 1, copies: 1 })
  assert.deepEqual(await forgetOld({ client, clock: muchLater }), { deliveries: 1, copies: 1 })
  await redrawPost(client, muchLater, settled.id, cardOf('solved, again'))
  await redrawPost(client, muchLater, waiting.id, cardOf('waits still'))

  const copies = await client.chatCopy.findMany({ include: { post: true }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    copies.map(copy => [copy.post.subject, copy.status]),
    [
      [`ops:${open.id}`, 'waiting'],
      [`ops:${open.id}:talk`, 'standing'],
      ['entry:1', 'standing'],
      ['credit-gap:1', 'standing'],
    ],
  )
})
