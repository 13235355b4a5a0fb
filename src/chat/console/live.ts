import { createHash } from 'node:crypto'
import type { Response } from 'express'
import pg from 'pg'
import { z } from 'zod'
import { liveSessions, type SessionDeps, type SignedIn, type Staff } from '#people'
import { errorText, type Log } from '#platform'
import { chatNotices } from '../posts.ts'
import { postsInSight } from '../posts-in-sight.ts'

const noticeSchema = z.object({ id: z.int(), surface: z.string() })
type Listener = { tokenHash: string; response: Response }

export type Live = {
  add: (signedIn: SignedIn, response: Response) => void
  /** Has every open page look now whether its person still sees what it shows. */
  recheck: () => void
  start: () => Promise<void>
  stop: () => Promise<void>
}
/** Changes when what a person may see or do does; says nothing of it. */
export const markOf = ({ role, administrations, mailboxes, language }: Staff): string =>
  createHash('sha256')
    .update(JSON.stringify([role, administrations, mailboxes, language]))
    .digest('base64url')
    .slice(0, 16)

export type LiveDeps = { sessions: SessionDeps; url: string; surface: string; log: Log }

const longestWait = 10_000
const beatEvery = 20_000

/**
 * Tells open browsers of posts that any process wrote, each browser only of what its person may see at that moment. A session that ends
 * ends its stream. A lost database connection is made again, and browsers are told to look anew. Every 20 seconds a beat says what its
 * person's rights are, as a mark: a page that hears another one than before starts anew, and others look whether their cards are still theirs.
 */
export function createLive({ sessions, url, surface, log }: LiveDeps): Live {
  const { client } = sessions
  const listeners = new Set<Listener>()
  let connection: pg.Client | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined
  let beat: NodeJS.Timeout | undefined

  const write = (listener: Listener, event: string, data: unknown) => listener.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

  async function tell(payload: string | undefined): Promise<void> {
    const parsed = noticeSchema.safeParse(JSON.parse(payload ?? 'null'))
    if (!parsed.success || parsed.data.surface !== surface || listeners.size === 0) return
    const post = await client.chatPost.findUnique({ where: { id: parsed.data.id }, omit: { card: true } })
    if (!post) return
    const { id, channel, parentId } = post
    const seen = new Map<string, boolean>()
    for (const { listener, staff } of await standing()) {
      // Colleagues with the same rights see the same: they are asked about once.
      const sameSight = JSON.stringify([staff.role, staff.administrations, staff.mailboxes, staff.ownAccounts && staff.key, post.privateTo === staff.id])
      const isSeen = seen.get(sameSight) ?? (await postsInSight(client, staff, [post])).length > 0
      seen.set(sameSight, isSeen)
      if (isSeen) write(listener, 'post', { id, channel, parentId })
    }
  }

  /** The browsers whose sessions still stand, with their people as they are now; the others are hung up on. */
  async function standing(): Promise<{ listener: Listener; staff: Staff }[]> {
    const open = [...listeners]
    const found = await liveSessions(
      sessions,
      open.map(({ tokenHash }) => tokenHash),
    )
    const staffOf = new Map(found.map(({ tokenHash, staff }) => [tokenHash, staff]))
    return open.flatMap(listener => {
      const staff = staffOf.get(listener.tokenHash)
      if (!staff) listener.response.end()
      return staff ? [{ listener, staff }] : []
    })
  }

  // One after the other, so that a browser hears of changes in their order.
  let work = Promise.resolve()
  function next(step: () => Promise<void>): void {
    work = work.then(step).catch((error: unknown) => log.warn({ problem: errorText(error) }, 'open browsers could not be told of a change'))
  }

  async function stillHere(): Promise<void> {
    for (const { listener, staff } of await standing()) write(listener, 'beat', { as: markOf(staff) })
  }

  async function connect(wait: number): Promise<void> {
    const listening = new pg.Client({ connectionString: url, keepAlive: true })
    let lost = false
    const onLost = (error?: Error): void => {
      if (lost || stopped) return
      lost = true
      log.warn({ problem: error && errorText(error) }, 'the console lost its database connection and makes a new one')
      retry = setTimeout(() => void connect(Math.min(wait * 2, longestWait)), wait)
    }
    listening.on('error', onLost)
    listening.on('end', () => onLost())
    listening.on('notification', ({ payload }) => next(() => tell(payload)))
    try {
      await listening.connect()
      await listening.query(`LISTEN ${chatNotices}`)
    } catch (error) {
      return onLost(error as Error)
    }
    if (stopped) return listening.end()
    connection = listening
    wait = 250
    // What was posted while nobody listened is not repeated by the database.
    for (const listener of listeners) write(listener, 'resync', {})
  }

  return {
    recheck: () => next(stillHere),
    add: ({ tokenHash, staff }, response) => {
      const listener = { tokenHash, response }
      listeners.add(listener)
      response.on('close', () => listeners.delete(listener))
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
      response.write('retry: 1000\n')
      write(listener, 'hello', { as: markOf(staff) })
    },
    start: async () => {
      beat = setInterval(() => next(stillHere), beatEvery)
      beat.unref()
      await connect(250)
    },
    stop: async () => {
      stopped = true
      clearTimeout(retry)
      clearInterval(beat)
      for (const { response } of listeners) response.end()
      await connection?.end().catch(() => undefined)
      await work
    },
  }
}
