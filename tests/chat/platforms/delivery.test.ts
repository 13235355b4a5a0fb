import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ensureStaff } from '#people'
import { createOps, silentLog, systemClock } from '#platform'
import { type Card, cardSchema } from '../../../src/chat/card.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { createDelivery } from '../../../src/chat/platforms/delivery.ts'
import { putPost } from '../../../src/chat/posts.ts'
import { eventually } from '../../support/app.ts'
import { createTestDatabase } from '../../support/database.ts'
import { atOnce, recordedPlatform } from './recorded-platform.ts'

const cardOf = (title: string): Card => cardSchema.parse({ title, elements: [], fallback: title })

async function createWorld(t: TestContext, channels: Record<string, string> = { debtors: 'C1' }) {
  const database = await createTestDatabase(t)
  const { client } = database
  const section = chatKind.schema.parse({ slack: { workspace: 'T1', channels } })
  await client.$transaction(tx => chatKind.project?.(tx, section) ?? Promise.resolve())
  const recorded = recordedPlatform()
  const alerts: string[] = []
  const ops = createOps(client, { send: async () => undefined })
  const start = () => {
    const delivery = createDelivery({
      client,
      url: database.url,
      log: silentLog,
      ops: {
        raise: async alert => {
          alerts.push(alert.problem)
          await ops.raise(alert)
        },
        resolve: ops.resolve,
      },
      platforms: [recorded.platform],
      clock: systemClock,
      pace: atOnce,
      backoffMs: 1,
      cardFor: async (_platform, post) => post.card,
      plainCard: card => cardOf(`plain: ${card.fallback}`),
    })
    delivery.start()
    t.after(delivery.stop)
    return delivery
  }
  const post = (subject: string, title: string, rest: { channel?: string; parentId?: number; privateTo?: number } = {}) =>
    putPost(client, systemClock, { surface: 'console', channel: 'debtors', subject, ...rest }, cardOf(title))
  const settled = (count: number) =>
    eventually(`${count} copies stand as their posts`, async () => {
      const copies = await client.chatCopy.findMany()
      return copies.length === count && copies.every(({ status }) => status === 'standing') ? copies : undefined
    })
  const hurry = () => client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now(), "updatedAt" = now() - interval '1 minute'`
  return { database, client, recorded, alerts, start, post, settled, hurry }
}

test('a post and its thread stand on the platform once, and follow every change', async t => {
  const world = await createWorld(t)
  const parent = await world.post('proposal:1', 'two lines')
  await world.post('proposal:1:mail', 'the mail', { parentId: parent.id })
  world.start()
  await world.settled(2)

  await world.post('proposal:1', 'approved')
  await world.settled(2)

  assert.deepEqual(
    world.recorded.standing.map(({ title, conversation, replyTo }) => ({ title, conversation, replyTo })),
    [
      { title: 'approved', conversation: 'C1', replyTo: undefined },
      { title: 'the mail', conversation: 'C1', replyTo: 'm1' },
    ],
  )
})

test('a message whose answer was lost is found by its mark and not posted again', async t => {
  const world = await createWorld(t)
  world.recorded.fail({ kind: 'unsure', problem: 'no answer' }, true)
  await world.post('proposal:1', 'once')
  world.start()

  await eventually('the copy was claimed', async () => ((await world.client.chatCopy.findFirst())?.status === 'posting' ? true : undefined))
  await eventually('the lost message is known again', async () => {
    await world.hurry()
    return (await world.client.chatCopy.findFirst())?.externalId ?? undefined
  })

  assert.equal(world.recorded.standing.length, 1)
})

test('a message that never arrived is posted again', async t => {
  const world = await createWorld(t)
  world.recorded.fail({ kind: 'unsure', problem: 'no answer' }, false)
  await world.post('proposal:1', 'once')
  world.start()

  await eventually('the message stands', async () => {
    await world.hurry()
    return (await world.client.chatCopy.findFirst())?.externalId ?? undefined
  })

  assert.equal(world.recorded.standing.length, 1)
})

test('a platform that is busy or away gets the card later, and a person hears of one that stays away', async t => {
  const world = await createWorld(t)
  for (let tries = 0; tries < 5; tries++) world.recorded.fail({ kind: 'away', problem: 'no route' })
  world.recorded.fail({ kind: 'busy', retryAfterMs: 10 })
  await world.post('proposal:1', 'late but there')
  world.start()

  await eventually('the card is there', async () => {
    await world.hurry()
    await world.post('wake', `${performance.now()}`, { channel: 'elsewhere' })
    return world.recorded.standing[0]
  })
  await world.settled(1)

  assert.equal(world.recorded.standing.length, 1)
  assert.match(world.alerts[0] ?? '', /no route/)
  await eventually('the alert is over', async () => ((await world.client.opsAlert.count({ where: { resolvedAt: null } })) === 0 ? true : undefined))
})

test('a card that the platform refuses comes in plain words', async t => {
  const world = await createWorld(t)
  world.recorded.fail({ kind: 'refused', problem: 'invalid_blocks' })
  await world.post('proposal:1', 'too much')
  world.start()
  await world.settled(1)

  assert.equal(world.recorded.standing[0]?.title, 'plain: too much')
})

test('two processes on one database deliver each card once', async t => {
  const world = await createWorld(t)
  world.start()
  world.start()
  await Promise.all(Array.from({ length: 30 }, (_, index) => world.post(`proposal:${index}`, `card ${index}`)))
  await world.settled(30)

  assert.equal(new Set(world.recorded.standing.map(({ title }) => title)).size, 30)
  assert.equal(world.recorded.standing.length, 30)
})

test('when the process that delivers ends, another goes on and nothing comes twice', async t => {
  const world = await createWorld(t)
  world.recorded.slow(3)
  const first = world.start()
  await Promise.all(Array.from({ length: 20 }, (_, index) => world.post(`proposal:${index}`, `card ${index}`)))
  await eventually('some stand', () => (world.recorded.standing.length > 3 ? true : undefined))
  await first.stop()
  world.start()
  await world.settled(20)

  assert.equal(world.recorded.standing.length, 20)
})

test('what is for one person goes to their own conversation', async t => {
  const world = await createWorld(t)
  const staff = await ensureStaff(world.client, { key: 'bo', name: 'Bo', email: 'bo@creditor.example', role: 'collector' })
  await world.client.chatAccount.create({ data: { platform: 'slack', workspace: 'T1', userId: 'U1', staffId: staff.id, proof: 'code' } })
  await world.post('reminder:1', 'it waits', { privateTo: staff.id })
  world.start()
  await world.settled(1)

  assert.equal(world.recorded.standing[0]?.conversation, 'D-U1')
})

test('a channel that is shown from now on gets the cards that wait, with their threads', async t => {
  const world = await createWorld(t, {})
  const { id } = await world.client.opsAlert.create({ data: { key: 'disk', problem: 'full', remedy: 'clear' } })
  const parent = await world.post(`ops:${id}`, 'disk full', { channel: 'ops' })
  await world.post(`ops:${id}:talk`, 'I look at it', { channel: 'ops', parentId: parent.id })
  await world.post('ops:999', 'long over', { channel: 'ops' })

  const section = chatKind.schema.parse({ slack: { workspace: 'T1', channels: { ops: 'C9' } } })
  await world.client.$transaction(tx => chatKind.project?.(tx, section) ?? Promise.resolve())
  world.start()
  await world.settled(2)

  assert.deepEqual(
    world.recorded.standing.map(({ title }) => title),
    ['disk full', 'I look at it'],
  )
})
