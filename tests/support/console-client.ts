export type Answer<T = unknown> = { status: number; body: T; headers: Headers }

/** A browser without a page: signs in by a link, keeps the cookie, calls the console's interface as the page would. */
export function createConsoleClient(base: string) {
  let cookie = ''

  async function call<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(`${base}/api${path}`, {
      method,
      headers: { 'x-duncan': '1', origin: base, cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const [set] = response.headers.getSetCookie()
    if (set) cookie = set.split(';')[0] ?? ''
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T, headers: response.headers }
  }

  return {
    call,
    get: <T = any>(path: string) => call<T>('GET', path),
    post: <T = any>(path: string, body: unknown = {}) => call<T>('POST', path, body),
    signIn: (link: string) => call('POST', '/sign-in', { token: new URL(link).hash.slice(1) }),
    cookie: () => cookie,
    /** The live updates; `next` waits for the next one of a name, `close` hangs up. */
    async events() {
      const abort = new AbortController()
      const response = await fetch(`${base}/api/events`, { headers: { cookie }, signal: abort.signal })
      const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      const next = async (name: string): Promise<any> => {
        for (;;) {
          const found = new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`).exec(text)
          if (found) {
            text = text.slice(found.index + found[0].length)
            return JSON.parse(found[1] ?? 'null')
          }
          const { value, done } = await reader.read()
          if (done) throw new Error(`the stream ended before ${name}`)
          text += value
        }
      }
      return { status: response.status, next, close: () => abort.abort() }
    },
  }
}
