import type { Temporal } from 'temporal-polyfill'
import { cancelTask } from '#ledger'
import { type Db, fromPlainDate, Prisma } from '#platform'
import { legalFormKind } from '#search'
import { noteChange } from './changes.ts'
import type { DunningRules } from './dunning-kind.ts'
import { settleAction } from './settle-action.ts'

/** `debtorId`: of the item that left it. */
export type Reviewed = { actionId: number; debtorId: number; withdrawn: boolean }

type Reviewing = { today: Temporal.PlainDate; now: Temporal.Instant; rules: Pick<DunningRules, 'groups'>; debtorIds?: readonly number[] }

/**
 * Looks again at what is not settled: items that were paid, are held today, or whose debtor changed to another workflow or hears with others than
 * when it was planned leave their action, and an action without items is withdrawn. `debtorIds`: only theirs. Returns the actions that are others
 * than before.
 */
export async function reviewActions(tx: Db, { today, now, rules, debtorIds }: Reviewing): Promise<Reviewed[]> {
  const theirs = debtorIds ? Prisma.sql`n."debtorId" = ANY(${[...debtorIds]}::int[])` : Prisma.sql`TRUE`
  const strays = await straysOf(tx, rules, theirs)
  const freed = await tx.$queryRaw<{ actionId: number; debtorId: number; itemOf: number }[]>`
    WITH over AS (
      SELECT n."invoiceId", n."debtorId" AS "itemOf", a.id, a."debtorId" FROM "DunningItem" n JOIN "DunningAction" a ON a.id = n."actionId" AND a.status IN ('planned', 'open', 'failed')
        JOIN "WorkflowVersion" v ON v.id = n."versionId" JOIN "Invoice" i ON i.id = n."invoiceId"
        LEFT JOIN LATERAL (SELECT w.workflow FROM "WorkflowAssignment" w WHERE w."debtorId" = n."debtorId" AND w."takenBackAt" IS NULL ORDER BY w.id DESC LIMIT 1) now ON TRUE
      WHERE ${theirs} AND NOT EXISTS (SELECT FROM "OutboundMail" m WHERE m."entryId" = a."entryId" AND m.state IN ('sending', 'sent', 'unknown'))
        AND NOT EXISTS (SELECT FROM "Dispatch" m WHERE m."entryId" = a."entryId" AND m.state IN ('sending', 'sent', 'unknown')) AND (i.status <> 'open' OR now.workflow IS DISTINCT FROM v.workflow
        OR (a.id, n."debtorId") IN (SELECT * FROM unnest(${strays.map(({ actionId }) => actionId)}::int[], ${strays.map(({ debtorId }) => debtorId)}::int[])) OR EXISTS (
        SELECT FROM "DunningHold" h WHERE h."debtorId" = n."debtorId" AND (h."invoiceId" IS NULL OR h."invoiceId" = n."invoiceId") AND h.amount IS NULL AND h."endedAt" IS NULL
          AND (h.until IS NULL OR h.until >= ${fromPlainDate(today)}::date) AND NOT (h.reason = 'handed_over' AND a.type = 'hand_over')))
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
    if (withdrawn) await cancelTaskOf(tx, actionId)
    reviewed.push({ actionId, debtorId, withdrawn })
  }
  return reviewed
}

/** What is over is no work for anybody. */
async function cancelTaskOf(tx: Db, actionId: number): Promise<void> {
  const { taskId } = await tx.dunningAction.findUniqueOrThrow({ where: { id: actionId }, select: { taskId: true } })
  if (taskId !== null) await cancelTask(tx, { id: taskId })
}

type Stray = { actionId: number; debtorId: number }

/**
 * Whose items do not belong any more in what waits to be written or said, as it is not said to whom it would be now: their debtor joined or left a
 * central file, is a private person, or another debtor leads. What colleagues do stays with them.
 */
async function straysOf(tx: Db, { groups }: Reviewing['rules'], theirs: Prisma.Sql): Promise<Stray[]> {
  const rows = await tx.$queryRaw<(Stray & { isLed: boolean; asGroup: number | null; groupId: number | null; legalForm: string | null })[]>`
    SELECT DISTINCT a.id AS "actionId", n."debtorId", a."groupId" AS "asGroup", d."groupId", d."legalForm",
      led."groupId" = d."groupId" AND COALESCE(g."leadId", led.id) = led.id AS "isLed"
    FROM "DunningItem" n JOIN "DunningAction" a ON a.id = n."actionId" AND a.status IN ('planned', 'open', 'failed') AND a.track = 'outside'
      JOIN "Debtor" d ON d.id = n."debtorId" JOIN "Debtor" led ON led.id = a."debtorId" LEFT JOIN "DebtorGroup" g ON g.id = d."groupId"
    WHERE ${theirs} AND (a."groupId" IS NOT NULL OR d."groupId" IS NOT NULL)`
  return rows.filter(({ isLed, asGroup, groupId, legalForm }) => {
    const isTogether = groups === 'together' && groupId !== null && legalFormKind(legalForm ?? '') !== 'private'
    return isTogether ? asGroup !== groupId || !isLed : asGroup !== null
  })
}
