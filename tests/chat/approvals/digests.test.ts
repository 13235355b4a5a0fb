import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { calendarsKind } from '#ledger'
import { noPreference, type Preference, type Staff, savePreference } from '#people'
import { fixedClock } from '#platform'
import { cardSchema } from '../../../src/chat/card.ts'
import { putPost } from '../../../src/chat/posts.ts'
import { chatSettings } from '../chat-settings.ts'
import { startConsole } from '../console/start-console.ts'
import { aView } from '../views.ts'

/** Jan's colleagues on Monday 2 March 2026 at 07:00 in Amsterdam; Jan has an account on Slack. */
async function aMorning(t: TestContext, views = [aView({ id: 12 })]) {
  const clock = fixedClock('2026-03-02T06:00:00Z')
  const world = await startConsole(t, views, { clock })
  const { client, jan, eva, vic } = world
  await client.chatAccount.create({ data: { platform: 'slack', workspace: 'T1', userId: 'U1', staffId: jan.id, proof: 'code' } })
  const choose = (staff: Staff, chosen: Partial<Preference>) => savePreference({ client, clock }, staff.id, { ...noPreference, ...chosen })
  const aProposal = (id: number, rest: { ownerId?: number; status?: string; decidedAt?: Date; firstVoteById?: number } = {}) =>
    client.proposal.create({ data: { id, messageId: id, mailboxId: 1, summary: 'x', ...rest } })
  const digests = () => client.chatPost.findMany({ where: { subject: { startsWith: 'digest:' } }, orderBy: { id: 'asc' } })
  const copies = () => client.chatCopy.findMany({ orderBy: { id: 'asc' }, include: { post: { select: { subject: true } } } })
  return { ...world, clock, jan, eva, vic, choose, aProposal, digests, copies }
}

// The database's own time is not the clock of these tests: what is not held is due by it.
const held = (dueAt: Date) => (dueAt.toISOString() === '2026-03-09T05:30:00.000Z' ? 'held' : 'at once')

const aCard = (title: string) => cardSchema.parse({ title, elements: [], fallback: title })

const picksOf = (card: unknown) => cardSchema.parse(card).elements.flatMap(element => (element.type === 'pick' ? [element.button.data.proposal] : []))

test('the morning list comes once a day at the chosen time of the person’s own day, whoever asks and even if it was put away', async t => {
  const { client, clock, chat, proposals, jan, eva, choose, aProposal, digests } = await aMorning(t)
  const other = createChat({ client, clock, proposals, ...chatSettings })
  await aProposal(12)
  await choose(jan, { digestAt: '08:00' })
  await choose(eva, { digestAt: '08:00' })
  await client.staff.update({ where: { id: eva.id }, data: { timeZone: 'Europe/Helsinki' } })

  const atSeven = await chat.postDigests()
  clock.set('2026-03-02T07:00:00Z')
  const atEight = await Promise.all([chat.postDigests(), other.postDigests(), chat.postDigests()])
  await client.chatPost.deleteMany({ where: { subject: 'digest:2026-03-02' } })
  clock.set('2026-03-02T09:00:00Z')
  const later = await chat.postDigests()
  clock.set('2026-03-03T07:00:00Z')
  await chat.postDigests()

  assert.deepEqual([atSeven, atEight.reduce((sum, count) => sum + count, 0), later], [1, 1, 0])
  assert.deepEqual(
    (await digests()).map(({ subject, privateTo }) => [subject, privateTo]),
    [
      ['digest:2026-03-03', jan.id],
      ['digest:2026-03-03', eva.id],
    ],
  )
})

test('a list that was missed comes until noon; a weekend, a holiday and a closed day have none', async t => {
  const { client, clock, proposals, jan, choose, aProposal } = await aMorning(t)
  const calendars = calendarsKind.schema.parse({ nl: { country: 'NL', closed: ['2026-03-05'] } })
  const chat = createChat({ client, clock, proposals, ...chatSettings, calendars: () => calendars })
  await client.administration.create({ data: { code: 'HL', name: 'Harbourlight Trading', country: 'NL' } })
  await aProposal(12)
  await choose(jan, { digestAt: '08:00' })
  const at = async (time: string) => {
    clock.set(time)
    return chat.postDigests()
  }

  const written = {
    lateMonday: await at('2026-03-02T10:59:00Z'),
    noonTuesday: await at('2026-03-03T11:00:00Z'),
    closedThursday: await at('2026-03-05T07:00:00Z'),
    friday: await at('2026-03-06T07:00:00Z'),
    saturday: await at('2026-03-07T07:00:00Z'),
    easterMonday: await at('2026-04-06T07:00:00Z'),
  }

  assert.deepEqual(written, { lateMonday: 2, noonTuesday: 0, closedThursday: 0, friday: 1, saturday: 0, easterMonday: 0 })
})

test('who is away gets no list, and who does their work finds it in theirs', async t => {
  const { client, clock, chat, jan, eva, choose, aProposal, digests } = await aMorning(t)
  await aProposal(12, { ownerId: jan.id })
  for (const staff of [jan, eva]) await choose(staff, { digestAt: '08:00' })
  const days = { from: new Date('2026-03-02'), until: new Date('2026-03-03') }
  await client.staffAbsence.create({ data: { staffId: jan.id, coverId: eva.id, ...days, surface: 'console' } })
  clock.set('2026-03-02T07:00:00Z')
  await chat.postDigests()
  const whileAway = (await digests()).map(({ privateTo, card }) => [privateTo, picksOf(card)])
  clock.set('2026-03-04T07:00:00Z')
  await chat.postDigests()

  assert.deepEqual(whileAway, [[eva.id, ['12']]])
  assert.deepEqual(
    (await digests()).filter(({ subject }) => subject === 'digest:2026-03-04').map(({ privateTo }) => privateTo),
    [jan.id],
  )
})

test('who never chose gets the list at half past eight where they decide, and who put it off gets none', async t => {
  const { clock, chat, jan, eva, choose, aProposal, digests } = await aMorning(t)
  await aProposal(12)
  await choose(eva, { digestAt: null })
  clock.set('2026-03-02T07:29:00Z')
  await chat.postDigests()
  const before = (await digests()).length
  clock.set('2026-03-02T07:30:00Z') // half past eight in Amsterdam

  await chat.postDigests()

  assert.deepEqual([before, (await digests()).map(({ privateTo }) => privateTo)], [0, [jan.id]])
})

test('the list counts what waits for this person and what was settled since the last working day, and leads there', async t => {
  const views = [20, 21, 22, 23, 24].map(id => aView({ id }))
  const { clock, chat, jan, eva, vic, choose, aProposal, digests } = await aMorning(t, views)
  await aProposal(20, { ownerId: jan.id })
  await aProposal(21)
  await aProposal(22, { ownerId: eva.id })
  await aProposal(23, { status: 'awaiting_second', firstVoteById: jan.id })
  await aProposal(24, { status: 'rejected', decidedAt: new Date('2026-02-27T09:00:00Z') })
  await aProposal(25, { status: 'rejected', decidedAt: new Date('2026-02-26T09:00:00Z') })
  await aProposal(26, { status: 'approved', decidedAt: new Date('2026-02-27T09:00:00Z'), ownerId: eva.id })
  for (const staff of [jan, eva, vic]) await choose(staff, { digestAt: '08:00' })
  clock.set('2026-03-02T07:00:00Z')

  await chat.postDigests()

  const [ofJan, ofEva, ofVic] = (await digests()).map(({ card }) => cardSchema.parse(card))
  assert.deepEqual(
    [picksOf(ofJan), picksOf(ofEva)],
    [
      ['20', '21'],
      ['21', '22', '23'],
    ],
  )
  assert.deepEqual(
    [ofJan?.title, ofJan?.subtitle, ofEva?.subtitle],
    ['Good morning Jan Willems', '2 need you · 1 handled since 27 Feb 2026', '3 need you · 2 handled since 27 Feb 2026'],
  )
  assert.deepEqual(
    ofJan?.buttons.map(({ action }) => action),
    ['actions.show', 'home.settings'],
  )
  assert.match(ofVic?.subtitle ?? '', /vous attendent · 1 traités depuis le 27 févr\. 2026/)
})

test('nothing is pushed in quiet hours: a reminder waits for their end where its person lives, an insolvency does not', async t => {
  const insolvency = aView({ id: 13, intents: [{ intent: 'insolvency_notice', confidence: 0.9 }] })
  const { client, clock, chat, jan, choose, copies } = await aMorning(t, [aView({ id: 12 }), insolvency])
  await client.staff.update({ where: { id: jan.id }, data: { timeZone: 'Europe/Helsinki' } })
  await choose(jan, { quietFrom: '18:00', quietUntil: '07:30', digestAt: null })
  clock.set('2026-03-06T20:00:00Z') // Friday night

  await chat.postReminder(12, jan.id)
  await chat.postReminder(13, jan.id)

  const due = new Map((await copies()).map(({ post, conversation, dueAt }) => [post.subject, [conversation, held(dueAt)]]))
  assert.deepEqual(due.get('reminder:12'), ['direct:U1', 'held'])
  assert.deepEqual(due.get('reminder:13'), ['direct:U1', 'at once'])
})

test('a message that stands changes at any hour; one that waits still waits when it is drawn again', async t => {
  const { client, clock, jan } = await aMorning(t)
  const notBefore = new Date('2126-03-09T05:30:00Z')
  const place = { surface: 'console', channel: 'debtors', subject: 'reminder:12', privateTo: jan.id, notBefore }
  await putPost(client, clock, place, aCard('one'))

  await putPost(client, clock, place, aCard('two'))
  const waiting = await client.chatCopy.findFirstOrThrow()
  await client.chatCopy.updateMany({ data: { externalId: 'm1', status: 'standing' } })
  await putPost(client, clock, place, aCard('three'))
  const standing = await client.chatCopy.findFirstOrThrow()

  assert.deepEqual([waiting.dueAt, waiting.status], [notBefore, 'waiting'])
  assert.ok(standing.dueAt < notBefore && standing.status === 'waiting')
})

test('what waited over night is told of by the morning list alone, and what was decided meanwhile by nothing', async t => {
  const { clock, chat, proposals, jan, eva, choose, aProposal, digests, copies } = await aMorning(t, [aView({ id: 12 }), aView({ id: 13 })])
  await aProposal(12, { ownerId: eva.id })
  await aProposal(13, { ownerId: eva.id })
  await choose(jan, { quietFrom: '18:00', quietUntil: '07:30', digestAt: '08:00' })
  clock.set('2026-03-02T20:00:00Z')
  await chat.postReminder(12, jan.id)
  await chat.postReminder(13, jan.id)
  const overNight = (await copies()).filter(({ conversation }) => conversation === 'direct:U1').map(({ dueAt }) => dueAt.toISOString())

  proposals.views.set(13, aView({ id: 13, status: 'rejected' }))
  await chat.postProposal(13)
  clock.set('2026-03-03T07:00:00Z')
  await chat.postDigests()

  assert.deepEqual(overNight, ['2026-03-03T07:10:00.000Z', '2026-03-03T07:10:00.000Z'])
  assert.deepEqual(picksOf((await digests())[0]?.card), ['12'])
  const pushed = (await copies()).filter(({ conversation }) => conversation === 'direct:U1').map(({ post }) => post.subject)
  assert.deepEqual(pushed, ['digest:2026-03-03'])
})
