import { createHash } from 'node:crypto'
import type { DbClient, Log } from '#platform'
import type { Card } from '../card.ts'
import { asPost, type Post } from '../posts.ts'
import { placeOf } from './conversations.ts'
import { nextStep, partsSchema, type Standing, type Step } from './next-step.ts'
import { type ChatPlatform, DeliveryError, type Page, type Place } from './platform.ts'
import { type Delivered, giveUp, isRefused, settleFailure, settleMissing } from './settle-failure.ts'

export type DeliverDeps = {
  client: DbClient
  log: Log
  platform: ChatPlatform
  /** The card as the readers of a conversation may see it. */
  cardFor: (platform: ChatPlatform, post: Post, place: Place) => Promise<Card>
  /** A card that every platform takes: plain words, and the way to the console. For a card that one refused. */
  plainCard: (card: Card) => Card
  /** Rest after the first failed try, in milliseconds; it doubles from try to try. */
  backoffMs: number
}

/**
 * Brings one copy one message nearer to its post: a card may be several messages. A message is claimed before it is written, and one that
 * was claimed is looked for before it is written again.
 */
export async function deliverCopy(deps: DeliverDeps, copyId: number): Promise<Delivered> {
  const { client, platform } = deps
  const copy = await readCopy(client, copyId)
  if (!copy) return { kind: 'done', wrote: false }
  let taken: { step: Step; card: Card } | undefined
  try {
    const place = await placeOf(client, platform, copy)
    if (!place) return await giveUp(deps, copy, 'The platform opens no conversation with this person.')
    if (copy.status === 'posting') return await recover(deps, copy, place)
    const whole = await deps.cardFor(platform, asPost(copy.post), place)
    const card = isRefused(copy) ? deps.plainCard(whole) : whole
    const pages = await platform.draw(place, card, markOf(copy, 0))
    const next = nextStep(copy.standing, pages.map(hashOf))
    if (!next) {
      await keep(client, copy, { isLast: true })
      return { kind: 'done', wrote: false }
    }
    taken = { step: next.step, card }
    return await take(deps, copy, place, pages, next)
  } catch (error) {
    if (taken && error instanceof DeliveryError && error.why.kind === 'missing') return settleMissing(deps, copy, taken.step, taken.card)
    return settleFailure(deps, copy, error)
  }
}

export type Copy = NonNullable<Awaited<ReturnType<typeof readCopy>>>

async function readCopy(client: DbClient, id: number) {
  const copy = await client.chatCopy.findUnique({ where: { id }, include: { post: true } })
  if (!copy) return undefined
  const { externalId, shown, platform, conversation, post } = copy
  const parent = post.parentId === null ? null : await client.chatCopy.findFirst({ where: { postId: post.parentId, platform, conversation } })
  const standing: Standing[] = externalId === null ? [] : [{ id: externalId, shown }, ...partsSchema.parse(copy.parts)]
  return { ...copy, standing, replyTo: parent?.externalId ?? undefined }
}

/** What tells a message of a copy from every other one, also after its id was lost. */
const markOf = ({ id, createdAt }: Copy, index: number): string => `${id}.${createdAt.getTime()}${index === 0 ? '' : `+${index + 1}`}`

/** What follows a card stands in its thread. */
const placeOfPage = (place: Place, { externalId }: Copy, index: number): Place =>
  index === 0 || externalId === null ? place : { ...place, replyTo: place.replyTo ?? externalId }

const hashOf = (page: Page): string => createHash('sha256').update(JSON.stringify(page)).digest('hex')

async function take({ client, platform }: DeliverDeps, copy: Copy, place: Place, pages: readonly Page[], { step, isLast }: { step: Step; isLast: boolean }) {
  const { index } = step
  if (step.kind === 'remove') {
    await platform.remove(place, step.id)
    await keep(client, copy, { isLast, standing: copy.standing.slice(0, index) })
    return { kind: 'done', wrote: true } as const
  }
  const page = pages[index] ?? {}
  if (step.kind === 'write' && !(await claim(client, copy))) return { kind: 'done', wrote: false } as const
  const at = placeOfPage(place, copy, index)
  const id = step.kind === 'write' ? await platform.post(at, page, markOf(copy, index)) : step.id
  if (step.kind === 'change') await platform.update(at, id, page, markOf(copy, index))
  const isKept = await keep(client, copy, { isLast, standing: copy.standing.toSpliced(index, 1, { id, shown: hashOf(page) }), changed: index })
  // Meanwhile somebody pressed the message that was taken for lost, or the post is gone: this one is one too many.
  if (!isKept && step.kind === 'write') await platform.remove(at, id)
  return { kind: 'done', wrote: true } as const
}

/** Whoever else has this copy in hand, by a lock that was lost, finds it claimed. */
async function claim(client: DbClient, { id, status, updatedAt }: Copy): Promise<boolean> {
  const count = await client.$executeRaw`
    UPDATE "ChatCopy" SET status = 'posting', "updatedAt" = now() WHERE id = ${id} AND status = ${status} AND "updatedAt" = ${updatedAt}`
  return count === 1
}

/** A message that was claimed and of which nothing was heard: it is looked for, and written only when it does not stand. */
async function recover({ client, platform }: DeliverDeps, copy: Copy, place: Place): Promise<Delivered> {
  const index = copy.standing.length
  const found = await platform.find(placeOfPage(place, copy, index), markOf(copy, index), copy.createdAt)
  await keep(client, copy, { isLast: false, ...(found !== undefined && { standing: [...copy.standing, { id: found, shown: null }], changed: index }) })
  return { kind: 'done', wrote: true }
}

/**
 * Keeps what stands now; false when the copy is another one than it was. A post that was drawn again meanwhile still waits, and so does a
 * message that was to be drawn anew, whatever it shows.
 */
async function keep(
  client: DbClient,
  { id, wanted, externalId, standing }: Copy,
  now: { isLast: boolean; standing?: readonly Standing[]; changed?: number },
): Promise<boolean> {
  const [root, ...parts] = now.standing ?? standing
  const isRoot = now.changed === 0
  const count = await client.$executeRaw`
    UPDATE "ChatCopy" SET "externalId" = ${root?.id ?? null}, parts = ${JSON.stringify(parts)}::jsonb,
      shown = CASE WHEN ${isRoot} THEN CASE WHEN wanted = ${wanted} THEN ${root?.shown ?? null} END ELSE shown END, attempts = 0, "updatedAt" = now(),
      status = CASE WHEN wanted = ${wanted} AND ${now.isLast} THEN 'standing' ELSE 'waiting' END
    WHERE id = ${id} AND "externalId" IS NOT DISTINCT FROM ${externalId}`
  return count === 1
}
