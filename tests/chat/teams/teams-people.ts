import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Call, clientId, startTeamsConnector, type TeamsConnector, tenant } from '../../support/teams-connector.ts'
import { aView } from '../views.ts'
import { channel, people, startTeamsWorld } from './teams-world.ts'

type Name = keyof typeof people
type Button = { type: string; title: string; data: Record<string, unknown>; card?: { actions: Button[] } }
export type Drawn = { body: unknown[]; actions?: Button[] }
type Body = { statusCode: number; type: string; value: Drawn }
type Options = Omit<Parameters<typeof startTeamsWorld>[2], 'peer'>

export const says = (text: string) => (value: unknown) => JSON.stringify(value ?? '').includes(text)
type Carrier = { attachments?: { content: Drawn }[] }
export const cardOf = ({ body }: Pick<Call, 'body'>): Drawn => {
  const { activity, attachments } = body as Carrier & { activity?: Carrier }
  return (activity?.attachments ?? attachments)?.[0]?.content ?? { body: [] }
}
export const isPut = (text: string) => (call: Call) => call.method === 'PUT' && says(text)(call.body)

export const inThread = (root: string) => ({ id: `${channel};messageid=${root}`, conversationType: 'channel', tenantId: tenant })

export const buttonOf = (card: Drawn, title: string): Button => {
  const all = (card.actions ?? []).flatMap(action => [action, ...(action.card?.actions ?? [])])
  const found = all.find(action => action.title === title && action.data) ?? all.find(action => action.title === title)?.card?.actions[0]
  assert.ok(found, `${title} is among ${all.map(action => action.title).join(', ')}`)
  return found
}

/** Duncan's chat on Teams with one proposal, and people who write to it and press its buttons. */
export async function startTeams(t: TestContext, views = [aView({ id: 12 })], options: Options = {}) {
  const connector = await startTeamsConnector(t)
  connector.readBy(...(['anna', 'jan', 'vic'] as const).map(name => ({ id: `29:${name}`, aadObjectId: people[name] })))
  const world = await startTeamsWorld(t, views, { ...options, peer: connector.peer })
  return { ...world, connector, ...teamsPeople(connector, world.url) }
}

/** What people do in Teams, as Teams tells of it: signed, over HTTP. */
export function teamsPeople(connector: TeamsConnector, url: string) {
  let sent = 0
  const send = async (name: Name, activity: Record<string, unknown>, id = `m${++sent}`) => {
    const body = {
      id,
      serviceUrl: connector.serviceUrl,
      channelId: 'msteams',
      from: { id: `29:${name}`, aadObjectId: people[name], name },
      recipient: { id: `28:${clientId}`, name: 'Duncan' },
      conversation: { id: `a:${name}`, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      ...activity,
    }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${connector.token()}` }
    const response = await fetch(`${url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.equal(response.status, 200)
    const text = await response.text()
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }
  const press = async (name: Name, card: Drawn, title: string, { root = '1001', values = {}, conversation = inThread(root) } = {}) => {
    const data = { ...buttonOf(card, title).data, ...values }
    const value = { action: { type: 'Action.Execute', verb: 'duncan', data } }
    return (await send(name, { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: root, conversation })) as Body
  }
  const posted = async (text: string) => {
    const call = await connector.called(({ path, body }) => path === '/v3/conversations' && says(text)(body))
    return { call, card: cardOf(call) }
  }
  return { send, press, posted }
}

/** The fields of a drawn card. */
export const inputsOf = (json: unknown): { id: string; type: string; value?: string }[] => {
  if (Array.isArray(json)) return json.flatMap(inputsOf)
  if (json === null || typeof json !== 'object') return []
  return 'type' in json && String(json.type).startsWith('Input.') ? [json as { id: string; type: string }] : Object.values(json).flatMap(inputsOf)
}
