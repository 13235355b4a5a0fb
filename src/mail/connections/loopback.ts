import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DuncanError } from '#platform'

/** Waits on this machine for the browser that comes back from the provider's sign-in page (RFC 8252, 7.3). */
export type Loopback = {
  /** What the provider must send the browser back to. */
  redirectUri: string
  /** The address that the browser came back to, with the provider's answer. Rejects with `connect.timeout`. */
  answer: Promise<URL>
  close: () => void
}

type LoopbackOptions = { host: string; port: number; state: string; timeoutSeconds: number }

/** Starts waiting. Only an answer with our `state` counts: any page that is open in the browser could call this address. */
export async function waitForBrowser({ host, port, state, timeoutSeconds }: LoopbackOptions): Promise<Loopback> {
  const answered = Promise.withResolvers<URL>()
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '/', redirectUri) // null for what only a hostile page asks, such as //
    if (request.method !== 'GET' || url?.pathname !== '/') return say(response, 404, 'There is nothing here.')
    if (url.searchParams.get('state') !== state) return say(response, 400, 'This is not the answer that Duncan waits for.')
    say(response, 200, url.searchParams.has('code') ? 'Duncan has what it needs. You may close this window.' : 'Nobody was signed in. The terminal says why.')
    answered.resolve(url)
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    const remedy = 'Choose another one with --port.'
    throw new DuncanError('connect.port', `Duncan cannot wait for the browser on port ${port}.`, remedy, { cause: error })
  }
  const redirectUri = `http://${host}:${(server.address() as AddressInfo).port}/`
  const timer = setTimeout(() => answered.reject(tooLate()), timeoutSeconds * 1000)
  answered.promise.catch(() => undefined) // also when nobody waits any more
  return {
    redirectUri,
    answer: answered.promise,
    close: () => {
      clearTimeout(timer)
      server.close()
      server.closeIdleConnections()
    },
  }
}

const tooLate = () => new DuncanError('connect.timeout', 'Nobody signed in in time.', 'Run the command again when you are ready.')

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(`${text}\n`)
}
