import type { TestContext } from 'node:test'
import { createOps, fixedClock, silentLog } from '#platform'
import { type Card, type CardInput, cardSchema } from '../../../src/chat/card.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { createDesk } from '../../../src/chat/platforms/create-desk.ts'
import { createDelivery } from '../../../src/chat/platforms/delivery.ts'
import { plainCard, shownCard } from '../../../src/chat/platforms/shown-card.ts'
import { chatNotices, putPost } from '../../../src/chat/posts.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { eventually } from '../../support/app.ts'
import { createTestDatabase } from '../../support/database.ts'
import { atOnce, recordedPlatform } from './recorded-platform.ts'

/** A card with no more than a title; `guarded`: what it says where it is not known who reads. */
export const cardOf = (title: string, more: Partial<CardInput> = {}): Card => cardSchema.parse({ title, elements: [], fallback: title, ...more })

type Options = {
  channels?: Record<string, string>
  digests?: Record<string, string[]>
  /** What conversations show: every post whole, or what their readers may see. */
  shows?: 'everything' | 'what readers may see'
  finds?: boolean
}

/** Delivery on a database, beside a chat platform in memory. The channel "debtors" stands in the conversation C1. */
export async function createWorld(
  t: Pick<TestContext, 'after'>,
  { channels = { debtors: 'C1' }, digests = {}, shows = 'everything', finds = true }: Options = {},
) {
  const database = await createTestDatabase(t)
  const { client } = database
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const section = chatKind.schema.parse({ slack: { workspace: 'T1', channels }, digests })
  await client.$transaction(tx => chatKind.project?.(tx, section) ?? Promise.resolve())
  const recorded = recordedPlatform('slack', { finds })
  const alerts: string[] = []
  const ops = createOps(client, { send: async () => undefined })
  const shown = { client, clock, words: wordsOf('en'), publicUrl: 'https://duncan.example' }
  const raise: typeof ops.raise = async alert => {
    alerts.push(alert.problem)
    await ops.raise(alert)
  }
  /** Starts one process that delivers. */
  const start = () => {
    const delivery = createDelivery({
      client,
      clock,
      url: database.url,
      log: silentLog,
      ops: { raise, resolve: ops.resolve },
      platforms: [recorded.platform],
      pace: atOnce,
      backoffMs: 1,
      cardFor: async (platform, post, place) => (shows === 'everything' ? post.card : shownCard(shown, platform, post, place)),
      plainCard: card => (shows === 'everything' ? cardOf(`plain: ${card.fallback}`) : plainCard(shown, card)),
    })
    delivery.start()
    t.after(delivery.stop)
    return delivery
  }
  const post = (subject: string, card: string | Card, rest: { channel?: string; parentId?: number; privateTo?: number } = {}) =>
    putPost(client, clock, { surface: 'console', channel: 'debtors', subject, ...rest }, typeof card === 'string' ? cardOf(card) : card)
  /** Waits until so many copies stand as their posts; what is unsure is taken up at once. */
  const settled = (count: number) =>
    eventually(`${count} copies stand as their posts`, async () => {
      await hurry()
      const copies = await client.chatCopy.findMany()
      return copies.length === count && copies.every(({ status }) => status === 'standing') ? copies : undefined
    })
  /** Waits until so many messages stand. */
  const stands = (count: number) => eventually(`${count} messages stand`, () => (recorded.standing.length === count ? true : undefined))
  /** What is unsure rests until no request for it can be under way; here none is after a moment. */
  const hurry = async () => {
    await client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now() WHERE status IN ('waiting', 'posting') AND "dueAt" > now()`
    await client.$executeRaw`UPDATE "ChatCopy" SET "updatedAt" = now() - interval '1 minute'
      WHERE status = 'posting' AND "updatedAt" BETWEEN now() - interval '30 seconds' AND now() - interval '20 milliseconds'`
    await client.$executeRaw`SELECT pg_notify(${chatNotices}, '{}')`
  }
  const desk = createDesk({
    client,
    clock,
    platform: () => recorded.platform,
    linksByEmail: () => false,
    chat: { click: async () => ({ kind: 'done' }), command: async () => ({ kind: 'done' }), home: async () => cardOf('home') },
  })
  return { database, client, clock, recorded, alerts, desk, start, post, settled, stands, hurry }
}
