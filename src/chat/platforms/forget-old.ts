import { type Clock, type DbClient, fromInstant } from '#platform'
import { copiesKeptDays, waitingPosts } from './copies.ts'

/** Platforms deliver again within hours; this long it is known what came already. */
const deliveriesKeptDays = 7

/**
 * Forgets what platforms delivered a week ago, and where cards stand that were settled more than a year ago: those messages stay as they
 * are from then on. Returns how many of each; `dryRun` only counts.
 */
export async function forgetOld({ client, clock }: { client: DbClient; clock: Clock }, dryRun = false): Promise<{ deliveries: number; copies: number }> {
  const before = (days: number) => fromInstant(clock.now().subtract({ hours: 24 * days }))
  const received = { receivedAt: { lt: before(deliveriesKeptDays) } }
  const old = await client.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM "ChatCopy" c JOIN "ChatPost" p ON p.id = c."postId" LEFT JOIN "ChatPost" root ON root.id = p."parentId"
    WHERE p."updatedAt" < ${before(copiesKeptDays)}
      AND COALESCE(root."updatedAt", p."updatedAt") < ${before(copiesKeptDays)} AND COALESCE(root.id, p.id) NOT IN (${waitingPosts})`
  const ids = old.map(({ id }) => id)
  if (dryRun) return { deliveries: await client.chatDelivery.count({ where: received }), copies: ids.length }
  const { count } = await client.chatDelivery.deleteMany({ where: received })
  const copies = await client.$executeRaw`DELETE FROM "ChatCopy" WHERE id = ANY(${ids}::int[])`
  return { deliveries: count, copies }
}
