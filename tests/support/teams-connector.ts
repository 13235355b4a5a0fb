import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { PUBLIC, withOverrides } from '@microsoft/teams.api'
import express, { type Request, type Response } from 'express'
import { eventually } from './eventually.ts'

export type Call = { method: string; path: string; query: string; body: Record<string, unknown>; authorization: string | undefined }
/** What the connector does with a call instead of answering it. */
export type Fault = { status: number; retryAfter?: string } | 'drop' | 'drop after' | { slowMs: number }

export const tenant = '11111111-1111-4111-8111-111111111111'
export const clientId = '22222222-2222-4222-8222-222222222222'

const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')

/** A service that signs tokens as Microsoft's do, and a connector that writes down what it is asked for, on one port of loopback. */
export async function startTeamsConnector(t: Pick<TestContext, 'after'>) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const calls: Call[] = []
  const faults: Fault[] = []
  let members: { id: string; aadObjectId?: string; email?: string; userRole?: string; tenantId?: string }[] = []
  const closed = new Set<string>()
  let made = 1000
  const web = express()
  const kid = 'key-1'
  web.get('/v1/.well-known/keys', (_request, response) => {
    response.json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', endorsements: ['msteams'] }] })
  })
  // The keys of the sign-in service that any tenant's tokens are signed with.
  web.get('/:tenant/discovery/v2.0/keys', (_request, response) => {
    response.json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] })
  })
  web.use('/connector', express.json({ limit: '1mb' }), (request, response) => void answer(request, response))

  async function answer(request: Request, response: Response): Promise<void> {
    const call = {
      method: request.method,
      path: request.path,
      query: new URL(request.url, url).search,
      body: request.body ?? {},
      authorization: request.headers.authorization,
    }
    const fault = request.method === 'GET' ? undefined : faults.shift()
    if (fault === 'drop') return void request.socket.destroy()
    if (typeof fault === 'object' && 'status' in fault) {
      calls.push(call)
      if (fault.retryAfter) response.set('retry-after', fault.retryAfter)
      return void response.status(fault.status).json({ error: { code: 'Fault', message: 'as wished' } })
    }
    calls.push(call)
    if (fault === 'drop after') return void request.socket.destroy()
    if (typeof fault === 'object') await sleep(fault.slowMs)
    if (closed.has(decodeURIComponent(request.path.split('/')[3] ?? ''))) return void response.status(404).json({})
    if (request.method === 'GET' && /\/pagedmembers$/i.test(request.path)) return void response.json({ members })
    if (request.method === 'GET') {
      const member = members.find(({ id }) => request.path.endsWith(`/${id}`))
      return void (member ? response.json(member) : response.status(404).json({}))
    }
    const id = request.method === 'PUT' ? request.path.split('/').at(-1) : String(++made)
    if (request.path === '/v3/conversations') {
      const channel = (request.body.channelData as { channel?: { id: string } } | undefined)?.channel?.id
      return void response.status(201).json(channel ? { id: `${channel};messageid=${id}`, activityId: id } : { id: `a:${id}` })
    }
    response.status(201).json({ id })
  }
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const serviceUrl = `${url}/connector`

  /** A token as one of Microsoft's services signs it, with claims of the test's own. `key`: with the right key, with another one, or not at all. */
  const token = (claims: Record<string, unknown> = {}, { key = 'ours', id = kid }: { key?: 'ours' | 'other' | 'none'; id?: string } = {}): string => {
    const now = Math.floor(Date.now() / 1000)
    const payload = { iss: 'https://api.botframework.com', aud: clientId, serviceurl: serviceUrl, nbf: now - 3600, iat: now - 3600, exp: now + 3600, ...claims }
    const signed = `${part({ alg: key === 'none' ? 'none' : 'RS256', typ: 'JWT', kid: id })}.${part(payload)}`
    if (key === 'none') return `${signed}.`
    return `${signed}.${createSign('RSA-SHA256')
      .update(signed)
      .sign(key === 'ours' ? privateKey : stranger, 'base64url')}`
  }

  return {
    url,
    serviceUrl,
    calls,
    token,
    /** Each fault is met by the next call that writes. */
    failNext: (...next: Fault[]) => void faults.push(...next),
    readBy: (...accounts: typeof members) => {
      members = accounts
    },
    /** Nobody may write to or look into this conversation any more. */
    close: (conversation: string) => void closed.add(conversation),
    called: (fits: (call: Call) => boolean): Promise<Call> => eventually('the connector is called so', () => calls.find(fits)),
    peer: {
      cloud: withOverrides(PUBLIC, { openIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`, loginEndpoint: url }),
      token: async () => token({ aud: 'https://api.botframework.com' }),
      serviceUrl,
      allowsServiceUrl: (asked: string) => asked === serviceUrl,
    },
  }
}

export type TeamsConnector = Awaited<ReturnType<typeof startTeamsConnector>>
