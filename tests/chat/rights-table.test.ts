import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureStaff, openSession, peopleConfig, type Right, type Role, roles, type Staff } from '#people'
import { buttonRights } from '../../src/chat/button-rights.ts'
import { commands } from '../../src/chat/commands/registry.ts'
import { routeRights } from '../../src/chat/console/route-rights.ts'
import { createConsoleClient } from '../support/console-client.ts'
import { startConsole } from './console/start-console.ts'
import { aView } from './views.ts'

// The one table once more, on purpose: what each right opens for each role.
const holders: Record<Right | 'signed_in', readonly Role[]> = {
  signed_in: roles,
  look_up: roles,
  decide: ['collector', 'approver', 'manager', 'admin'],
  note: ['collector', 'approver', 'manager', 'admin'],
  task: ['collector', 'approver', 'manager', 'admin'],
  second_vote: ['approver', 'manager', 'admin'],
  decide_risk: ['manager', 'admin'],
  confirm_import: ['manager', 'admin'],
  set_autonomy: ['manager', 'admin'],
  configure: ['manager', 'admin'],
  connect: ['admin'],
}

const notAllowed = 'You do not have the right to do this. Ask a manager.'

test('every command, every button and every route of the console, for every role: open to whom the table says, refused in words to all others', async t => {
  const { url, link, client } = await startConsole(t, [aView({ id: 12 })])
  const wrong: string[] = []
  const check = (what: string, role: Role, right: Right | 'signed_in', isOpen: boolean) => {
    if (isOpen !== holders[right].includes(role)) wrong.push(`${role}: ${what} is ${isOpen ? 'open' : 'refused'}`)
  }

  for (const role of roles) {
    const staff = await ensureStaff(client, { key: `one-${role}`, name: role, email: `${role}@harbourlight.example`, role })
    const browser = createConsoleClient(url)
    await browser.signIn(await link(staff))
    for (const { name, right } of commands) {
      const { body } = await browser.post('/command', { channel: 'debtors', text: name })
      check(name, role, right, body.message !== notAllowed)
    }
    for (const [action, right] of Object.entries(buttonRights)) {
      // Without an id and a version nothing happens: the button's right is asked before all else.
      const data = { staff: String(staff.id) }
      const { body } = await browser.post('/click', { postId: null, channel: 'debtors', action, data, values: {} })
      check(action, role, right, body.message !== notAllowed)
    }
    for (const [route, right] of Object.entries(routeRights)) {
      if (route === 'GET /events') continue // answers with a stream that has no end
      const [method = '', path = ''] = route.split(' ')
      const { status } = await browser.call(method, path.replaceAll(/:\w+/g, '987654'), method === 'GET' ? undefined : {})
      check(route, role, right, status !== 403)
    }
    await client.staff.update({ where: { id: staff.id }, data: { active: false } })
    const left = await browser.get('/channels')
    if (left.status !== 401) wrong.push(`${role}: gets in after being switched off`)
  }

  assert.deepEqual(wrong, [])
})

test('a route that is not in the table does not exist, for nobody', async t => {
  const { url, link, client } = await startConsole(t, [])
  const admin = await ensureStaff(client, { key: 'ada', name: 'Ada', email: 'ada@harbourlight.example', role: 'admin' })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(admin))

  const answers = [await browser.get('/staff'), await browser.get('/posts'), await browser.call('DELETE', '/channels'), await browser.get('/files')]

  assert.deepEqual(
    answers.map(({ status, body }) => [status, (body as { error: string }).error]),
    answers.map(() => [404, 'no_such_route']),
  )
})

test('others’ sessions are for administrators to see and to end, one’s own for oneself', async t => {
  const { chat, client, jan, eva, clock } = await startConsole(t, [])
  const ada = await ensureStaff(client, { key: 'ada', name: 'Ada', email: 'ada@harbourlight.example', role: 'admin' })
  const sessions = { client, clock, rules: peopleConfig.parse({}) }
  for (const { id } of [jan, jan, eva]) await openSession(sessions, id, { via: 'link', browser: 'Firefox, Linux' })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  const end = async (staff: Staff, owner: Staff) => {
    const { id } = await client.session.findFirstOrThrow({ where: { staffId: owner.id } })
    return (await chat.click({ staff, surface: 'console', action: 'session.end', data: { staff: String(owner.id), session: String(id) }, values: {} })).kind
  }

  const looks = [await type(jan, '/duncan sessions'), await type(jan, '/duncan sessions @eva'), await type(ada, '/duncan sessions @eva')]
  const ends = [await end(jan, eva), await end(eva, jan), await end(jan, jan), await end(ada, eva)]

  assert.deepEqual(
    looks.map(({ kind }) => kind),
    ['private', 'refused', 'private'],
  )
  assert.deepEqual(ends, ['refused', 'refused', 'private', 'private'])
  assert.deepEqual([await client.session.count({ where: { staffId: jan.id } }), await client.session.count({ where: { staffId: eva.id } })], [1, 0])
})
