import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toInstant } from '#platform'
import { noteChange } from './changes.ts'

/**
 * Opens an action again that was done or skipped today (in its administration's time zone), and puts its items back before its step; false,
 * with nothing changed, when its day is over or an item went on since.
 */
export async function takeBackAction(tx: Db, actionId: number, now: Temporal.Instant): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM "DunningAction" WHERE id = ${actionId} FOR UPDATE`
  const action = await tx.dunningAction.findUnique({ where: { id: actionId } })
  if (!action?.settledAt || (action.status !== 'done' && action.status !== 'skipped')) return false
  const { administration } = await tx.debtor.findUniqueOrThrow({ where: { id: action.debtorId }, select: { administration: { select: { timeZone: true } } } })
  const dayOf = (moment: Temporal.Instant) => moment.toZonedDateTimeISO(administration.timeZone).toPlainDate()
  if (!dayOf(toInstant(action.settledAt)).equals(dayOf(now))) return false
  const isDone = action.status === 'done'
  const took = isDone ? Prisma.sql`n."lastOn" = ${action.doneOn}::date` : Prisma.sql`TRUE`
  const standing = await tx.$queryRaw<{ debtorId: number }[]>`
    SELECT n."debtorId" FROM "DunningItem" n JOIN "DunningActionItem" x ON x."invoiceId" = n."invoiceId"
    WHERE x."actionId" = ${actionId} AND n."versionId" = ${action.versionId} AND n."actionId" IS NULL AND n.step = x.step + 1 AND ${took} FOR UPDATE OF n`
  if (standing.length !== (await tx.dunningActionItem.count({ where: { actionId } }))) return false
  const open = { status: 'open', settledAt: null, doneOn: null, outcome: null, staffId: null }
  await tx.dunningAction.update({ where: { id: actionId }, data: open })
  // The step before was taken when the newest other action with this item was done.
  const before = Prisma.sql`(SELECT max(a."doneOn") FROM "DunningActionItem" y JOIN "DunningAction" a ON a.id = y."actionId" AND a.status = 'done'
    WHERE y."invoiceId" = n."invoiceId" AND a.id <> ${actionId})`
  await tx.$executeRaw`UPDATE "DunningItem" n SET step = x.step, "actionId" = ${actionId}, reason = NULL, revision = n.revision + 1,
      "lastOn" = ${isDone ? before : Prisma.sql`n."lastOn"`}
    FROM "DunningActionItem" x WHERE x."actionId" = ${actionId} AND n."invoiceId" = x."invoiceId"`
  await noteChange(
    tx,
    standing.map(({ debtorId }) => debtorId),
  )
  return true
}
