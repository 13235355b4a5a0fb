import { createHash } from 'node:crypto'
import { type DbClient, errorText, type Log } from '#platform'
import type { Card } from '../card.ts'
import { asPost, type Post } from '../posts.ts'
import { placeOf } from './conversations.ts'
import { type ChatPlatform, DeliveryError, type DeliveryProblem, type Place } from './platform.ts'

export type DeliverDeps = {
  client: DbClient
  log: Log
  platform: ChatPlatform
  /** The card as the readers of a conversation may see it. */
  cardFor: (platform: ChatPlatform, post: Post, place: Place) => Promise<Card>
  /** A card that every platform takes: plain words, and the way to the console. For a card that one refused. */
  plainCard: (post: Post) => Card
  /** Rest after the first failed try, in milliseconds; it doubles from try to try. */
  backoffMs: number
}

/** How it went: `pauseMs` is how long the conversation must rest; `trouble` is for a person. */
export type Delivered = { kind: 'done' } | { kind: 'later'; pauseMs: number } | { kind: 'trouble'; problem: string; pauseMs: number }

const longestBackoffMs = 5 * 60_000
const gonePauseMs = 15 * 60_000
/** Tries at a platform that is away before a person hears of it. */
const quietTries = 5
const refusedOnce = 'refused'

/** Brings one copy up to its post. A copy is claimed before it is posted, and one that was claimed is looked for before it is posted again. */
export async function deliverCopy(deps: DeliverDeps, copyId: number): Promise<Delivered> {
  const copy = await readCopy(deps.client, copyId)
  if (!copy) return { kind: 'done' }
  const { client, platform } = deps
  try {
    const post = asPost(copy.post)
    const place = await placeOf(client, platform, copy)
    if (!place) return await giveUp(deps, copy, 'The platform opens no conversation with this person.')
    const card = copy.problem === refusedOnce ? deps.plainCard(post) : await deps.cardFor(platform, post, place)
    const hash = createHash('sha256').update(JSON.stringify(card)).digest('hex')
    const standing = copy.externalId ?? (copy.status === 'posting' ? await platform.find(place, markOf(copy), copy.createdAt) : undefined)
    if (standing === undefined) await client.$executeRaw`UPDATE "ChatCopy" SET status = 'posting', "updatedAt" = now() WHERE id = ${copy.id}`
    const externalId = standing ?? (await platform.post(place, card, markOf(copy)))
    if (standing !== undefined && copy.shown !== hash) await platform.update(place, standing, card, markOf(copy))
    // A post that was drawn again meanwhile still waits; so does a message that was to be drawn anew, whatever it shows.
    await client.$executeRaw`
      UPDATE "ChatCopy" SET "externalId" = ${externalId}, shown = CASE WHEN wanted = ${copy.wanted} THEN ${hash} END, attempts = 0, "updatedAt" = now(),
        status = CASE WHEN wanted = ${copy.wanted} THEN 'standing' ELSE 'waiting' END
      WHERE id = ${copy.id}`
    return { kind: 'done' }
  } catch (error) {
    return settleFailure(deps, copy, error)
  }
}

/** What tells a copy from every other message, also after its id was lost. */
const markOf = ({ id, createdAt }: Copy): string => `${id}.${createdAt.getTime()}`

type Copy = NonNullable<Awaited<ReturnType<typeof readCopy>>>

async function readCopy(client: DbClient, id: number) {
  const copy = await client.chatCopy.findUnique({ where: { id }, include: { post: true } })
  const parent = copy?.post.parentId
    ? await client.chatCopy.findFirst({ where: { postId: copy.post.parentId, platform: copy.platform, conversation: copy.conversation } })
    : undefined
  return copy && { ...copy, replyTo: parent?.externalId ?? undefined }
}

async function settleFailure(deps: DeliverDeps, copy: Copy, error: unknown): Promise<Delivered> {
  const why: DeliveryProblem = error instanceof DeliveryError ? error.why : { kind: 'away', problem: errorText(error) }
  deps.log.warn({ platform: deps.platform.name, copy: copy.id, why: why.kind, problem: 'problem' in why ? why.problem : undefined }, 'a card was not taken')
  // One that may stand already is looked for again, whatever went wrong this time.
  const status = copy.status === 'posting' && copy.externalId === null ? 'posting' : 'waiting'
  const backoffMs = Math.min(deps.backoffMs * 2 ** copy.attempts, longestBackoffMs)
  switch (why.kind) {
    case 'busy':
      return later(deps, copy, status, why.retryAfterMs)
    case 'away': {
      await later(deps, copy, status, backoffMs)
      return copy.attempts + 1 < quietTries ? { kind: 'later', pauseMs: backoffMs } : { kind: 'trouble', problem: why.problem, pauseMs: backoffMs }
    }
    case 'unsure':
      return later(deps, copy, copy.externalId === null ? 'posting' : 'waiting', backoffMs)
    case 'gone':
      await later(deps, copy, status, gonePauseMs)
      return { kind: 'trouble', problem: why.problem, pauseMs: gonePauseMs }
    case 'refused': {
      if (copy.problem === refusedOnce) return giveUp(deps, copy, why.problem)
      await deps.client.chatCopy.update({ where: { id: copy.id }, data: { problem: refusedOnce } })
      return later(deps, copy, 'waiting', 0)
    }
    default:
      return why satisfies never
  }
}

async function later({ client }: DeliverDeps, { id }: Copy, status: 'waiting' | 'posting', pauseMs: number): Promise<Delivered> {
  await client.$executeRaw`
    UPDATE "ChatCopy" SET status = ${status}, attempts = attempts + 1, "updatedAt" = now(), "dueAt" = now() + ${pauseMs} * interval '1 millisecond'
    WHERE id = ${id}`
  return { kind: 'later', pauseMs }
}

async function giveUp({ client }: DeliverDeps, { id }: Copy, problem: string): Promise<Delivered> {
  await client.chatCopy.update({ where: { id }, data: { status: 'failed', problem } })
  return { kind: 'trouble', problem, pauseMs: 0 }
}
