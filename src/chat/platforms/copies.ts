import { type ChatPostModel, type Db, Prisma } from '#platform'
import { consoleSurface } from '../surface.ts'

/** So long after a card was settled it is known where its copies stand; then they are let go, and a change makes no new ones. */
export const copiesKeptDays = 400

/** Ids of the posts that somebody has yet to do something about. */
export const waitingPosts = Prisma.sql`
  SELECT p.id FROM "ChatPost" p JOIN "Proposal" r ON p.subject = 'proposal:' || r.id WHERE r.status IN ('open', 'awaiting_second', 'snoozed')
  UNION SELECT p.id FROM "ChatPost" p JOIN "ChatBulk" b ON p.subject = 'bulk:' || b.id WHERE b."closedAt" IS NULL
  UNION SELECT p.id FROM "ChatPost" p JOIN "OpsAlert" a ON p.subject = 'ops:' || a.id WHERE a."resolvedAt" IS NULL
  UNION SELECT p.id FROM "ChatPost" p JOIN "DebtorEntry" e ON p.subject = 'entry:' || e.id WHERE e.status IN ('proposed', 'awaiting_second')
  UNION SELECT p.id FROM "ChatPost" p JOIN "CreditAlert" l ON p.subject = 'alert:' || l.id WHERE l.status IN ('open', 'snoozed')
  UNION SELECT p.id FROM "ChatPost" p JOIN "CreditGap" g ON p.subject = 'credit-gap:' || g."debtorId"`

/** Of a new copy in the channel `c`: whether it waits for the channel's next list. */
export const firstStatus = (urgent: boolean): Prisma.Sql => Prisma.sql`CASE WHEN c."digestAt" = '{}' OR ${urgent} THEN 'waiting' ELSE 'held' END`

/**
 * Notes, with the post itself, that its copies on the chat platforms must follow: those that stand, and a new one in every conversation
 * that shows its channel. A private post is copied to its person's own conversations, not before
 * their quiet hours end; an answer stands where it was asked for.
 */
export async function planCopies(tx: Db, post: Omit<ChatPostModel, 'card'>, { notBefore, urgent = false }: Ringing): Promise<void> {
  const { id, surface, channel, subject, privateTo, createdAt, updatedAt } = post
  // A message that stands may change at any time: only a new one rings.
  await tx.$executeRaw`
    UPDATE "ChatCopy" SET wanted = wanted + 1, "updatedAt" = now(), attempts = 0, problem = NULL,
      "dueAt" = CASE WHEN "externalId" IS NULL THEN COALESCE(${notBefore ?? null}::timestamptz, LEAST("dueAt", now())) ELSE LEAST("dueAt", now()) END,
      status = CASE WHEN status = 'posting' OR (status IN ('held', 'listed') AND NOT ${urgent}) THEN status ELSE 'waiting' END
    WHERE "postId" = ${id} AND status <> 'said'`
  await tx.$executeRaw`
    UPDATE "ChatCopy" SET wanted = wanted + 1, "dueAt" = LEAST("dueAt", now()), status = CASE WHEN status = 'posting' THEN status ELSE 'waiting' END
    WHERE "postId" IN (SELECT "listedIn" FROM "ChatCopy" WHERE "postId" = ${id}) AND status <> 'failed'`
  if (privateTo !== null) {
    if (subject === 'answer') return
    await tx.$executeRaw`
      INSERT INTO "ChatCopy" ("postId", platform, conversation, "dueAt")
      SELECT ${id}::int, platform, ${directPrefix} || "userId", COALESCE(${notBefore ?? null}::timestamptz, now()) FROM "ChatAccount" WHERE "staffId" = ${privateTo}
      ON CONFLICT DO NOTHING`
    return
  }
  const isYoung = updatedAt.getTime() - createdAt.getTime() < copiesKeptDays * 86_400_000
  if (!isYoung && (await tx.chatCopy.count({ where: { postId: id } })) === 0) return
  // What was shared in a conversation that shows no channel stands in that conversation alone: its surface is the platform's.
  await tx.$executeRaw`
    INSERT INTO "ChatCopy" ("postId", platform, conversation, status)
    SELECT ${id}::int, platform, conversation, ${firstStatus(urgent)} FROM "ChatChannel" c WHERE channel = ${channel} AND ${surface} = ${consoleSurface}
    UNION SELECT ${id}::int, platform, conversation, 'waiting' FROM "ChatConversation" WHERE platform = ${surface} AND conversation = ${channel}
    ON CONFLICT DO NOTHING`
}

/** `notBefore`: until then a new private message rings nobody. `urgent`: it waits for no list. */
export type Ringing = { notBefore?: Date | undefined; urgent?: boolean | undefined }

/** Of one person's own conversation, as long as it is not known which one that is. */
export const directPrefix = 'direct:'
