import { debtorInSight } from '#people'
import { type Db, fromPlainDate, Prisma } from '#platform'
import type { ResultScope } from './channel-results.ts'

/**
 * What came of the pages to pay on that went with reminders of a channel: how many were looked at (mail programs that test links do it, too), on how
 * many a payment was begun, and paid; `nextDay`: of those paid, by the day after the reminder.
 */
export type LinkResult = { channel: string; sent: number; opened: number; started: number; paid: number; nextDay: number }

/** Pages of the reminders that were done in the period, by channel. */
export const readLinkResults = (db: Db, { context: { sight, today }, from, debtors }: ResultScope): Promise<LinkResult[]> => db.$queryRaw<LinkResult[]>`
  SELECT act.type AS channel, count(*)::int AS sent, count(l."openedAt")::int AS opened, count(l."startedAt")::int AS started, count(l."paidAt")::int AS paid,
    (count(*) FILTER (WHERE (l."paidAt" AT TIME ZONE b."timeZone")::date <= act."doneOn" + 1))::int AS "nextDay"
  FROM "DunningAction" act JOIN "PaymentLink" l ON l."dunningActionId" = act.id JOIN "Debtor" d ON d.id = act."debtorId" JOIN "Administration" b ON b.id = d."administrationId"
  WHERE act.status = 'done' AND act.track = 'outside' AND act."doneOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
    AND ${debtorInSight(sight, Prisma.sql`act."debtorId"`)} AND ${debtors ? Prisma.sql`act."debtorId" = ANY(${[...debtors]}::int[])` : Prisma.sql`TRUE`}
  GROUP BY 1 ORDER BY 1`
