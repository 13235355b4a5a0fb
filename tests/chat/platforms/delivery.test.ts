import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureStaff } from '#people'
import { silentLog } from '#platform'
import type { Card } from '../../../src/chat/card.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { deliverCopy } from '../../../src/chat/platforms/deliver-copy.ts'
import { lookAgain } from '../../../src/chat/platforms/look-again.ts'
import { postLists } from '../../../src/chat/platforms/post-lists.ts'
import { putPost } from '../../../src/chat/posts.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { eventually } from '../../support/app.ts'
import { cardOf, createWorld } from './delivery-world.ts'

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
  const world = await createWorld(t, { channels: {} })
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

test('what is said of a card by somebody who took it away stays away; a card to decide on comes again, with its thread', async t => {
  const world = await createWorld(t)
  const decide = { action: 'proposal.approve', label: 'Approve', style: 'primary' as const, data: {} }
  const parent = await world.post('proposal:1', cardOf('to decide/part', { buttons: [decide] }))
  await world.post('proposal:1:mail', 'the mail', { parentId: parent.id })
  await world.post('proposal:2', 'nothing to decide')
  world.start()
  await world.settled(3)

  world.recorded.standing.splice(0)
  await world.post('proposal:1', cardOf('to decide now/part', { buttons: [decide] }))
  await world.post('proposal:2', 'still nothing to decide')
  await eventually('the one card stands again', () => (world.recorded.standing.length === 3 ? true : undefined))

  assert.deepEqual(
    world.recorded.standing.map(({ title, replyTo }) => [title, replyTo !== undefined]),
    [
      ['to decide now', false],
      ['part', true],
      ['the mail', true],
    ],
  )
  assert.deepEqual(world.alerts, [])
})

test('a card that moves to another channel leaves nothing of its thread behind', async t => {
  const world = await createWorld(t, { channels: { debtors: 'C1', disputes: 'C2' }, shows: 'what readers may see' })
  const anna = await ensureStaff(world.client, { key: 'anna', name: 'Anna', email: 'anna@creditor.example', role: 'admin' })
  await world.client.chatAccount.create({ data: { platform: 'slack', workspace: 'T1', userId: 'U1', staffId: anna.id, proof: 'code' } })
  world.recorded.readBy('U1')
  for (const channel of ['debtors', 'disputes']) await world.client.route.create({ data: { key: channel, channel, intents: [channel] } })
  const parent = await world.post('proposal:1', 'who owes/and why')
  await world.post('proposal:1:mail', 'we cannot pay', { parentId: parent.id })
  world.start()
  await world.settled(2)

  await world.post('proposal:1', 'who owes/and why', { channel: 'disputes' })
  await world.post('proposal:1:mail', 'we cannot pay', { parentId: parent.id, channel: 'disputes' })
  await world.settled(4)

  const titles = (conversation: string) => world.recorded.standing.filter(message => message.conversation === conversation).map(({ title }) => title)
  const withdrawn = wordsOf('en').people.withdrawn
  assert.deepEqual(titles('C1'), [withdrawn, withdrawn])
  assert.deepEqual(titles('C2'), ['who owes', 'and why', 'we cannot pay'])
})

test('who joins a channel and may not see it has its cards withdrawn, threads and later parts too, and is told of until they leave', async t => {
  const world = await createWorld(t, { channels: { ops: 'C1' }, shows: 'what readers may see' })
  const link = async (key: string, userId: string, administrations: string[]) => {
    const { id } = await ensureStaff(world.client, { key, name: key, email: `${key}@creditor.example`, role: 'collector' })
    await world.client.staff.update({ where: { id }, data: { administrations } })
    await world.client.chatAccount.create({ data: { platform: 'slack', workspace: 'T1', userId, staffId: id, proof: 'code' } })
    return id
  }
  await link('anna', 'U1', ['*'])
  const jan = await link('jan', 'U2', ['NL01'])
  world.recorded.readBy('U1', 'B1')
  const guarded = { title: 'guarded', elements: [], fallback: 'guarded' }
  const parent = await world.post('ops:1', cardOf('secret/more', { guarded }), { channel: 'ops' })
  await world.post('ops:1:mail', cardOf('words', { guarded }), { channel: 'ops', parentId: parent.id })
  world.start()
  await world.settled(2)
  const titles = () => world.recorded.standing.map(({ title }) => title)
  const open = async () => (await world.client.opsAlert.findMany({ where: { resolvedAt: null } })).map(({ problem }) => problem)
  const readBy = async (...users: string[]) => {
    world.recorded.readBy(...users)
    await world.desk.membersChanged('slack', 'C1')
    await world.settled(2)
  }
  const whole = titles()

  await readBy('U1', 'B1', 'U2')
  const withdrawn = titles()
  const [told = ''] = await eventually('somebody is told', async () => ((await open()).length > 0 ? open() : undefined))
  await readBy('U1', 'B1', 'U-stranger')
  const unknown = titles()
  await eventually('they left', async () => ((await open()).length === 0 ? true : undefined))
  await readBy('U1', 'U2')
  await world.client.staff.update({ where: { id: jan }, data: { administrations: ['*'] } })
  await lookAgain(world.client, 'everywhere')
  await world.settled(2)

  assert.deepEqual(whole, ['secret', 'more', 'words'])
  assert.deepEqual(withdrawn, [wordsOf('en').people.withdrawn, wordsOf('en').people.withdrawn])
  assert.match(told, /C1 on slack.*@jan \(ops\)/)
  assert.deepEqual(unknown, ['guarded', 'guarded'])
  assert.deepEqual(titles(), ['secret', 'words', 'more'])
  assert.equal(await world.client.opsAlert.count(), 2, 'each time it happened, once')
})

test('a card that the platform refuses says in plain words no more than its readers may see', async t => {
  const world = await createWorld(t, { shows: 'what readers may see' })
  world.recorded.readBy('U-stranger')
  world.recorded.fail({ kind: 'refused', problem: 'invalid_blocks' })
  const guarded = { title: 'a mail waits', elements: [], fallback: 'a mail waits' }
  await world.post('ops:1', cardOf('Acme cannot pay', { guarded }))
  world.start()
  await world.settled(1)

  assert.match(JSON.stringify(world.recorded.standing), /a mail waits.*duncan\.example/)
  assert.doesNotMatch(JSON.stringify(world.recorded.standing), /Acme/)
})

test('two processes that both believe to deliver write a card once; a card that is not wanted any more is taken away again', async t => {
  const world = await createWorld(t)
  const { client, recorded } = world
  await world.post('reminder:1', 'once')
  const { id } = await client.chatCopy.findFirstOrThrow()
  const both = Promise.withResolvers<void>()
  let drawing = 0
  const cardFor = async (): Promise<Card> => {
    drawing += 1
    if (drawing === 2) both.resolve()
    await both.promise
    return cardOf('once')
  }
  const deps = { client, log: silentLog, platform: recorded.platform, cardFor, plainCard: (card: Card) => card, backoffMs: 1 }
  const outcomes = await Promise.all([deliverCopy(deps, id), deliverCopy(deps, id)])
  const dropped = {
    ...recorded.platform,
    post: async (...given: Parameters<typeof recorded.platform.post>) => {
      const made = await recorded.platform.post(...given)
      await client.chatPost.deleteMany()
      return made
    },
  }

  assert.deepEqual(new Set(outcomes.map(outcome => outcome.kind === 'done' && outcome.wrote)), new Set([false, true]))
  assert.equal(recorded.standing.length, 1)
  await world.post('reminder:2', 'dropped while it was written')
  const { id: late } = await client.chatCopy.findFirstOrThrow({ where: { post: { subject: 'reminder:2' } } })
  await deliverCopy({ ...deps, platform: dropped }, late)
  assert.deepEqual(
    recorded.standing.map(({ title }) => title),
    ['once'],
  )
})

test('a channel with times of its own gets one list then, which follows its cards and names what its readers may see; an insolvency comes at once', async t => {
  const world = await createWorld(t, { channels: { debtors: 'C1' }, digests: { debtors: ['09:00', '14:00'] }, shows: 'what readers may see' })
  const { client, clock, recorded } = world
  const anna = await ensureStaff(client, { key: 'anna', name: 'Anna', email: 'anna@creditor.example', role: 'admin' })
  await client.chatAccount.create({ data: { platform: 'slack', workspace: 'T1', userId: 'U1', staffId: anna.id, proof: 'code' } })
  recorded.readBy('U1')
  const buttons = [{ action: 'proposal.approve', label: 'Approve', style: 'primary' as const, data: {} }]
  const open = (title: string, status = 'Open') => cardOf(title, { buttons, status: { text: status, tone: 'neutral' } })
  const lists = (at: string) => {
    clock.set(at)
    return postLists({ client, clock, words: wordsOf('en'), timeZone: 'Europe/Amsterdam' })
  }
  world.start()
  clock.set('2026-03-02T10:00:00Z')
  await world.post('proposal:1', open('Acme'))
  await world.post('proposal:2', open('Beta'))
  await world.post('proposal:3', cardOf('settled already'))
  const early = await lists('2026-03-02T12:59:59Z')
  clock.set('2026-03-02T13:00:01Z')
  await world.post('proposal:4', open('too late for this list'))
  await putPost(client, clock, { surface: 'console', channel: 'debtors', subject: 'proposal:5', urgent: true }, open('insolvent'))
  const due = await Promise.all([lists('2026-03-02T13:00:30Z'), lists('2026-03-02T13:00:30Z')])

  await world.stands(2)
  assert.deepEqual([early, due.filter(count => count === 1).length, due.length], [0, 1, 2])
  assert.deepEqual(recorded.standing.map(({ title }) => title).toSorted(), ['2 cards to decide', 'insolvent'])
  await world.post('proposal:1', open('Acme', 'Approved'))
  await eventually('the list follows', () => (JSON.stringify(recorded.standing).includes('Approved') ? true : undefined))
  assert.ok(!JSON.stringify(recorded.standing).includes('settled already'))
  assert.equal(await lists('2026-03-03T08:00:00Z'), 1)
})
