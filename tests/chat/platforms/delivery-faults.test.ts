import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeliveryProblem } from '../../../src/chat/platforms/platform.ts'
import { eventually } from '../../support/app.ts'
import { createWorld } from './delivery-world.ts'

/** What a platform does with one call: takes it, or fails before or after it took it. */
const call = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.record({
      why: fc.constantFrom<DeliveryProblem>(
        { kind: 'busy', retryAfterMs: 5 },
        { kind: 'away', problem: 'no route' },
        { kind: 'unsure', problem: 'no answer' },
        { kind: 'unsure', problem: 'status 500' },
      ),
      arrives: fc.boolean(),
    }),
  },
)

/** What people and processes do meanwhile. */
const event = fc.oneof(
  fc.record({ does: fc.constant('post' as const), card: fc.integer({ min: 0, max: 3 }), parts: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ does: fc.constantFrom('restart' as const, 'second process' as const, 'members' as const) }),
)

test('whatever fails, restarts or happens at once: in the end each card stands once, whole, in order and as it is now', async t => {
  const world = await createWorld(t)
  const { client, recorded } = world
  let running = [world.start()]
  let drawn = 0

  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 25 }), fc.array(event, { minLength: 1, maxLength: 8 }), async (calls, events) => {
      recorded.calm()
      recorded.standing.splice(0)
      await client.chatPost.deleteMany()
      const cards = new Map<number, string[]>()
      // Only where it is not known what became of a call may it have been done.
      for (const each of calls) recorded.fail(each?.why, each?.arrives === true && each.why.kind === 'unsure')

      for (const happens of events) {
        if (happens.does === 'post') {
          drawn += 1
          const titles = Array.from({ length: happens.parts }, (_none, part) => `card ${happens.card}, ${drawn}.${part}`)
          cards.set(happens.card, titles)
          await world.post(`proposal:${happens.card}`, titles.join('/'))
        } else if (happens.does === 'restart') {
          for (const process of running) await process.stop()
          running = [world.start()]
        } else if (happens.does === 'second process') running.push(world.start())
        else await world.desk.membersChanged('slack', 'C1')
      }
      await world.settled(cards.size)

      const roots = recorded.standing.filter(({ replyTo }) => replyTo === undefined)
      const shown = roots.map(root => [root, ...recorded.standing.filter(({ replyTo }) => replyTo === root.id)].map(({ title }) => title))
      assert.deepEqual(new Set(shown.map(titles => titles.join('/'))), new Set([...cards.values()].map(titles => titles.join('/'))))
      assert.equal(shown.length, cards.size)
      await eventually('no trouble is left open', async () => (await client.opsAlert.count({ where: { resolvedAt: null } })) === 0 || undefined)
    }),
    { numRuns: 8 },
  )
})
