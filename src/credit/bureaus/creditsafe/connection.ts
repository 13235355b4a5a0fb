import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Clock, errorText, type Log } from '#platform'
import { BureauError, type BureauProblem } from '../bureau.ts'

/** Remembers across restarts that a login was refused: three bad ones can lock the account until Creditsafe opens it by hand. */
export type LoginMemory = { wasRefused: () => Promise<boolean>; remember: (outcome: 'refused' | 'accepted') => Promise<void> }

export type ConnectionDeps = {
  /** Ends in /v1. */
  url: string
  username: string
  password: string
  memory: LoginMemory
  clock: Clock
  log: Log
  /** Milliseconds before the n-th try after the first one, where the server names no time itself; counted from 1. */
  delay?: (retry: number) => number
}

type Search = Record<string, string | number | boolean | undefined>
type Call = {
  method?: 'get' | 'post' | 'put' | 'patch' | 'delete'
  search?: Search
  json?: unknown
  /** Whether a call that failed is made again by itself: always, only after an answer that refused it, or never. Always when left out. */
  again?: 'always' | 'answered' | 'never'
}

/** One call of the interface by its name in the log. Returns the parsed body, or undefined where there is none. Throws BureauError. */
export type Ask = (name: string, path: string, call?: Call) => Promise<unknown>

// The token lives an hour; ten minutes are kept for clocks that differ and for slow calls.
const tokenMinutes = 50
const patience = 60_000 // milliseconds; a full report takes some of them
/** A report of over 10 MB is fetched from a storage address. One of three times that is no report. */
const maxBodyBytes = 30 * 1024 * 1024
const longestWait = 120_000 // milliseconds, however long the server asks for

const tokenSchema = z.object({ token: z.string().min(1) })
const correlationSchema = z.object({ correlationId: z.string() })

/** A connection to the Connect interface: logs in, renews the token, waits where it is asked to, and never tries a refused password again. */
export function createConnection({ url, username, password, memory, clock, log, delay }: ConnectionDeps): Ask {
  const http = ky.create({
    prefix: url,
    timeout: patience,
    redirect: 'manual',
    retry: {
      limit: 4,
      methods: ['get', 'post', 'put', 'patch', 'delete'],
      statusCodes: [408, 429, 500, 502, 503, 504],
      maxRetryAfter: longestWait,
      backoffLimit: longestWait,
      retryOnTimeout: true,
      ...(delay ? { delay } : { jitter: true }),
    },
  })
  let session: { token: string; since: Temporal.Instant } | undefined
  let loggingIn: Promise<string> | undefined

  const token = async (): Promise<string> => {
    const isYoung = session && clock.now().since(session.since).total('minutes') < tokenMinutes
    if (session && isYoung) return session.token
    // Of calls side by side one logs in, and all others wait for it.
    loggingIn ??= logIn().finally(() => (loggingIn = undefined))
    return loggingIn
  }

  async function logIn(): Promise<string> {
    if (await memory.wasRefused()) throw refusedLogin()
    const since = clock.now()
    try {
      const body = await send(http, log, 'authenticate', 'authenticate', { method: 'post', json: { username, password }, again: 'answered' })
      session = { token: tokenSchema.parse(body).token, since }
    } catch (error) {
      if (!(error instanceof BureauError) || error.problem !== 'refused') throw error
      await memory.remember('refused')
      throw refusedLogin(error)
    }
    await memory.remember('accepted')
    return session.token
  }

  return async (name, path, call = {}) => {
    const used = await token()
    try {
      return await send(http, log, name, path, call, used)
    } catch (error) {
      if (!(error instanceof BureauError) || error.problem !== 'refused') throw error
      // Expired before its time, or ended at the other side: one new token, one more try.
      if (session?.token === used) session = undefined
      return send(http, log, name, path, call, await token())
    }
  }
}

const refusedLogin = (cause?: unknown) =>
  new BureauError('refused', 'Creditsafe refused this user name and password. They are not tried again until they change.', { cause })

async function send(http: KyInstance, log: Log, name: string, path: string, call: Call, token?: string): Promise<unknown> {
  const { method = 'get', search, json, again = 'always' } = call
  const started = performance.now()
  const told = (status: number | string, body?: unknown) => {
    const correlationId = correlationOf(body)
    log.info({ call: name, status, correlationId, ms: Math.round(performance.now() - started) }, 'a call to the credit bureau')
    return correlationId
  }
  let response: Response
  try {
    response = await http(path, {
      method,
      ...(search && { searchParams: defined(search) }),
      ...(json !== undefined && { json }),
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
      throwHttpErrors: status => status !== 302 && status !== 307 && status >= 300,
      ...(again !== 'always' && { retry: { shouldRetry: ({ error }) => (again === 'answered' && error instanceof HTTPError ? undefined : false) } }),
    })
    if (response.status === 302 || response.status === 307) response = await fromStorage(response, http)
  } catch (error) {
    if (error instanceof HTTPError) {
      const body: unknown = error.data
      const correlationId = told(error.response.status, body)
      throw new BureauError(problemOf(error.response.status), `Creditsafe answered ${error.response.status} to ${name}`, { correlationId })
    }
    if (error instanceof BureauError) throw error
    told(error instanceof TimeoutError ? 'timeout' : 'lost')
    throw lost(name, error)
  }
  const body = await readBody(response, name).catch((error: unknown) => {
    told('lost')
    throw error instanceof BureauError ? error : lost(name, error)
  })
  told(response.status, body)
  return body
}

const lost = (name: string, cause: unknown): BureauError =>
  new BureauError('unsure', `The answer of Creditsafe to ${name} was lost: ${errorText(cause)}`, { cause })

/** What a status means. Bodies of refusals are not shown: they may repeat what was sent. */
function problemOf(status: number): BureauProblem {
  if (status === 401) return 'refused'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'unknown'
  if (status === 409) return 'conflict'
  if (status === 429) return 'busy'
  return status >= 500 ? 'away' : 'rejected'
}

/** A big report lies at a signed storage address, which must not be given our token. */
async function fromStorage(response: Response, http: KyInstance): Promise<Response> {
  const location = URL.parse(response.headers.get('location') ?? '', response.url)
  const isSafe = location && (location.protocol === 'https:' || isLoopback(location.hostname))
  if (!isSafe) throw new BureauError('unreadable', 'Creditsafe sent a report to an address that is not https')
  return http.extend({ prefix: '' })(location, { redirect: 'error' })
}

const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === '[::1]' || host === 'localhost'

async function readBody(response: Response, name: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBodyBytes) throw new BureauError('unreadable', `Creditsafe answered ${name} with more than ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  if (size === 0) return undefined
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new BureauError('unreadable', `Creditsafe answered ${name} with something else than JSON`, { cause: error })
  }
}

const correlationOf = (body: unknown): string | undefined => correlationSchema.safeParse(body).data?.correlationId

const defined = (search: Search): Record<string, string | number | boolean> =>
  Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined))
