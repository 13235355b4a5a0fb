import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DuncanError } from '#platform'
import { teamsSettings } from '../../../src/chat/teams/config.ts'
import { deliveryProblem } from '../../../src/chat/teams/delivery-problem.ts'
import { eventually } from '../../support/app.ts'
import { clientId, startTeamsConnector, tenant } from '../../support/teams-connector.ts'
import { aView } from '../views.ts'
import { people, startTeamsWorld } from './teams-world.ts'

test('a connector that asks to wait gets its card once, and one that fails gets its edit in the end', async t => {
  const connector = await startTeamsConnector(t)
  connector.readBy(...(['anna', 'jan', 'vic'] as const).map(name => ({ id: `29:${name}`, aadObjectId: people[name] })))
  connector.failNext({ status: 429, retryAfter: '1' })
  const { client, chat, proposals } = await startTeamsWorld(t, [aView({ id: 12 })], { peer: connector.peer })
  const standing = () => client.chatCopy.findFirst({ where: { status: 'standing', post: { parentId: null } } })
  await eventually('the card stands', async () => (await standing()) ?? undefined)
  const posts = connector.calls.filter(({ path }) => path === '/v3/conversations')

  connector.failNext({ status: 500 }, 'drop')
  proposals.views.set(12, aView({ id: 12, message: { ...aView().message, subject: 'Another subject' } }))
  await chat.postProposal(12)

  await connector.called(({ method, body }) => method === 'PUT' && JSON.stringify(body).includes('Another subject'))
  await eventually('the edit stands', async () => (await standing()) ?? undefined)
  assert.equal(posts.length, 2, 'refused once, taken once')
  assert.equal(connector.calls.filter(({ path }) => path === '/v3/conversations').length, 2)
})

const http = (status: number, headers = {}) => deliveryProblem(Object.assign(new Error('secret text'), { response: { status, headers } }))
const network = (code: string) => deliveryProblem(Object.assign(new Error('secret text'), { code }))

test('each fault of the connector is told by what it means for the message', () => {
  const kinds = [
    http(412),
    http(429),
    http(502),
    http(504),
    http(403),
    http(404),
    http(413),
    http(400),
    http(401),
    http(500),
    network('ECONNRESET'),
    network('ECONNREFUSED'),
  ]

  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['busy', 'busy', 'busy', 'busy', 'gone', 'gone', 'refused', 'refused', 'away', 'unsure', 'unsure', 'away'],
  )
  assert.ok(!JSON.stringify(kinds).includes('secret'))
  const asked = http(429, { 'retry-after': '2' })
  assert.ok(asked.kind === 'busy' && asked.retryAfterMs >= 2000 && asked.retryAfterMs <= 2400)
})

const code = (run: () => unknown) => {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof DuncanError ? error.code : 'unexpected'
  }
}

test('Teams does not start half configured, nor unchecked in production, nor with the SDK’s own switch', () => {
  const whole = { DUNCAN_TEAMS_CLIENT_ID: clientId, DUNCAN_TEAMS_CLIENT_SECRET: 'long enough', DUNCAN_TEAMS_TENANT: tenant }

  assert.equal(teamsSettings({}, {}), undefined)
  assert.equal(teamsSettings(whole, { NODE_ENV: 'production' })?.tenant, tenant)
  assert.equal(
    code(() => teamsSettings({ DUNCAN_TEAMS_CLIENT_ID: clientId }, {})),
    'teams.config',
  )
  assert.equal(
    code(() => teamsSettings({ ...whole, DUNCAN_TEAMS_TEST_CONNECTOR: 'http://localhost:1/x' }, { NODE_ENV: 'production' })),
    'teams.unsafe',
  )
  assert.equal(
    code(() => teamsSettings(whole, { DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS: 'true' })),
    'teams.unsafe',
  )
})
