import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createSignInLink, ensureStaff, findSession, openSession, staffKind, useSignInToken } from '#people'
import { type DbClient, fixedClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const ada = { name: 'Ada Boss', email: 'ada@creditor.example', role: 'admin' } as const
const jan = { name: 'Jan Willems', email: 'jan@creditor.example', role: 'collector' } as const

async function apply(client: DbClient, section: Record<string, unknown>) {
  const parsed = staffKind.schema.parse(section)
  await client.$transaction(async tx => staffKind.project?.(tx, parsed), { timeout: 30_000 })
}

const faults = (section: unknown) => staffKind.schema.safeParse(section).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

async function staffAndSession(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const sessions = { client, clock, rules: { DUNCAN_SESSION_HOURS: 12, DUNCAN_SESSION_IDLE_HOURS: 12 } }
  return { client, clock, sessions }
}

test('staff stand in the settings with role, language, limit, sight and time zone', async t => {
  const { client } = await staffAndSession(t)

  await apply(client, {
    ada,
    jan: { ...jan, language: 'nl', limit: 5000, administrations: ['NL'], mailboxes: ['debtors', 'archive/INBOX'], timeZone: 'Europe/Amsterdam' },
  })

  const { amountLimit, ...row } = await client.staff.findUniqueOrThrow({ where: { key: 'jan' } })
  assert.deepEqual([row.name, row.role, row.language, amountLimit?.toFixed(2)], ['Jan Willems', 'collector', 'nl', '5000.00'])
  assert.deepEqual([row.administrations, row.mailboxes, row.timeZone], [['NL'], ['debtors', 'archive/INBOX'], 'Europe/Amsterdam'])
})

test('who is not named any more is switched off and signed out, with links that are void', async t => {
  const { client, clock, sessions } = await staffAndSession(t)
  await apply(client, { ada, jan })
  const { id } = await client.staff.findUniqueOrThrow({ where: { key: 'jan' } })
  const session = await openSession(sessions, id, { via: 'link', browser: '' })
  const link = await createSignInLink(client, clock, id, 'https://duncan.example')

  await apply(client, { ada })
  const gone = [await findSession(sessions, session.token), await useSignInToken(client, clock, new URL(link).hash.slice(1))]
  await apply(client, { ada, jan })

  assert.deepEqual(gone, [undefined, undefined])
  const back = await client.staff.findUniqueOrThrow({ where: { key: 'jan' } })
  assert.deepEqual([back.id, back.active], [id, true], 'who comes back is the same person')
  assert.equal(await findSession(sessions, session.token), undefined, 'and signs in anew')
})

test('under another mail address a short name may be somebody else: the sessions and links of the one before end', async t => {
  const { client, clock, sessions } = await staffAndSession(t)
  await apply(client, { ada, jan })
  const { id } = await client.staff.findUniqueOrThrow({ where: { key: 'jan' } })
  const session = await openSession(sessions, id, { via: 'link', browser: '' })
  const link = await createSignInLink(client, clock, id, 'https://duncan.example')

  await apply(client, { ada, jan: { ...jan, role: 'viewer' } })
  const sameAddress = await findSession(sessions, session.token)
  await apply(client, { ada, jan: { name: 'Jan de Wit', email: 'jan.de.wit@creditor.example', role: 'collector' } })

  assert.equal(sameAddress?.staff.role, 'viewer', 'a session goes on with the rights of the moment')
  assert.equal(await findSession(sessions, session.token), undefined)
  assert.equal(await useSignInToken(client, clock, new URL(link).hash.slice(1)), undefined)
})

test('the last active admin cannot be left out, and two people cannot share an address', () => {
  assert.deepEqual(faults({ jan }), [': Nobody would be left who is an active admin.'])
  assert.deepEqual(faults({ jan, ada: { ...ada, active: false } }), [': Nobody would be left who is an active admin.'])
  assert.deepEqual(faults({ ada, jan: { ...jan, email: 'ADA@creditor.example' } }), ['jan.email: ada has this mail address already.'])
})

test('a wrong role, limit, time zone or short name is a fault at its place', () => {
  const found = faults({ ada, 'Jan W': jan, bo: { ...jan, email: 'bo@creditor.example', role: 'boss', limit: -1, timeZone: 'Europe/Nowhere' } })

  assert.deepEqual(new Set(found.map(fault => fault.split(':')[0])), new Set(['Jan W', 'bo.limit', 'bo.role', 'bo.timeZone']))
})

test('names of administrations and mailboxes are references, a folder’s to its mailbox, the star to nothing', () => {
  const section = staffKind.schema.parse({ ada, jan: { ...jan, administrations: ['NL'], mailboxes: ['debtors/INBOX'] } })

  assert.deepEqual(staffKind.references?.(section), [
    { path: ['jan', 'administrations', 0], kind: 'administrations', key: 'NL' },
    { path: ['jan', 'mailboxes', 0], kind: 'mailboxes', key: 'debtors' },
  ])
})

test('an empty section leaves the staff as they are', async t => {
  const { client } = await staffAndSession(t)
  await ensureStaff(client, { key: 'admin', name: 'Administrator', email: 'admin@creditor.example', role: 'admin' })

  await apply(client, {})

  assert.equal(await client.staff.count({ where: { active: true } }), 1)
})

test('a person with a new short name stays the same person, and two can swap their addresses', async t => {
  const { client } = await staffAndSession(t)
  await ensureStaff(client, { key: 'admin', name: 'Administrator', email: ada.email, role: 'admin' })
  const { id } = await client.staff.findUniqueOrThrow({ where: { key: 'admin' } })
  await apply(client, { ada, jan })
  const renamed = await client.staff.findUniqueOrThrow({ where: { key: 'ada' } })

  await apply(client, { ada: { ...ada, email: jan.email }, jan: { ...jan, email: ada.email } })

  assert.equal(renamed.id, id)
  const rows = await client.staff.findMany({ orderBy: { key: 'asc' } })
  assert.deepEqual(
    rows.map(({ key, email, active }) => [key, email, active]),
    [
      ['ada', jan.email, true],
      ['jan', ada.email, true],
    ],
  )
})

test('five hundred colleagues are five hundred lines of settings; nobody counts seats', async t => {
  const { client } = await staffAndSession(t)
  const many = Object.fromEntries(
    Array.from({ length: 499 }, (_none, index) => [`user${index}`, { ...jan, name: `User ${index}`, email: `user${index}@creditor.example` }]),
  )

  await apply(client, { ada, ...many })
  await apply(client, { ada, ...many })

  assert.equal(await client.staff.count({ where: { active: true } }), 500)
})
