import type { Db } from '#platform'
import { mergeDays } from './told-by-mail.ts'

/** Which of these messages are alert mails of a bureau, each with the alert about the same, where there is one. */
export async function filedMails(db: Db, messageIds: readonly number[]): Promise<Map<number, { alertId: number | null }>> {
  const rows = await db.$queryRaw<{ messageId: number; alertId: number | null }[]>`
    SELECT e."messageId", min(l.id) AS "alertId" FROM "CreditEvent" e
      LEFT JOIN "CreditAlert" l ON l."companyId" = e."companyId" AND l.criterion = e.criterion
        AND l."raisedAt" BETWEEN e."happenedAt" - make_interval(days => ${mergeDays}::int) AND e."happenedAt" + make_interval(days => ${mergeDays}::int)
    WHERE e."messageId" = ANY(${[...messageIds]}::int[]) GROUP BY 1`
  return new Map(rows.map(({ messageId, alertId }) => [messageId, { alertId }]))
}
