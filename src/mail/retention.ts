import { type Clock, type DbClient, fromInstant, Prisma, recordAudit } from '#platform'
import type { Retention } from './retention-kind.ts'

type RetentionDeps = { client: DbClient; clock: Clock; batchSize?: number }

/** Whether something open still needs the mail `m`: an undecided proposal of its thread, a mail that is leaving, a dispute or a hold of its debtor. */
const isNeeded = (now: Date) => Prisma.sql`(
  EXISTS (SELECT FROM "Proposal" p WHERE p.status IN ('open', 'awaiting_second', 'snoozed') AND (p."messageId" = m.id OR p."threadId" = m."threadId"))
  OR EXISTS (SELECT FROM "OutboundMail" o WHERE o.state IN ('scheduled', 'sending', 'unknown') AND (o."threadId" = m."threadId" OR o."rawHash" = m."rawHash"))
  OR EXISTS (SELECT FROM "Dispute" d WHERE d.status = 'open' AND (d."messageId" = m.id OR d."debtorId" = m."debtorId"))
  OR EXISTS (SELECT FROM "DunningHold" h WHERE h."debtorId" = m."debtorId" AND h."endedAt" IS NULL AND (h.until IS NULL OR h.until >= ${now}::date)))`

/** The last batch looks at every mail that is kept. */
const longTransaction = { timeout: 120_000, maxWait: 20_000 }

/** Mails of one mailbox whose raw source may go; one that is not read yet never. */
const expired = (mailboxId: number, before: Date, now: Date) => Prisma.sql`
  SELECT m.id FROM "Message" m WHERE m."mailboxId" = ${mailboxId} AND m."rawDeletedAt" IS NULL AND m."receivedAt" < ${before}
    AND (m.status <> 'received' OR m.history) AND NOT ${isNeeded(now)}`

/**
 * Lets the raw sources go that are past their age, and returns how many by mailbox; the files themselves are collected afterwards.
 * In batches, each with its audit entry: broken off, it goes on where it stopped. `dryRun` only counts.
 */
export async function expireRawMail({ client, clock, batchSize = 500 }: RetentionDeps, rule: Retention, dryRun = false): Promise<Record<string, number>> {
  const now = fromInstant(clock.now())
  const counts: Record<string, number> = {}
  for (const { id, key } of await client.mailbox.findMany({ orderBy: { key: 'asc' } })) {
    const days = Object.hasOwn(rule.mailboxes, key) ? rule.mailboxes[key]?.rawMailDays : rule.rawMailDays
    if (days === undefined || days === null) continue
    const old = expired(id, fromInstant(clock.now().subtract({ hours: 24 * days })), now)
    if (dryRun) counts[key] = Number((await client.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM (${old}) AS old`)[0]?.count ?? 0)
    else counts[key] = await expireInBatches({ client, batchSize }, key, old, now)
  }
  return counts
}

async function expireInBatches(
  { client, batchSize }: Required<Pick<RetentionDeps, 'client' | 'batchSize'>>,
  mailbox: string,
  old: Prisma.Sql,
  now: Date,
): Promise<number> {
  // From where the last batch ended: from the beginning each would pass over all that went before it.
  for (let [total, last] = [0, 0]; ; ) {
    const ids = await client.$transaction(async tx => {
      const gone = await tx.$queryRaw<{ id: number }[]>`
        UPDATE "Message" SET "rawDeletedAt" = ${now} WHERE id IN (${old} AND m.id > ${last} ORDER BY m.id LIMIT ${batchSize}) RETURNING id`
      if (gone.length > 0) await recordAudit(tx, { actor: 'duncan', event: 'mail.raw_deleted', subject: `mailbox:${mailbox}`, detail: { mails: gone.length } })
      return gone.map(({ id }) => id)
    }, longTransaction)
    total += ids.length
    last = Math.max(last, ...ids)
    if (ids.length < batchSize) return total
  }
}
