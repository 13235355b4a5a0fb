import { noPolicy, readRightsPolicy } from '#people'
import { type ChatBulkItemModel, type Db, fromInstant } from '#platform'
import type { ProposalView } from '#proposals'
import { proposalVersion } from '../cards/proposal-version.ts'
import { alikeOf } from './likeness.ts'
import { type BulkDeps, inTurn, mostInBulk } from './port.ts'

type Deps = Pick<BulkDeps, 'client' | 'clock' | 'bulks'>
type Place = Pick<ChatBulkItemModel, 'channel' | 'likeness' | 'version' | 'stake'>

/**
 * Puts a proposal where it belongs as it stands now: beside others like it on one card, once there are enough of them in its channel, or
 * on a card of its own. Returns the bulks whose cards may look different from now on.
 */
export async function sortIn({ client, clock, bulks }: Deps, view: ProposalView): Promise<number[]> {
  const standing = await client.chatBulkItem.findUnique({ where: { proposalId: view.id } })
  // What was approved with others, or shown separately, never comes back to others.
  if (standing?.status === 'taken' || standing?.status === 'apart') return idsOf(standing)
  const place = await placeOf(client, view)
  if (!place && !standing) return []
  if (place && standing && isSame(place, standing)) return idsOf(standing)
  return inTurn(client, async tx => {
    const before = await tx.chatBulkItem.findUnique({ where: { proposalId: view.id } })
    if (before?.status === 'taken' || before?.status === 'apart' || !(await isCurrent(tx, view))) return idsOf(before)
    const stays = place && before && place.channel === before.channel && place.likeness === before.likeness
    if (before && !stays) await tx.chatBulkItem.delete({ where: { proposalId: view.id } })
    if (before && !stays && before.bulkId !== null) await closeIfOver({ tx, clock, bulks }, before.bulkId)
    if (!place) return idsOf(before)
    if (stays) await tx.chatBulkItem.update({ where: { proposalId: view.id }, data: place })
    else await tx.chatBulkItem.create({ data: { ...place, proposalId: view.id, status: 'alone' } })
    const joined = stays ? before.bulkId : await join({ tx, clock, bulks }, view.id, place)
    return [...new Set([...idsOf(before), ...(joined === null ? [] : [joined])])]
  })
}

/** Whether nothing was decided since the proposal was read; whoever decides now waits. What is outdated is sorted by who made it so. */
async function isCurrent(tx: Db, { id, status, decisions }: ProposalView): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ status: string }[]>`SELECT status FROM "Proposal" WHERE id = ${id} FOR SHARE`
  return row?.status === status && (await tx.decision.count({ where: { proposalId: id } })) === decisions.length
}

const idsOf = (item: Pick<ChatBulkItemModel, 'bulkId'> | null): number[] => (item?.bulkId ? [item.bulkId] : [])

async function placeOf(db: Db, view: ProposalView): Promise<Place | undefined> {
  if (!alikeOf(view, noPolicy)) return undefined // most are not, whatever the settings say
  const alike = alikeOf(view, await readRightsPolicy(db))
  return alike && { channel: view.channel, likeness: alike.key, version: proposalVersion(view), stake: alike.stake }
}

const isSame = (a: Place, b: Place): boolean => a.channel === b.channel && a.likeness === b.likeness && a.version === b.version && a.stake.equals(b.stake)

type Inside = Pick<BulkDeps, 'clock' | 'bulks'> & { tx: Db }

/** Joins a bulk of its kind that has room, or begins one with all that wait alone, once they are enough; null when it stays alone. */
async function join({ tx, clock, bulks }: Inside, proposalId: number, { channel, likeness }: Place): Promise<number | null> {
  const from = bulks.from()
  if (from === 'never') return null
  const standing = await tx.chatBulk.findMany({
    where: { channel, likeness, closedAt: null },
    orderBy: { id: 'asc' },
    include: { _count: { select: { items: { where: { status: { in: ['folded', 'taken'] } } } } } },
  })
  const open = standing.find(({ _count }) => _count.items < mostInBulk)
  if (open) {
    await tx.chatBulkItem.update({ where: { proposalId }, data: { status: 'folded', bulkId: open.id } })
    return open.id
  }
  const alone = await tx.chatBulkItem.findMany({ where: { channel, likeness, status: 'alone' }, orderBy: { proposalId: 'asc' }, take: mostInBulk })
  if (alone.length < from) return null
  const { id } = await tx.chatBulk.create({ data: { channel, likeness, createdAt: fromInstant(clock.now()) } })
  const ids = alone.map(item => item.proposalId)
  await tx.chatBulkItem.updateMany({ where: { proposalId: { in: ids } }, data: { status: 'folded', bulkId: id } })
  await bulks.redraw(
    tx,
    ids.filter(other => other !== proposalId),
  )
  return id
}

/** Ends a bulk in which fewer than two wait and nothing is being approved; a last one gets its own card back. */
export async function closeIfOver({ tx, clock, bulks }: Inside, bulkId: number): Promise<void> {
  const left = await tx.chatBulkItem.findMany({ where: { bulkId, status: { in: ['folded', 'taken'] } }, take: 2 })
  if (left.length > 1 || left.some(({ status }) => status === 'taken')) return
  const ids = left.map(({ proposalId }) => proposalId)
  await tx.chatBulkItem.updateMany({ where: { proposalId: { in: ids } }, data: { status: 'alone', bulkId: null } })
  await tx.chatBulkRun.deleteMany({ where: { bulkId, status: 'offered' } })
  await tx.chatBulk.update({ where: { id: bulkId }, data: { closedAt: fromInstant(clock.now()) } })
  await bulks.redraw(tx, ids)
}

/** Whether the proposal's own card is no more than a line now. */
export const isFolded = async (db: Db, proposalId: number): Promise<boolean> =>
  (await db.chatBulkItem.count({ where: { proposalId, status: { in: ['folded', 'taken'] } } })) > 0
