import { errorText } from '#platform'
import type { Card } from '../card.ts'
import type { Copy, DeliverDeps } from './deliver-copy.ts'
import type { Step } from './next-step.ts'
import { DeliveryError, type DeliveryProblem } from './platform.ts'

/** How it went: `pauseMs` is how long the conversation must rest; `trouble` is for a person. `wrote`: whether the platform was asked for something. */
export type Delivered = { kind: 'done'; wrote: boolean } | { kind: 'later'; pauseMs: number } | { kind: 'trouble'; problem: string; pauseMs: number }

const longestBackoffMs = 5 * 60_000
const gonePauseMs = 15 * 60_000
/** Tries at a platform that is away before a person hears of it. */
const quietTries = 5
const refusedOnce = 'refused'

/** Whether the platform refused what the copy says, so that it is said in plain words. */
export const isRefused = ({ problem }: Pick<Copy, 'problem'>): boolean => problem === refusedOnce

/** Notes when a copy is tried again, and says how long its conversation rests. */
export async function settleFailure(deps: DeliverDeps, copy: Copy, error: unknown): Promise<Delivered> {
  // A fault of Duncan's own may have come after the message was taken.
  const why: DeliveryProblem = error instanceof DeliveryError ? error.why : { kind: 'unsure', problem: errorText(error) }
  deps.log.warn({ platform: deps.platform.name, copy: copy.id, why: why.kind, problem: 'problem' in why ? why.problem : undefined }, 'a card was not taken')
  // One that was claimed is looked for again, whatever went wrong this time.
  const status = copy.status === 'posting' ? 'posting' : 'waiting'
  const backoffMs = Math.min(deps.backoffMs * 2 ** copy.attempts, longestBackoffMs)
  switch (why.kind) {
    case 'busy':
      return later(deps, copy, status, why.retryAfterMs)
    case 'away':
      await later(deps, copy, status, backoffMs)
      return toldAfter(copy, why.problem, backoffMs)
    case 'unsure':
      await later(deps, copy, undefined, backoffMs)
      return toldAfter(copy, why.problem, backoffMs)
    case 'missing':
    case 'gone':
      await later(deps, copy, status, gonePauseMs)
      return { kind: 'trouble', problem: why.problem, pauseMs: gonePauseMs }
    case 'refused': {
      if (isRefused(copy)) return giveUp(deps, copy, why.problem)
      await deps.client.chatCopy.update({ where: { id: copy.id }, data: { problem: refusedOnce } })
      return later(deps, copy, 'waiting', 0)
    }
    default:
      return why satisfies never
  }
}

const toldAfter = ({ attempts }: Copy, problem: string, pauseMs: number): Delivered =>
  attempts + 1 < quietTries ? { kind: 'later', pauseMs } : { kind: 'trouble', problem, pauseMs }

/** Without a status it stays as it is in the database: a claim stands when it is not known what became of it. */
async function later({ client }: DeliverDeps, { id }: Copy, status: 'waiting' | 'posting' | undefined, pauseMs: number): Promise<Delivered> {
  await client.$executeRaw`
    UPDATE "ChatCopy" SET status = COALESCE(${status ?? null}, status), attempts = attempts + 1, "updatedAt" = now(),
      "dueAt" = now() + ${pauseMs} * interval '1 millisecond'
    WHERE id = ${id}`
  return { kind: 'later', pauseMs }
}

export async function giveUp({ client }: Pick<DeliverDeps, 'client'>, { id }: Copy, problem: string): Promise<Delivered> {
  await client.chatCopy.update({ where: { id }, data: { status: 'failed', problem } })
  return { kind: 'trouble', problem, pauseMs: 0 }
}

/**
 * Somebody took a message away, and nobody need hear of it. A card on which something is to be decided is written again, with what stood
 * under it; anything else stays away until it changes.
 */
export async function settleMissing(deps: DeliverDeps, copy: Copy, step: Step, card: Card): Promise<Delivered> {
  const { client, log, platform } = deps
  log.warn({ platform: platform.name, copy: copy.id }, 'a message that stood is gone')
  const { parentId } = copy.post
  if (step.kind !== 'write' && step.index > 0) {
    await client.chatCopy.update({ where: { id: copy.id }, data: { parts: copy.standing.slice(1).toSpliced(step.index - 1, 1), status: 'waiting' } })
    return { kind: 'done', wrote: true }
  }
  // The message above is gone: whether it is written again is seen where it is drawn.
  if (step.kind === 'write') await lookAt(deps, copy, parentId === null || step.index > 0 ? copy.postId : parentId)
  const isWrittenAgain = step.kind === 'change' && parentId === null && card.buttons.length > 0
  if (isWrittenAgain) await writeAgain(deps, copy)
  else if (step.index === 0) await client.chatCopy.update({ where: { id: copy.id }, data: { ...nothing, status: 'failed', problem: 'taken away' } })
  return { kind: 'done', wrote: true }
}

const nothing = { externalId: null, parts: [], shown: null }

async function lookAt({ client }: DeliverDeps, { platform, conversation }: Copy, postId: number): Promise<void> {
  const where = { postId, platform, conversation, externalId: { not: null } }
  await client.chatCopy.updateMany({ where, data: { shown: null, status: 'waiting', wanted: { increment: 1 } } })
}

async function writeAgain({ client }: DeliverDeps, { platform, conversation, postId }: Copy): Promise<void> {
  const where = { platform, conversation, status: { notIn: ['said', 'posting'] }, OR: [{ postId }, { post: { parentId: postId } }] }
  await client.chatCopy.updateMany({ where, data: { ...nothing, status: 'waiting' } })
}
