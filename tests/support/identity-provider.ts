import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import Provider from 'oidc-provider'

/** What the token endpoint does instead of its work. */
type TokenFault = { status: number; body?: string } | 'cut'

export type IdentityProvider = {
  issuer: string
  /** Where mail servers ask whose an access token is, with their credentials. */
  introspection: string
  /** Opens a page as `account` does in a browser: signs in and agrees, or refuses. Returns the address that it ended at. */
  visit: (page: string, account: string, answer?: 'agree' | 'refuse') => Promise<string>
  /** Types the code of a device as `account` does. */
  typeCode: (place: string, code: string, account: string, answer?: 'agree' | 'refuse') => Promise<void>
  /** What the token endpoint was asked for, in order: grant types, or `fault` where it had one. */
  asked: string[]
  /** Faults of the next requests to the token endpoint, in order; `undefined` lets one through. */
  faults: (TokenFault | undefined)[]
  /** Ends everything that was ever granted, as an administrator does. */
  revokeAll: () => void
  /** Ends access tokens only. */
  revokeAccessTokens: () => void
  /** The mailbox that an access token opens; undefined when it is not valid. */
  mailboxOf: (accessToken: string) => string | undefined
}

type Options = {
  /** Path of the issuer. */
  path?: string
  scopes?: string[]
  /** Which mailbox an account may open: mail servers find it in what introspection tells. */
  mailboxOf?: (account: string) => string
  /** Told with each refresh token, when the sign-in ends by itself. */
  refreshSeconds?: number
}

export const duncanClient = { client_id: 'duncan', client_secret: 'client-secret-1' }
const mailServer = { client_id: 'mail-server', client_secret: 'mail-server-secret' }

/** A real OpenID provider on loopback, with refresh tokens that are good for one use; stopped when the test ends. */
export async function startIdentityProvider(
  t: Pick<TestContext, 'after'>,
  { path = '', scopes = [], mailboxOf = account => account, refreshSeconds }: Options = {},
): Promise<IdentityProvider> {
  const asked: string[] = []
  const faults: (TokenFault | undefined)[] = []
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = `${origin}${path}`
  const store = new Map<string, Record<string, unknown>>()
  const provider = quietly(() => createProvider(issuer, { scopes, mailboxOf, store }))

  provider.use(async (context, next) => {
    const isTokens = context.path === '/token'
    const fault = isTokens ? faults.shift() : undefined
    if (fault) {
      asked.push('fault')
      return breakDown(context, fault)
    }
    await next()
    if (isTokens) asked.push(String(context.oidc.params?.grant_type))
    const body = context.body as Record<string, unknown> | undefined
    if (isTokens && body?.refresh_token && refreshSeconds !== undefined) body.refresh_token_expires_in = refreshSeconds
    // Five seconds between two looks are for people.
    if (context.path === '/device/auth' && body) body.interval = 0.05
  })
  const serve = provider.callback()
  server.on('request', (request: IncomingMessage & { originalUrl?: string | undefined }, response) => {
    request.originalUrl = request.url
    request.url = request.url?.slice(path.length) || '/'
    void serve(request, response)
  })
  t.after(() => {
    server.closeAllConnections()
    return new Promise(resolve => void server.close(resolve))
  })

  const revoke = (kinds: RegExp) => {
    for (const key of store.keys()) if (kinds.test(key)) store.delete(key)
  }
  return {
    issuer,
    introspection: `${issuer.replace('://', `://${mailServer.client_id}:${mailServer.client_secret}@`)}/token/introspection`,
    asked,
    faults,
    visit: (page, account, answer = 'agree') => createBrowser(origin).play(page, account, answer),
    typeCode: async (place, code, account, answer = 'agree') => {
      const browser = createBrowser(origin)
      const form = formOf(await browser.get(place))
      const confirmation = formOf(await browser.post(form.action, { ...form.fields, user_code: code }))
      if (answer === 'agree') await browser.follow(await browser.post(confirmation.action, confirmation.fields), account, 'agree')
      else await browser.post(confirmation.action, { ...confirmation.fields, confirm: '', abort: 'yes' })
    },
    revokeAll: () => revoke(/^(AccessToken|RefreshToken|Grant):/),
    revokeAccessTokens: () => revoke(/^AccessToken:/),
    mailboxOf: accessToken => (store.get(`AccessToken:${accessToken}`)?.extra as { mailbox?: string } | undefined)?.mailbox,
  }
}

type Context = Parameters<Parameters<Provider['use']>[0]>[0]

function breakDown(context: Context, fault: TokenFault): void {
  if (fault === 'cut') {
    context.respond = false
    context.req.socket.destroy()
    return
  }
  context.status = fault.status
  context.type = fault.body?.startsWith('{') ? 'json' : 'html'
  context.body = fault.body ?? '<h1>Sorry</h1>'
}

function createProvider(
  issuer: string,
  { scopes, mailboxOf, store }: { scopes: string[]; mailboxOf: (account: string) => string; store: Map<string, Record<string, unknown>> },
): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return new Provider(issuer, {
    adapter: storeIn(store),
    clients: [
      {
        ...duncanClient,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/', 'http://localhost/'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
      },
      {
        ...mailServer,
        redirect_uris: [],
        response_types: [],
        grant_types: [],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'test' }] },
    cookies: { keys: ['test'] },
    scopes: ['openid', 'offline_access', 'email', ...scopes],
    claims: { email: ['email', 'preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@creditor.example`, preferred_username: `${id}@creditor.example` }),
    }),
    features: {
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form) => void (context.body = form),
        userCodeConfirmSource: (context, form) => void (context.body = form),
        successSource: context => void (context.body = 'done'),
      },
      revocation: { enabled: true, allowedPolicy: () => true },
      introspection: { enabled: true, allowedPolicy: () => true },
    },
    extraTokenClaims: (_context, token) => ({ mailbox: mailboxOf('accountId' in token ? token.accountId : '') }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      RefreshToken: 90 * 86_400,
      Grant: 90 * 86_400,
      Session: 3600,
      Interaction: 600,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: 3600,
    },
    pkce: { required: () => true },
  })
}

/** oidc-provider warns about its own test pages and memory store, which are what is wanted here. */
function quietly<T>(work: () => T): T {
  const { info, warn } = console
  Object.assign(console, { info: () => undefined, warn: () => undefined })
  try {
    return work()
  } finally {
    Object.assign(console, { info, warn })
  }
}

function storeIn(store: Map<string, Record<string, unknown>>) {
  return (name: string) => {
    const key = (id: string) => `${name}:${id}`
    const find = (wanted: (row: Record<string, unknown>) => boolean) => [...store].find(([id, row]) => id.startsWith(`${name}:`) && wanted(row))?.[1]
    return {
      upsert: async (id: string, payload: Record<string, unknown>) => void store.set(key(id), payload),
      find: async (id: string) => store.get(key(id)),
      findByUserCode: async (userCode: string) => find(row => row.userCode === userCode),
      findByUid: async (uid: string) => find(row => row.uid === uid),
      consume: async (id: string) => void Object.assign(store.get(key(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) }),
      destroy: async (id: string) => void store.delete(key(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [id, row] of store) if (row.grantId === grantId) store.delete(id)
      },
    }
  }
}

type Page = { status: number; location: string | null; address: string; html: string }

function formOf({ html, address }: Page): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1]
  if (!action) throw new Error(`no form at ${address}:\n${html}`)
  const inputs = [...html.matchAll(/<input[^>]*?name="(\w+)"[^>]*?>/g)]
  const fields = inputs.map(([input, name = '']) => [name, /value="([^"]*)"/.exec(input)?.[1] ?? ''] as const)
  return { action: new URL(action, address).href, fields: Object.fromEntries(fields) }
}

/** As much of a browser as the sign-in pages need. */
function createBrowser(origin: string) {
  const cookies = new Map<string, string>()
  async function send(address: string, init: { method?: string; body?: URLSearchParams } = {}): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { ...init, headers: { cookie }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    const location = response.headers.get('location')
    return { status: response.status, location: location && new URL(location, address).href, address, html: await response.text() }
  }
  const post = (address: string, fields: Record<string, string>) => send(address, { method: 'POST', body: new URLSearchParams(fields) })

  /** Goes where the pages lead, filling in what they ask; returns where that ends: at a page without a question, or off the provider. */
  async function follow(page: Page, account: string, answer: 'agree' | 'refuse'): Promise<string> {
    if (page.location) {
      const next = await send(page.location)
      return page.location.startsWith(origin) ? follow(next, account, answer) : page.location
    }
    if (!/name="prompt"/.test(page.html)) return page.address
    if (answer === 'refuse') {
      const abort = /href="([^"]+\/abort)"/.exec(page.html)?.[1]
      if (!abort) throw new Error(`no way to refuse at ${page.address}`)
      return follow(await send(new URL(abort, page.address).href), account, answer)
    }
    const { action, fields } = formOf(page)
    return follow(await post(action, { ...fields, ...(fields.prompt === 'login' && { login: account, password: 'any' }) }), account, answer)
  }
  return { get: send, post, follow, play: async (page: string, account: string, answer: 'agree' | 'refuse') => follow(await send(page), account, answer) }
}
