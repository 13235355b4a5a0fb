import pg from 'pg'
import { type Clock, type DbClient, errorText, type Log, type Ops } from '#platform'
import { chatNotices } from '../posts.ts'
import { type Bell, createBell } from './bell.ts'
import { type DeliverDeps, deliverCopy } from './deliver-copy.ts'
import { createPacer, type Pace } from './pacer.ts'
import type { ChatPlatform, PlatformName } from './platform.ts'
import { createReaderWatch } from './watch-readers.ts'

export type DeliveryDeps = Omit<DeliverDeps, 'platform'> & {
  client: DbClient
  clock: Clock
  /** The database again, for the one connection that keeps the lock and listens. */
  url: string
  log: Log
  ops: Pick<Ops, 'raise' | 'resolve'>
  platforms: readonly ChatPlatform[]
  pace: Record<PlatformName, Pace>
}

export type Delivery = { start: () => void; stop: () => Promise<void> }

/** Posts that are written by a process that then dies, with its notice unheard, are found within this time. */
const sweepMs = 5000
const together = 8
const faultPauseMs = 1000
/** A claimed copy may still be on its way from a process that lost its lock: no request takes longer than this. */
const longestRequestSeconds = 15

/**
 * Keeps the copies of posts on the chat platforms as the posts are. For each platform one process does it, whoever has the lock; the
 * lock ends with its connection, and then another process goes on where the copies say that this one stopped.
 */
export function createDelivery({ client, clock, url, log, ops, platforms, pace, ...deps }: DeliveryDeps): Delivery {
  let stopped = false
  const isStopped = (): boolean => stopped
  const running = new Map<Bell, Promise<void>>()

  async function run(platform: ChatPlatform, bell: Bell): Promise<void> {
    while (!isStopped()) {
      const connection = new pg.Client({ connectionString: url, keepAlive: true })
      let lost = false
      const isOver = (): boolean => stopped || lost
      const onLost = (): void => {
        lost = true
        bell.ring()
      }
      connection.on('error', onLost)
      connection.on('end', onLost)
      connection.on('notification', bell.ring)
      try {
        await connection.connect()
        await connection.query(`LISTEN ${chatNotices}`)
        while (!isOver() && !(await takeLock(connection, platform))) await bell.wait(sweepMs)
        if (!isOver()) await deliverAll(platform, bell, isOver)
      } catch (error) {
        log.warn({ platform: platform.name, problem: errorText(error) }, 'cards are not delivered for the moment')
        if (!stopped) await bell.wait(sweepMs)
      } finally {
        await connection.end().catch(() => undefined)
      }
    }
  }

  /** Delivers what is due, conversation by conversation, until told to end; then what is on its way comes to its end. */
  async function deliverAll(platform: ChatPlatform, bell: Bell, isOver: () => boolean): Promise<void> {
    const pacer = createPacer(pace[platform.name])
    const watchReaders = createReaderWatch({ client, clock, ops, log }, platform)
    let watching: Promise<void> | undefined
    const onTheirWay = new Map<string, Promise<void>>()
    const troubled = new Set(await openTroubles(client, platform.name))

    async function deliver({ id, conversation }: Due): Promise<void> {
      pacer.rest(conversation, performance.now() + faultPauseMs)
      const outcome = await deliverCopy({ ...deps, client, log, platform }, id)
      const now = performance.now()
      // From when the platform has answered: two messages must not come closer together than it allows, however slow the first one was.
      if (outcome.kind !== 'done' || outcome.wrote) pacer.wrote(conversation, now)
      pacer.rest(conversation, outcome.kind === 'done' ? now : now + outcome.pauseMs)
      if (outcome.kind === 'trouble') {
        troubled.add(conversation)
        await ops.raise(troubleWith(platform.name, conversation, outcome.problem))
      } else if (outcome.kind === 'done' && outcome.wrote && troubled.delete(conversation)) await ops.resolve(troubleKey(platform.name, conversation))
    }

    while (!isOver()) {
      watching ??= watchReaders()
        .catch((error: unknown) => log.error({ err: error, platform: platform.name }, 'who reads the channels could not be looked at'))
        .finally(() => {
          watching = undefined
        })
      const now = performance.now()
      const resting = [...new Set([...pacer.resting(now), ...onTheirWay.keys()])]
      const room = pacer.isReady(now) ? together - onTheirWay.size : 0
      const due = room > 0 ? await dueCopies(client, platform.name, resting, room) : []
      for (const copy of due) {
        const work = deliver(copy)
          .catch((error: unknown) => log.error({ err: error, copy: copy.id }, 'a card could not be delivered'))
          .finally(() => {
            onTheirWay.delete(copy.conversation)
            bell.ring()
          })
        onTheirWay.set(copy.conversation, work)
      }
      if (due.length > 0) continue
      const next = Math.min(sweepMs, Math.max(1, (pacer.nextAt(performance.now()) ?? Infinity) - performance.now()))
      if (!isOver()) await bell.wait(next)
    }
    await Promise.all([...onTheirWay.values(), watching])
  }

  return {
    start: () => {
      for (const platform of platforms) {
        const bell = createBell()
        running.set(bell, run(platform, bell))
      }
    },
    stop: async () => {
      stopped = true
      for (const bell of running.keys()) bell.ring()
      await Promise.all(running.values())
    },
  }
}

type Due = { id: number; conversation: string }

async function takeLock(connection: pg.Client, { name }: ChatPlatform): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [`chat delivery ${name}`])
  return rows[0]?.taken === true
}

/** The copy of the oldest post that is due in each conversation that may be written to now; a reply only under a message that stands. */
async function dueCopies(client: DbClient, platform: PlatformName, resting: string[], limit: number): Promise<Due[]> {
  return client.$queryRaw<Due[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (c.conversation) c.id, c.conversation, c."dueAt", p.id AS post
      FROM "ChatCopy" c JOIN "ChatPost" p ON p.id = c."postId"
      LEFT JOIN "ChatCopy" parent ON parent."postId" = p."parentId" AND parent.platform = c.platform AND parent.conversation = c.conversation
      WHERE c.platform = ${platform} AND c."dueAt" <= now() AND c.conversation <> ALL(${resting}::text[])
        AND (c.status = 'waiting' OR (c.status = 'posting' AND c."updatedAt" < now() - ${longestRequestSeconds} * interval '1 second'))
        AND (p."parentId" IS NULL OR parent."externalId" IS NOT NULL)
      ORDER BY c.conversation, p.id
    ) due ORDER BY "dueAt", post LIMIT ${limit}`
}

const troubleKey = (platform: PlatformName, conversation: string): string => `chat:${platform}:${conversation}`

const troubleWith = (platform: PlatformName, conversation: string, problem: string) => ({
  key: troubleKey(platform, conversation),
  problem: `Cards do not reach the conversation ${conversation} on ${platform}: ${problem}`,
  remedy: 'They wait and are tried again. `duncan doctor` checks the connection; see that the conversation exists and Duncan is in it.',
})

async function openTroubles(client: DbClient, platform: PlatformName): Promise<string[]> {
  const prefix = troubleKey(platform, '')
  const open = await client.opsAlert.findMany({ where: { key: { startsWith: prefix }, resolvedAt: null }, select: { key: true } })
  return open.map(({ key }) => key.slice(prefix.length))
}
