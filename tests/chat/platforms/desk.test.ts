import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ensureStaff, type Staff } from '#people'
import { fixedClock, systemClock } from '#platform'
import type { Card } from '../../../src/chat/card.ts'
import { cardSchema } from '../../../src/chat/card.ts'
import { createLinkCode } from '../../../src/chat/platforms/accounts.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { createDesk } from '../../../src/chat/platforms/create-desk.ts'
import type { Account } from '../../../src/chat/platforms/platform.ts'
import { shownCard } from '../../../src/chat/platforms/shown-card.ts'
import { asPost, putPost } from '../../../src/chat/posts.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { createTestDatabase } from '../../support/database.ts'
import { recordedPlatform } from './recorded-platform.ts'

const account = (userId: string): Account => ({ platform: 'slack', workspace: 'T1', userId })
const secretCard: Card = cardSchema.parse({
  title: 'Acme owes much',
  elements: [{ type: 'quote', text: 'we cannot pay' }],
  fallback: 'Acme owes much',
  guarded: { title: 'A mail waits', elements: [], fallback: 'A mail waits' },
})

async function createWorld(t: TestContext, { linksByEmail = false } = {}) {
  const { client } = await createTestDatabase(t)
  const section = chatKind.schema.parse({ slack: { workspace: 'T1', channels: { ops: 'C1' } }, teams: { workspace: 'tenant', channels: { ops: 'C2' } } })
  await client.$transaction(tx => chatKind.project?.(tx, section) ?? Promise.resolve())
  const person = (key: string, role: 'admin' | 'collector', administrations: string[] = ['*']): Promise<Staff> =>
    ensureStaff(client, { key, name: key.toUpperCase(), email: `${key}@creditor.example`, role }).then(staff =>
      client.staff.update({ where: { id: staff.id }, data: { administrations } }),
    )
  const recorded = recordedPlatform()
  let members: string[] | undefined = []
  const platform = { ...recorded.platform, members: async () => members }
  const desk = createDesk({
    client,
    clock: systemClock,
    platform: name => (name === 'slack' ? platform : undefined),
    linksByEmail: () => linksByEmail,
    chat: {
      click: async () => ({ kind: 'private', card: secretCard }),
      command: async ({ text }) => (text === 'nothing' ? { kind: 'refused', message: 'no' } : { kind: 'private', card: secretCard }),
      home: async () => secretCard,
    },
  })
  const link = (staff: Staff, userId: string) => client.chatAccount.create({ data: { ...account(userId), staffId: staff.id, proof: 'code' } })
  const post = async (card = secretCard) => putPost(client, systemClock, { surface: 'console', channel: 'ops', subject: 'ops:1' }, card)
  const shownIn = async (conversation: string) => {
    const row = await client.chatPost.findFirstOrThrow({ where: { subject: 'ops:1' } })
    const deps = { client, clock: systemClock, words: wordsOf('en'), publicUrl: 'http://console.example' }
    return (await shownCard(deps, platform, asPost(row), { conversation, reference: {} })).title
  }
  return { client, desk, person, link, post, shownIn, platform, read: (...userIds: string[]) => (members = userIds), untold: () => (members = undefined) }
}

test('a code links the account in which it is typed, once, and not after its time', async t => {
  const { client, desk, person } = await createWorld(t)
  const eva = await person('eva', 'collector')
  const code = await createLinkCode({ client, clock: systemClock }, eva.id)
  const late = fixedClock(systemClock.now().add({ minutes: 16 }).toString())

  assert.equal((await desk.link(account('U1'), 'AAAAA-AAAAA', 'en')).kind, 'refused')
  assert.equal((await desk.link(account('U1'), ` ${code.toLowerCase()} `, 'en')).kind, 'done')
  assert.equal((await desk.whoIs(account('U1')))?.id, eva.id)
  assert.equal((await desk.link(account('U2'), code, 'en')).kind, 'refused')
  assert.equal(await desk.whoIs(account('U2')), undefined)

  const old = await createLinkCode({ client, clock: fixedClock(late.now().subtract({ hours: 1 }).toString()) }, eva.id)
  assert.equal((await desk.link(account('U3'), old, 'en')).kind, 'refused')
})

test('a verified address links an account only where the settings say so, and never one that is somebody’s already', async t => {
  const careful = await createWorld(t)
  await careful.person('eva', 'collector')
  assert.equal(await careful.desk.whoIs(account('U1'), 'eva@creditor.example'), undefined)

  const trusting = await createWorld(t, { linksByEmail: true })
  const eva = await trusting.person('eva', 'collector')
  const bo = await trusting.person('bo', 'collector')
  await trusting.link(bo, 'U9')
  assert.equal((await trusting.desk.whoIs(account('U1'), 'EVA@creditor.example'))?.id, eva.id)
  assert.equal((await trusting.desk.whoIs(account('U9'), 'eva@creditor.example'))?.id, bo.id)
  await trusting.client.staff.update({ where: { id: eva.id }, data: { active: false } })
  assert.equal(await trusting.desk.whoIs(account('U1'), 'eva@creditor.example'), undefined)
})

test('a delivery that comes twice counts once', async t => {
  const { desk } = await createWorld(t)

  const seen = await Promise.all(Array.from({ length: 5 }, () => desk.isNew('slack', 'Ev1')))

  assert.equal(seen.filter(Boolean).length, 1)
  assert.equal(await desk.isNew('teams', 'Ev1'), true)
})

test('what a conversation shows depends on who reads it now', async t => {
  const { desk, person, link, post, shownIn, read, untold } = await createWorld(t)
  await link(await person('anna', 'admin'), 'U1')
  await link(await person('jan', 'collector', ['NL01']), 'U2')
  await post()

  read('U1')
  assert.equal(await shownIn('C1'), 'Acme owes much')
  read('U1', 'U2')
  assert.equal(await shownIn('C1'), 'Acme owes much', 'who reads counts for a while')
  await desk.membersChanged('slack', 'C1')
  assert.equal(await shownIn('C1'), wordsOf('en').people.withdrawn)
  read('U1', 'Unknown')
  await desk.membersChanged('slack', 'C1')
  assert.equal(await shownIn('C1'), 'A mail waits')
  untold()
  await desk.membersChanged('slack', 'C1')
  assert.equal(await shownIn('C1'), 'A mail waits')
  assert.equal(await shownIn('C-elsewhere'), wordsOf('en').people.withdrawn)
})

test('talk under a card follows to its other surfaces and does not come back to where it was said', async t => {
  const { client, desk, person, post } = await createWorld(t)
  const anna = await person('anna', 'admin')
  const card = await post()
  await client.chatCopy.updateMany({ where: { postId: card.id, platform: 'slack' }, data: { externalId: 'ts1', status: 'standing' } })

  const kept = await desk.talk(anna, { platform: 'slack', conversation: 'C1', externalId: 'ts2' }, 'ts1', 'I call them')
  const stray = await desk.talk(anna, { platform: 'slack', conversation: 'C1', externalId: 'ts3' }, 'ts-unknown', 'hello')

  assert.deepEqual([kept, stray], [true, false])
  const talk = await client.chatPost.findFirstOrThrow({ where: { subject: 'talk' }, include: { copies: { orderBy: { platform: 'asc' } } } })
  assert.equal(talk.parentId, card.id)
  assert.deepEqual(
    talk.copies.map(({ platform, status }) => [platform, status]),
    [
      ['slack', 'said'],
      ['teams', 'waiting'],
    ],
  )
})

test('an answer is shared only where everybody who reads may see as much, and no decision is pressed by sharing', async t => {
  const { client, desk, person, link, read } = await createWorld(t)
  const anna = await person('anna', 'admin')
  await link(anna, 'U1')
  await link(await person('jan', 'collector', ['NL01']), 'U2')
  await client.chatConversation.create({ data: { platform: 'slack', workspace: 'T1', conversation: 'C7' } })
  const share = (asked: { text: string } | { action: string; data: Record<string, string> }) =>
    desk.share(anna, { platform: 'slack', conversation: 'C7' }, asked)

  read('U1', 'U2')
  assert.equal((await share({ text: '/debtor acme' })).kind, 'refused')
  await desk.membersChanged('slack', 'C7')
  read('U1')
  assert.equal((await share({ text: '/debtor acme' })).kind, 'done')
  assert.equal((await share({ action: 'proposal.approve', data: {} })).kind, 'refused')

  assert.equal(await client.chatCopy.count({ where: { conversation: 'C7', platform: 'slack' } }), 1)
})

test('a card whose id was lost is known again when somebody clicks it', async t => {
  const { client, desk, post } = await createWorld(t)
  const card = await post()
  const copy = await client.chatCopy.findFirstOrThrow({ where: { postId: card.id, platform: 'teams' } })
  await client.chatCopy.update({ where: { id: copy.id }, data: { status: 'posting' } })

  for (const madeUp of [`${copy.id}.${copy.createdAt.getTime() + 1}`, `${copy.id}.${'9'.repeat(15)}`, `${copy.id}.${copy.createdAt.getTime()}+2`, '0.0', ''])
    await desk.adopt({ platform: 'teams', conversation: 'C2', externalId: 'another message' }, madeUp)
  await desk.adopt({ platform: 'teams', conversation: 'C1', externalId: 'elsewhere' }, `${copy.id}.${copy.createdAt.getTime()}`)
  await desk.adopt({ platform: 'teams', conversation: 'C2', externalId: 'activity-1' }, `${copy.id}.${copy.createdAt.getTime()}`)
  await desk.adopt({ platform: 'teams', conversation: 'C2', externalId: 'activity-2' }, `${copy.id}.${copy.createdAt.getTime()}`)

  const known = await client.chatCopy.findUniqueOrThrow({ where: { id: copy.id } })
  assert.deepEqual([known.externalId, known.status], ['activity-1', 'waiting'])
})

test('one message is drawn anew, and no other one of its conversation', async t => {
  const { client, desk } = await createWorld(t)
  const shown = { platform: 'slack', conversation: 'C1', status: 'standing', shown: 'x' }
  for (const externalId of ['1.1', '1.2']) {
    const post = await putPost(client, systemClock, { surface: 'console', channel: 'debtors', subject: `test:${externalId}` }, secretCard)
    await client.chatCopy.create({ data: { ...shown, postId: post.id, externalId } })
  }

  await desk.drawAnew({ platform: 'slack', conversation: 'C1', externalId: '1.2' })

  const copies = await client.chatCopy.findMany({ where: { conversation: 'C1' }, orderBy: { externalId: 'asc' } })
  assert.deepEqual(
    copies.map(({ externalId, status, shown: seen }) => [externalId, status, seen]),
    [
      ['1.1', 'standing', 'x'],
      ['1.2', 'waiting', null],
    ],
  )
})
