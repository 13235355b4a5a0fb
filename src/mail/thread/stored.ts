import type { Db } from '#platform'

export type StoredParent = { internetMessageId: string | null; inReplyTo: string | null; threadId: number }
export type StoredThread = { id: number; subject: string; debtorId: number | null; first: Date; last: Date; people: string[] }

/** Stored mails of the mailbox, sent ones not yet seen in it included, that have or answer one of these Message-IDs. */
export async function findStoredParents(tx: Db, mailboxId: number, ids: readonly string[], ownIds: readonly string[]): Promise<StoredParent[]> {
  if (ids.length === 0) return []
  return tx.$queryRaw<StoredParent[]>`
    SELECT "internetMessageId", NULL AS "inReplyTo", "threadId" FROM "Message"
    WHERE "internetMessageId" = ANY(${[...ids]}) AND "mailboxId" = ${mailboxId} AND "threadId" IS NOT NULL
    UNION
    SELECT "internetMessageId", NULL, "threadId" FROM "OutboundMail"
    WHERE "internetMessageId" = ANY(${[...ids]}) AND "mailboxId" = ${mailboxId} AND "threadId" IS NOT NULL
    UNION
    SELECT NULL, "inReplyTo", "threadId" FROM "Message"
    WHERE "inReplyTo" = ANY(${[...ownIds]}) AND "mailboxId" = ${mailboxId} AND "threadId" IS NOT NULL`
}

const mostOfSubject = 50
const mostMessages = 40

/** These threads, and the newest ones that go by one of these subjects and have one of these people in them. */
export async function findStoredThreads(
  tx: Db,
  mailboxId: number,
  ids: readonly number[],
  subjects: readonly string[],
  people: readonly string[],
  span: { from: Date; to: Date },
): Promise<StoredThread[]> {
  const domains = [...new Set(people.map(address => address.slice(address.lastIndexOf('@') + 1)))]
  return tx.$queryRaw<StoredThread[]>`
    WITH near AS (
      SELECT t.id FROM unnest(${[...subjects]}::text[]) AS wanted(subject)
      CROSS JOIN LATERAL (
        SELECT id FROM "Thread" WHERE "mailboxId" = ${mailboxId} AND subject = wanted.subject AND "lastMessageAt" BETWEEN ${span.from} AND ${span.to}
          AND EXISTS (SELECT 1 FROM "Message" m WHERE m."threadId" = "Thread".id
            AND (m."fromAddress" = ANY(${[...people]}) OR m."to" && ${[...people]}::text[] OR split_part(m."fromAddress", '@', 2) = ANY(${domains})))
        ORDER BY "lastMessageAt" DESC LIMIT ${mostOfSubject}
      ) AS t
      UNION SELECT unnest(${[...ids]}::int[])
    )
    SELECT t.id, t.subject, t."debtorId", COALESCE(min(m."receivedAt"), t."lastMessageAt") AS first, t."lastMessageAt" AS last,
      COALESCE(array_agg(DISTINCT p.address) FILTER (WHERE p.address IS NOT NULL), '{}') AS people
    FROM near JOIN "Thread" t ON t.id = near.id
    LEFT JOIN LATERAL (SELECT * FROM "Message" WHERE "threadId" = t.id ORDER BY "receivedAt" DESC LIMIT ${mostMessages}) AS m ON true
    LEFT JOIN LATERAL unnest(m."to" || m.cc || m."replyTo" || COALESCE(m."fromAddress", '')) AS p(address) ON true
    GROUP BY t.id`
}
