import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTeamsConnector } from '../../../src/chat/teams/guard.ts'
import { clientId, startTeamsConnector, tenant } from '../../support/teams-connector.ts'
import { people, startTeamsWorld } from './teams-world.ts'

const at = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60

test('only what Microsoft signed for this bot, from this tenant and this connector, comes in', async t => {
  const connector = await startTeamsConnector(t)
  const commands: string[] = []
  const { url } = await startTeamsWorld(t, [], {
    peer: connector.peer,
    delivers: false,
    desk: () => ({
      command: async ({ text }) => {
        commands.push(text)
        return { kind: 'done' }
      },
    }),
  })
  let message = 0
  const send = async (token: string | undefined, change: Record<string, unknown> = {}) => {
    const activity = {
      type: 'message',
      id: String(++message),
      text: '/actions',
      serviceUrl: connector.serviceUrl,
      channelId: 'msteams',
      from: { id: '29:jan', aadObjectId: people.jan, name: 'Jan' },
      recipient: { id: `28:${clientId}`, name: 'Duncan' },
      conversation: { id: 'a:jan', conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      ...change,
    }
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
    const response = await fetch(`${url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(activity) })
    return response.status
  }
  const foreign = 'ffffffff-0000-4000-8000-000000000000'
  const entra = (of: string) => ({ iss: `${connector.url}/${of}/v2.0`, tid: of, aud: clientId })
  const evil = 'https://evil.example/teams'

  const table: [string, Promise<number>, number][] = [
    ['no header', send(undefined), 401],
    ['garbage', send('garbage'), 401],
    ['alg none', send(connector.token({}, { key: 'none' })), 401],
    ['an unknown key', send(connector.token({}, { key: 'other' })), 401],
    ['an unknown key id', send(connector.token({}, { id: 'key-2' })), 401],
    ['another audience', send(connector.token({ aud: 'other' })), 401],
    ['another issuer', send(connector.token({ iss: 'https://evil.example' })), 403],
    ['expired ten minutes ago', send(connector.token({ exp: at(-10) })), 401],
    ['another service address in the token', send(connector.token({ serviceurl: evil })), 401],
    ['another service address in the body', send(connector.token(), { serviceUrl: evil }), 403],
    ['the same in both', send(connector.token({ serviceurl: evil }), { serviceUrl: evil }), 403],
    ['no service address', send(connector.token(), { serviceUrl: undefined }), 403],
    ['a token of a foreign tenant for this app', send(connector.token(entra(foreign)), { serviceUrl: evil }), 403],
    ['a token of the own tenant for this app', send(connector.token(entra(tenant))), 403],
    ['a foreign tenant', send(connector.token(), { conversation: { id: 'a:x', tenantId: foreign } }), 403],
    ['a foreign tenant beside the own', send(connector.token(), { channelData: { tenant: { id: foreign } } }), 403],
    ['no tenant', send(connector.token(), { conversation: { id: 'a:x' }, channelData: {} }), 403],
  ]
  for (const [what, answer, status] of table) assert.equal(await answer, status, what)
  assert.deepEqual(commands, [])
  assert.deepEqual(connector.calls, [], 'the bot sends nothing to anybody')

  assert.equal(await send(connector.token({ exp: at(-2) })), 200, 'clocks differ a little')
  assert.equal(await send(connector.token()), 200)
})

test('the connector of Teams is one host, over https, on its own port', () => {
  assert.ok(isTeamsConnector('https://smba.trafficmanager.net/emea/'))
  for (const url of [
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:x@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'not a url',
    '',
  ])
    assert.ok(!isTeamsConnector(url), url)
})
