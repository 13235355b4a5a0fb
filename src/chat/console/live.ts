import type { Response } from 'express'
import pg from 'pg'
import { z } from 'zod'
import { errorText, type Log } from '#platform'
import { chatNotices } from '../posts.ts'

const noticeSchema = z.object({ id: z.int(), surface: z.string(), channel: z.string(), parentId: z.int().nullable(), privateTo: z.int().nullable() })
type Notice = z.infer<typeof noticeSchema>
type Listener = { staffId: number; response: Response }

export type Live = { add: (staffId: number, response: Response) => void; start: () => Promise<void>; stop: () => Promise<void> }

const longestWait = 10_000
const beatEvery = 20_000

/** Tells open browsers of posts that any process wrote. A lost database connection is made again, and browsers are told to look anew. */
export function createLive({ url, surface, log }: { url: string; surface: string; log: Log }): Live {
  const listeners = new Set<Listener>()
  let connection: pg.Client | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined
  let beat: NodeJS.Timeout | undefined

  const write = (listener: Listener, event: string, data: unknown) => listener.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

  function tell(payload: string | undefined): void {
    const parsed = noticeSchema.safeParse(JSON.parse(payload ?? 'null'))
    if (!parsed.success || parsed.data.surface !== surface) return
    const { id, channel, parentId }: Notice = parsed.data
    for (const listener of listeners) {
      if (parsed.data.privateTo === null || parsed.data.privateTo === listener.staffId) write(listener, 'post', { id, channel, parentId })
    }
  }

  async function connect(wait: number): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true })
    let lost = false
    const onLost = (error?: Error): void => {
      if (lost || stopped) return
      lost = true
      log.warn({ problem: error && errorText(error) }, 'the console lost its database connection and makes a new one')
      retry = setTimeout(() => void connect(Math.min(wait * 2, longestWait)), wait)
    }
    client.on('error', onLost)
    client.on('end', () => onLost())
    client.on('notification', ({ payload }) => tell(payload))
    try {
      await client.connect()
      await client.query(`LISTEN ${chatNotices}`)
    } catch (error) {
      return onLost(error as Error)
    }
    if (stopped) return client.end()
    connection = client
    wait = 250
    // What was posted while nobody listened is not repeated by the database.
    for (const listener of listeners) write(listener, 'resync', {})
  }

  return {
    add: (staffId, response) => {
      const listener = { staffId, response }
      listeners.add(listener)
      response.on('close', () => listeners.delete(listener))
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
      response.write('retry: 1000\nevent: hello\ndata: {}\n\n')
    },
    start: async () => {
      beat = setInterval(() => listeners.forEach(({ response }) => response.write(': still here\n\n')), beatEvery)
      beat.unref()
      await connect(250)
    },
    stop: async () => {
      stopped = true
      clearTimeout(retry)
      clearInterval(beat)
      for (const { response } of listeners) response.end()
      await connection?.end().catch(() => undefined)
    },
  }
}
