import type { Temporal } from 'temporal-polyfill'
import { mailboxesIn, type Sight } from '#people'
import { type Db, fromPlainDate, Prisma, toPlainDate } from '#platform'

/** What of dunning waits about a debtor: a decision, a call, and the day on which its workflow goes on by itself. */
export type WaitingWork = {
  /** The oldest one that waits for a decision; `what`: its kind. */
  entry: { id: number; what: string; since: Date } | undefined
  /** A call that is open, and the day from which it is due. */
  call: { id: number; on: Temporal.PlainDate } | undefined
  planned: Temporal.PlainDate | null
}

/** What of dunning waits about a debtor that is in sight; decisions on mails only where their mailbox is in sight, too. */
export async function waitingWork(db: Db, sight: Sight, debtorId: number, today: Temporal.PlainDate): Promise<WaitingWork> {
  const keys = mailboxesIn(sight)
  const inSight =
    keys === 'all'
      ? Prisma.sql`TRUE`
      : Prisma.sql`(e."mailboxId" IS NULL OR EXISTS (SELECT FROM "Mailbox" b WHERE b.id = e."mailboxId" AND b.key = ANY(${keys}::text[])))`
  const [entry] = await db.$queryRaw<{ id: number; what: string; since: Date }[]>`
    SELECT e.id, e.kind AS what, e."createdAt" AS since FROM "DebtorEntry" e
    WHERE e."debtorId" = ${debtorId} AND e.status IN ('proposed', 'awaiting_second') AND ${inSight} ORDER BY e.id LIMIT 1`
  const call = await db.dunningAction.findFirst({ where: { debtorId, type: 'call', status: 'open' }, orderBy: { id: 'asc' } })
  // A day that is past is of a plan that is to be made anew.
  const next = await db.dunningItem.aggregate({ where: { debtorId, actionId: null, nextOn: { gt: fromPlainDate(today) } }, _min: { nextOn: true } })
  return {
    entry,
    call: call ? { id: call.id, on: toPlainDate(call.callOn ?? call.plannedOn) } : undefined,
    planned: next._min.nextOn && toPlainDate(next._min.nextOn),
  }
}
