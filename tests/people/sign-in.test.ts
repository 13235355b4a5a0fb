import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  closeSession,
  createSignInLink,
  endSessions,
  ensureStaff,
  findSession,
  findStaff,
  inviteStaff,
  listSessions,
  listStaff,
  openSession,
  touchSession,
  useSignInToken,
} from '#people'
import { fixedClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const jan = { key: '@Jan', name: 'Jan Willems', email: 'Jan@Harbourlight.example', role: 'collector' } as const
const tokenOf = (link: string) => new URL(link).hash.slice(1)

test('a sign-in link lets one browser in, once, and its token is stored nowhere', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const staff = await ensureStaff(client, jan)
  const token = tokenOf(await createSignInLink(client, clock, staff.id, 'http://127.0.0.1:3210/'))

  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => useSignInToken(client, clock, token)))
  const later = await useSignInToken(client, clock, token)

  assert.deepEqual(
    answers.filter(id => id !== undefined),
    [staff.id],
  )
  assert.equal(later, undefined)
  assert.ok(!JSON.stringify(await client.signInLink.findMany()).includes(token))
})

test('a sign-in link is worth nothing after 15 minutes, when its owner left, or when it was never made', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const staff = await ensureStaff(client, jan)
  const late = tokenOf(await createSignInLink(client, clock, staff.id, 'http://duncan.example'))
  clock.advance({ minutes: 15 })
  const fresh = tokenOf(await createSignInLink(client, clock, staff.id, 'http://duncan.example'))
  await client.staff.update({ where: { id: staff.id }, data: { active: false } })

  const answers = [await useSignInToken(client, clock, late), await useSignInToken(client, clock, fresh), await useSignInToken(client, clock, 'invented')]

  assert.deepEqual(answers, [undefined, undefined, undefined])
})

async function aSession(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const sessions = { client, clock, rules: { DUNCAN_SESSION_HOURS: 48, DUNCAN_SESSION_IDLE_HOURS: 8 } }
  const staff = await ensureStaff(client, jan)
  const open = () => openSession(sessions, staff.id, { via: 'link', browser: 'Firefox, Linux' })
  const who = async (token: string) => (await findSession(sessions, token))?.staff.name
  return { client, clock, sessions, staff, open, who }
}

test('an invitation lasts 7 days, works once, and a new one makes the earlier one void', async t => {
  const { client, clock, staff } = await aSession(t)
  const invite = async () => tokenOf((await inviteStaff({ client, clock }, '@jan', 'https://duncan.example', 'cli')).link)
  const first = await invite()
  const second = await invite()
  clock.advance({ hours: 7 * 24 - 1 })

  const answers = [await useSignInToken(client, clock, first), await useSignInToken(client, clock, second), await useSignInToken(client, clock, second)]
  const late = await invite()
  clock.advance({ hours: 7 * 24 })
  const tooLate = await useSignInToken(client, clock, late)

  assert.deepEqual([...answers, tooLate], [undefined, staff.id, undefined, undefined])
  assert.equal(await client.auditEntry.count({ where: { event: 'staff.invited', subject: `staff:${staff.id}` } }), 3)
})

test('nobody is invited who is not among the staff, or was switched off', async t => {
  const { client, clock, staff } = await aSession(t)
  await client.staff.update({ where: { id: staff.id }, data: { active: false } })

  await assert.rejects(inviteStaff({ client, clock }, '@jan', 'https://duncan.example', 'cli'), { code: 'staff.unknown' })
  await assert.rejects(inviteStaff({ client, clock }, '@nobody', 'https://duncan.example', 'cli'), { code: 'staff.unknown' })
})

test('a session ends by signing out, and when its owner leaves', async t => {
  const { client, staff, open, who } = await aSession(t)
  const [first, second] = [await open(), await open()]
  assert.equal(await who(first.token), 'Jan Willems')

  await closeSession(client, second.token)
  const signedOut = await who(second.token)
  await client.staff.update({ where: { id: staff.id }, data: { active: false } })
  const left = await who(first.token)

  assert.deepEqual([signedOut, left], [undefined, undefined])
  assert.ok(!JSON.stringify(await client.session.findMany()).includes(first.token))
})

test('a session that is not used goes idle, one that is used goes on, and none outlives its last hour', async t => {
  const { clock, sessions, open, who } = await aSession(t)
  const [idle, used] = [await open(), await open()]
  const { sessionId } = (await findSession(sessions, used.token)) ?? {}
  assert.ok(sessionId)
  const stillThere: (string | undefined)[] = []

  for (let hours = 0; hours < 47; hours += 7) {
    clock.advance({ hours: 7 })
    await touchSession(sessions, sessionId)
    if (hours === 7) stillThere.push(await who(idle.token))
    if (hours < 40) stillThere.push(await who(used.token))
  }

  assert.deepEqual(stillThere, ['Jan Willems', undefined, 'Jan Willems', 'Jan Willems', 'Jan Willems', 'Jan Willems', 'Jan Willems'])
  assert.equal(await who(used.token), undefined, '49 hours after it was opened')
})

test('a person’s sessions are listed without their tokens, and ended one by one or all but the present one', async t => {
  const { client, sessions, staff, open, who } = await aSession(t)
  const opened = [await open(), await open(), await open()]
  const list = await listSessions(sessions, staff.id)
  const [newest, , oldest] = list
  assert.ok(newest && oldest)

  const one = await endSessions(client, staff.id, { only: oldest.id }, 'staff:1')
  const foreign = await endSessions(client, staff.id + 1, { only: newest.id }, 'staff:1')
  const rest = await endSessions(client, staff.id, { allBut: newest.id }, 'staff:1')

  assert.deepEqual([list.length, one, foreign, rest], [3, 1, 0, 1])
  assert.deepEqual(await Promise.all(opened.map(({ token }) => who(token))), [undefined, undefined, 'Jan Willems'])
  assert.ok(!JSON.stringify(list).includes('token'))
  assert.equal(await client.auditEntry.count({ where: { event: 'session.ended' } }), 2)
})

test('staff are found by id, short name and mail address, and made up to date under the same short name', async t => {
  const { client } = await createTestDatabase(t)
  const staff = await ensureStaff(client, { ...jan, amountLimit: '2500.00' })
  await ensureStaff(client, { key: 'eva', name: 'Eva Adams', email: 'eva@harbourlight.example', role: 'manager', language: 'nl' })

  const again = await ensureStaff(client, { ...jan, name: 'Jan W. Willems' })

  assert.equal(again.id, staff.id)
  assert.equal(again.amountLimit?.toFixed(2), '2500.00', 'a limit that is not given is left alone')
  const found = await Promise.all([staff.id, '@jan', 'JAN', 'jan@harbourlight.example', 'nobody'].map(who => findStaff(client, who)))
  assert.deepEqual(
    found.map(person => person?.name),
    ['Jan W. Willems', 'Jan W. Willems', 'Jan W. Willems', 'Jan W. Willems', undefined],
  )
  assert.deepEqual(
    (await listStaff(client)).map(({ name }) => name),
    ['Eva Adams', 'Jan W. Willems'],
  )
})
