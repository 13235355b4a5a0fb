import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { decideAsked } from '../../../src/chat/by-mail/asked.ts'
import { aPromise } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'
import { aMailWorld, linkIn } from './mail-world.ts'

test('a card that waits for a list is not out of reach, one whose list does not get through is; without the mailbox an alert says so', async t => {
  const world = await aMailWorld(t)
  const { db, byMail } = world
  const proposalId = await aPromise(world)
  await world.outOfReach(proposalId, 60)
  const ofCard = { post: { subject: `proposal:${proposalId}` } }
  const { createdAt } = await db.chatCopy.findFirstOrThrow({ where: ofCard })
  const counts: number[] = []
  const put = async (data: object) => {
    await db.chatCopy.updateMany({ where: ofCard, data })
    counts.push(await byMail.ask())
  }
  await put({ status: 'held', attempts: 0, dueAt: createdAt }) // as channels with lists have them
  const card = { title: 'list', elements: [], fallback: 'list' }
  const list = await db.chatPost.create({ data: { surface: 'slack', channel: 'C1', subject: 'list:1', card } })
  await db.chatCopy.create({
    data: { postId: list.id, platform: 'slack', conversation: 'C1', status: 'standing', externalId: '1.2', createdAt, dueAt: createdAt },
  })
  await put({ status: 'listed', listedIn: list.id })
  await db.chatCopy.updateMany({ where: { postId: list.id }, data: { status: 'waiting', externalId: null, attempts: 3 } })
  await db.mailbox.update({ where: { key: 'duncan' }, data: { key: 'another' } })
  counts.push(await byMail.ask())
  const alert = await db.opsAlert.findFirstOrThrow()
  await db.mailbox.update({ where: { key: 'another' }, data: { key: 'duncan' } })

  counts.push(await byMail.ask())

  assert.deepEqual(counts, [0, 0, 0, 1])
  assert.match(alert.problem, /no mailbox to ask from/)
  assert.ok((await db.opsAlert.findFirstOrThrow()).resolvedAt)
})

test('a fault uses no key up; what a colleague changes in the same moment is not approved unseen, by mail or by a click', async t => {
  const world = await aMailWorld(t)
  const { db, clock, proposals, byMail, mia } = world
  const proposalId = await aPromise(world)
  await world.outOfReach(proposalId, 60)
  await byMail.ask()
  const shown = { by: 'link', key: linkIn(await world.lastSent()).split('/')[2] ?? '' } as const
  const deps = { client: db, clock, proposals }
  const edits = async () => {
    const actionId = (await world.view(proposalId)).actions.find(({ kind }) => kind === 'send_reply')?.id ?? 0
    await proposals.decide({ kind: 'edit', edits: [{ actionId, text: 'Beste Piet,\n\nAnders.' }], proposalId, staffId: mia.id, surface: 'console' })
  }
  const slow: typeof proposals = {
    ...proposals,
    decide: async request => {
      await edits()
      return proposals.decide(request)
    },
  }

  await assert.rejects(
    decideAsked({ ...deps, chat: { click: async () => Promise.reject(new Error('the database is away')) } }, shown, { kind: 'approve' }),
    /away/,
  )
  const told = await decideAsked({ ...deps, chat: createChat({ ...chatSettings, ...deps, proposals: slow }) }, shown, { kind: 'approve' })

  assert.equal(told.kind, 'answered')
  assert.match(JSON.stringify('outcome' in told && told.outcome), /This card has changed since you opened it/)
  assert.equal((await world.view(proposalId)).status, 'open')
  assert.equal((await db.mailedDecision.findFirstOrThrow()).usedAt, null)
})
