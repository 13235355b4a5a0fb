import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { dunningActionOf, openEntriesOf } from '#dunning'
import { cancelMail } from '#mail'
import type { ProposalsDeps } from '../deps.ts'
import { cancelDispatch } from '../dunning/dispatch.ts'
import { whyStep } from '../dunning/why-step.ts'
import { announce, debtorFor, type Entering, settle, workOf } from '../entries/entering.ts'
import type { EntryProblem } from '../entries/entry.ts'
import { type EntryContent, entryContentSchema, rulesOf, stored } from '../entries/kinds/index.ts'
import type { EntryWhy } from '../entries/why.ts'
import { transaction } from '../propose.ts'
import { asJson } from '../store.ts'
import { whetherToFollow } from './whether-to-follow.ts'

/**
 * Follows new money of these debtors: follow-ups and reminders that wait say what is open now, or are over where nothing is; a mail of one that was approved
 * and waits to leave is stopped where its figures do not stand any more, and its entry waits for a decision again.
 */
export async function refreshFollowUps(deps: ProposalsDeps, debtorIds: number[]): Promise<void> {
  const ofGroups = await openEntriesOf(deps.client, debtorIds)
  const rows = await deps.client.debtorEntry.findMany({
    where: {
      OR: [{ debtorId: { in: debtorIds } }, { id: { in: ofGroups } }],
      kind: { in: ['follow_up', 'dunning', 'hand_over'] },
      status: { in: ['proposed', 'done'] },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of rows) await deps.client.$transaction(tx => refreshEntry(tx, deps, id), transaction)
}

const resultSchema = z.object({ outboundMailId: z.int().optional(), dispatchId: z.int().optional() })

/** The same of one entry that waits; returns what keeps it from being written as things stand now. */
export async function refreshEntry(tx: Entering['tx'], deps: ProposalsDeps, id: number): Promise<EntryProblem | undefined> {
  await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE id = ${id} FOR UPDATE`
  const entry = await tx.debtorEntry.findUniqueOrThrow({ where: { id } })
  const debtor = await debtorFor(tx, undefined, entry.debtorId)
  const { outboundMailId, dispatchId } = resultSchema.safeParse(entry.result).data ?? {}
  const mail = await sentBy(tx, id)
  const isWaiting = entry.status === 'proposed' || (entry.status === 'done' && mail?.state === 'scheduled')
  if (!debtor || !isWaiting) return undefined
  const entering: Entering = { tx, deps, debtor, surface: 'duncan' }
  const content = entryContentSchema.parse(entry.payload)
  const prepared = await rulesOf(content.kind).prepare(workOf(entering), content, [])
  const isOver = 'code' in prepared && prepared.code === 'nothing_open'
  if ('code' in prepared && !isOver) return prepared
  if (!isOver && isDeepStrictEqual(asJson(prepared), entry.payload)) return undefined
  if (outboundMailId !== undefined && !(await cancelMail(tx, outboundMailId))) return undefined
  if (dispatchId !== undefined && !(await cancelDispatch(tx, dispatchId))) return undefined
  if (isOver) return void (await settle(entering, entry, 'superseded'))
  const why = await whyNow(tx, prepared as EntryContent, deps.clock.today(debtor.administration.timeZone).toString())
  const written = { ...stored(prepared as EntryContent), version: entry.version + 1, ...(why && { why: asJson(why) }) }
  const anew = { ...written, firstVoteById: null, event: 'entry.reopened' }
  if (entry.status === 'done') return void (await settle(entering, entry, 'proposed', anew))
  await tx.debtorEntry.update({ where: { id }, data: written })
  await announce(entering, entry)
  return undefined
}

/** How its mail stands, or what it sends otherwise. */
const sentBy = async (tx: Entering['tx'], entryId: number): Promise<{ state: string } | null> =>
  (await tx.outboundMail.findUnique({ where: { entryId }, select: { state: true } })) ?? tx.dispatch.findUnique({ where: { entryId }, select: { state: true } })

/** Why it was opened, with the figures of now. */
async function whyNow(tx: Entering['tx'], content: EntryContent, today: string): Promise<EntryWhy | undefined> {
  if (content.kind === 'follow_up') return (await whetherToFollow(tx, content.about, content.refId, today))?.why
  const action = content.kind === 'dunning' || content.kind === 'hand_over' ? await dunningActionOf(tx, content.actionId) : undefined
  return action && whyStep(action)
}
