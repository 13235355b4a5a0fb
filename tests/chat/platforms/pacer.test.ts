import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createPacer, type Limit } from '../../../src/chat/platforms/pacer.ts'

const limits = fc.array(fc.record({ messages: fc.integer({ min: 1, max: 4 }), perMs: fc.integer({ min: 1, max: 500 }) }), { maxLength: 3 })
const conversations = ['a', 'b', 'c']

/** Whether no window of a limit holds more messages than it allows. */
const keeps = (times: readonly number[], { messages, perMs }: Limit): boolean =>
  times.every((at, index) => index < messages || at - (times[index - messages] ?? -Infinity) >= perMs)

test('however eagerly somebody writes, no limit of a conversation or of the platform is passed, and nothing waits longer than it must', () => {
  fc.assert(
    fc.property(limits, limits, fc.array(fc.tuple(fc.constantFrom(...conversations), fc.nat(60)), { maxLength: 60 }), (conversation, platform, wishes) => {
      const pacer = createPacer({ conversation, platform })
      const written: { conversation: string; at: number }[] = []
      let now = 0
      for (const [wished, later] of wishes) {
        now += later
        for (let next: number | undefined = now; pacer.resting(now).includes(wished) || !pacer.isReady(now); now = next ?? now) {
          next = pacer.nextAt(now)
          assert.ok(next !== undefined && next > now, 'there is a moment when it goes on')
        }
        pacer.wrote(wished, now)
        written.push({ conversation: wished, at: now })
      }

      for (const name of conversations)
        for (const limit of conversation)
          assert.ok(
            keeps(
              written.filter(message => message.conversation === name).map(({ at }) => at),
              limit,
            ),
          )
      for (const limit of platform)
        assert.ok(
          keeps(
            written.map(({ at }) => at),
            limit,
          ),
        )
    }),
  )
})

test('a conversation that the platform asks to let rest is let, and no other', () => {
  const pacer = createPacer({ conversation: [{ messages: 1, perMs: 1000 }], platform: [] })
  pacer.wrote('a', 100)
  pacer.rest('b', 5000)

  assert.deepEqual([pacer.resting(100).toSorted(), pacer.nextAt(100)], [['a', 'b'], 1100])
  assert.deepEqual([pacer.resting(1100), pacer.nextAt(1100)], [['b'], 5000])
  assert.deepEqual([pacer.resting(5000), pacer.nextAt(5000)], [[], undefined])
})
