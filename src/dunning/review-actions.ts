import type { Temporal } from 'temporal-polyfill'
import { type Db, fromPlainDate, Prisma } from '#platform'
import { noteChange } from './changes.ts'
import { settleAction } from './settle-action.ts'

/** `debtorId`: of the item that left it. */
export type Reviewed = { actionId: number; debtorId: number; withdrawn: boolean }

/**
 * Looks again at what is not settled: items that were paid, are held today, or whose debtor changed to another workflow or left the central file
 * leave their action, and an action without items is withdrawn. `debtorIds`: only theirs. Returns the actions that are others than before.
 */
export async function reviewActions(
  tx: Db,
  { today, now, debtorIds }: { today: Temporal.PlainDate; now: Temporal.Instant; debtorIds?: readonly number[] },
): Promise<Reviewed[]> {
  const theirs = debtorIds ? Prisma.sql`n."debtorId" = ANY(${[...debtorIds]}::int[])` : Prisma.sql`TRUE`
  const freed = await tx.$queryRaw<{ actionId: number; debtorId: number; itemOf: number }[]>`
    WITH over AS (
      SELECT n."invoiceId", n."debtorId" AS "itemOf", a.id, a."debtorId" FROM "DunningItem" n JOIN "DunningAction" a ON a.id = n."actionId" AND a.status IN ('planned', 'open', 'failed')
        JOIN "WorkflowVersion" v ON v.id = n."versionId" JOIN "Invoice" i ON i.id = n."invoiceId"
        JOIN "Debtor" d ON d.id = n."debtorId" JOIN "Debtor" led ON led.id = a."debtorId"
        LEFT JOIN LATERAL (SELECT w.workflow FROM "WorkflowAssignment" w WHERE w."debtorId" = n."debtorId" AND w."takenBackAt" IS NULL ORDER BY w.id DESC LIMIT 1) now ON TRUE
      WHERE ${theirs} AND (i.status <> 'open' OR now.workflow IS DISTINCT FROM v.workflow
        OR (a."groupId" IS NOT NULL AND (d."groupId" IS DISTINCT FROM a."groupId" OR led."groupId" IS DISTINCT FROM a."groupId")) OR EXISTS (
        SELECT FROM "DunningHold" h WHERE h."debtorId" = n."debtorId" AND (h."invoiceId" IS NULL OR h."invoiceId" = n."invoiceId") AND h.amount IS NULL AND h."endedAt" IS NULL
          AND (h.until IS NULL OR h.until >= ${fromPlainDate(today)}::date)))
    ), freed AS (
      UPDATE "DunningItem" n SET "actionId" = NULL, reason = NULL, revision = n.revision + 1 FROM over WHERE n."invoiceId" = over."invoiceId" RETURNING n."invoiceId"
    )
    DELETE FROM "DunningActionItem" x USING over WHERE x."actionId" = over.id AND x."invoiceId" = over."invoiceId"
    RETURNING x."actionId", over."debtorId", over."itemOf"`
  await noteChange(
    tx,
    freed.map(({ itemOf }) => itemOf),
  )
  const reviewed: Reviewed[] = []
  for (const [actionId, debtorId] of new Map(freed.map(each => [each.actionId, each.debtorId]))) {
    const isEmpty = (await tx.dunningActionItem.count({ where: { actionId } })) === 0
    const withdrawn = isEmpty && (await settleAction(tx, actionId, { kind: 'withdrawn' }, { now }))
    reviewed.push({ actionId, debtorId, withdrawn })
  }
  return reviewed
}
