import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmulator } from 'emulate'

/** What a call comes to instead of Slack's answer. `arrives`: Slack did it all the same. */
export type SlackFault =
  | { kind: 'busy'; retryAfter: number }
  | { kind: 'status'; status: number; arrives: boolean }
  | { kind: 'drop'; arrives: boolean }
  | { kind: 'slow'; ms: number }
  | { kind: 'error'; error: string }

export type SlackCall = { method: string; params: Record<string, unknown>; answer: Record<string, unknown> | undefined }

export type SlackMessage = { ts: string; text: string; blocks: Block[]; thread_ts?: string; user?: string; metadata?: { event_payload: { mark: string } } }
export type Block = { type: string; block_id?: string; elements?: Element[]; accessory?: Element; text?: { text: string } }
export type Element = { type: string; action_id: string; value?: string; text?: { text: string }; options?: { text: { text: string }; value: string }[] }

const botToken = 'xoxb-local-test'
const scopes =
  'app_mentions:read,channels:history,channels:read,chat:write,chat:write.public,commands,files:write,groups:history,groups:read,im:history,im:read,im:write,metadata.message:read,users:read,users:read.email'

/**
 * Slack's Web API for tests: the emulator, and before it a server that records every call and fails as told. The emulator takes any
 * bearer and any blocks; tokens that are refused and lengths are tested elsewhere.
 */
export async function startSlack(t: { after: (hook: () => unknown) => void }) {
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } })
  const calls: SlackCall[] = []
  const faults = new Map<string, SlackFault[]>()
  const confirmed = new Set<string>()
  const statuses = new Map<string, object>()
  const waiting = new Set<() => void>()
  let granted = scopes
  let readers: string[] | undefined

  const front = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  t.after(async () => {
    front.close()
    front.closeAllConnections()
    await emulator.close()
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const method = (request.url ?? '').replace('/api/', '').split('?')[0] ?? ''
    const params = paramsOf(body)
    const fault = faults.get(method)?.shift()
    const arrives = !fault || fault.kind === 'slow' || ('arrives' in fault && fault.arrives)
    const call: SlackCall = { method, params, answer: undefined }
    calls.push(call)
    const answer = arrives ? await forward(method, request, body) : undefined
    call.answer = answer
    for (const wake of waiting) wake()
    if (fault?.kind === 'slow') await sleep(fault.ms)
    if (fault?.kind === 'drop') request.socket.resetAndDestroy()
    else if (fault?.kind === 'busy') response.writeHead(429, { 'retry-after': String(fault.retryAfter) }).end()
    else if (fault?.kind === 'status') response.writeHead(fault.status).end('<html>')
    else if (fault?.kind === 'error') send(response, { ok: false, error: fault.error })
    else send(response, answer ?? {})
  }

  async function forward(method: string, { headers }: IncomingMessage, body: string): Promise<Record<string, unknown>> {
    const given = { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? 'application/json' }
    const answer = await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers: given, body })
    const json = (await answer.json()) as Record<string, unknown>
    const user = json.user as { id: string; is_email_confirmed?: boolean; profile?: object } | undefined
    if (method === 'conversations.members' && readers) json.members = readers
    if (method === 'users.info' && user) {
      user.is_email_confirmed = confirmed.has(user.id)
      user.profile = { ...user.profile, ...statuses.get(user.id) }
    }
    return json
  }

  const send = (response: ServerResponse, json: object): void =>
    void response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': granted }).end(JSON.stringify(json))

  /** A call past the recording, as the bot. */
  async function ask<T>(method: string, params: Record<string, string> = {}): Promise<T> {
    const headers = { authorization: `Bearer ${botToken}`, 'content-type': 'application/x-www-form-urlencoded' }
    return (await (await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers, body: new URLSearchParams(params) })).json()) as T
  }

  const { user_id: bot, team_id: team } = await ask<{ user_id: string; team_id: string }>('auth.test')
  const { members } = await ask<{ members: { id: string; name: string }[] }>('users.list')
  const { channels } = await ask<{ channels: { id: string; name: string }[] }>('conversations.list')
  const userOf = (name: string): string => members.find(member => member.name === name)?.id ?? ''
  const port = (front.address() as AddressInfo).port

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    botToken,
    team,
    bot,
    channel: channels.find(({ name }) => name === 'collections')?.id ?? '',
    userOf,
    calls,
    /** Every call of a method so far. */
    callsOf: (method: string) => calls.filter(call => call.method === method),
    fail: (method: string, ...planned: SlackFault[]) => void faults.set(method, [...(faults.get(method) ?? []), ...planned]),
    confirmEmail: (name: string) => void confirmed.add(userOf(name)),
    /** What somebody says of themselves; `ends`: an ISO moment, left out of a status without an end. */
    setStatus: (name: string, emoji: string, text: string, ends?: string) =>
      void statuses.set(userOf(name), { status_emoji: emoji, status_text: text, status_expiration: ends === undefined ? 0 : Date.parse(ends) / 1000 }),
    /** Who reads conversations; by default everybody in the workspace does. */
    readBy: (...users: string[]) => {
      readers = [...users, bot]
    },
    grant: (given: string) => {
      granted = given
    },
    history: async (channel: string): Promise<SlackMessage[]> =>
      (await ask<{ messages: SlackMessage[] }>('conversations.history', { channel, limit: '200' })).messages,
    thread: async (channel: string, ts: string): Promise<SlackMessage[]> =>
      (await ask<{ messages: SlackMessage[] }>('conversations.replies', { channel, ts, limit: '200' })).messages.filter(message => message.ts !== ts),
    trigger: async (user: string): Promise<string> => (await ask<{ trigger_id: string }>('views.generateTriggerId', { user_id: user })).trigger_id,
    archive: (channel: string) => ask('conversations.archive', { channel }),
    /** Waits for a call that fits, past or to come. */
    called: async (method: string, fits: (params: Record<string, unknown>, answer: Record<string, unknown>) => boolean = () => true): Promise<SlackCall> => {
      const find = () => calls.find(call => call.method === method && call.answer !== undefined && fits(call.params, call.answer))
      for (let found = find(); ; found = find()) {
        if (found) return found
        const woken = Promise.withResolvers<void>()
        waiting.add(woken.resolve)
        const timeout = setTimeout(() => woken.reject(new Error(`Slack was not called: ${method}; but ${calls.map(call => call.method).join(', ')}`)), 10_000)
        await woken.promise.finally(() => {
          clearTimeout(timeout)
          waiting.delete(woken.resolve)
        })
      }
    },
  }
}

export type SlackWorld = Awaited<ReturnType<typeof startSlack>>

const seed = {
  signing_secret: 'test-signing-secret',
  strict_scopes: true,
  team: { name: 'Creditor', domain: 'creditor' },
  users: ['anna', 'jan', 'vic', 'stranger'].map(name => ({ name, email: `${name}@creditor.example` })),
  channels: [{ name: 'collections' }],
  bots: [{ name: 'duncan' }],
  oauth_apps: [
    {
      client_id: '1.2',
      client_secret: 's',
      app_id: 'A000000001',
      name: 'Duncan',
      redirect_uris: ['http://127.0.0.1/slack/oauth'],
      scopes: scopes.split(','),
      bot_name: 'duncan',
    },
  ],
  // On the bot's own user: a token on a person makes that person the bot.
  tokens: [{ token: botToken, user: 'duncan', type: 'bot', app_id: 'A000000001', scopes: [...scopes.split(','), 'files:write', 'channels:manage'] }],
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The arguments of a call; those that the SDK sends as JSON are read. */
function paramsOf(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => {
      try {
        return [name, /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value]
      } catch {
        return [name, value]
      }
    }),
  )
}
