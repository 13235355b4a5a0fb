import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeSession, createSignInLink, ensureStaff, findSession, findStaff, listStaff, openSession, useSignInToken } from '#people'
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

test('a session ends by time, by signing out, and when its owner leaves', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const staff = await ensureStaff(client, jan)
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => openSession(client, clock, staff.id)))
  assert.ok(first && second && third)
  assert.equal((await findSession(client, clock, first.token))?.name, 'Jan Willems')

  await closeSession(client, second.token)
  const signedOut = await findSession(client, clock, second.token)
  await client.staff.update({ where: { id: staff.id }, data: { active: false } })
  const left = await findSession(client, clock, third.token)
  await client.staff.update({ where: { id: staff.id }, data: { active: true } })
  clock.advance({ hours: 12 })
  const expired = await findSession(client, clock, first.token)

  assert.deepEqual([signedOut, left, expired], [undefined, undefined, undefined])
  assert.ok(!JSON.stringify(await client.session.findMany()).includes(first.token))
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
