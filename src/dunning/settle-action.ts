import type { Temporal } from 'temporal-polyfill'
import { type Db, fromInstant, fromPlainDate } from '#platform'
import { noteChange } from './changes.ts'
import { workflowSchema } from './workflows-kind.ts'

/** How an action ends. `done`: on that day its items took their step. `skipped`: they go on without it. `withdrawn`: it is planned anew when it is due. */
export type ActionEnd =
  | { kind: 'done'; on: Temporal.PlainDate; outcome?: string }
  | { kind: 'skipped'; outcome?: string }
  | { kind: 'withdrawn'; outcome?: string }
  | { kind: 'failed'; outcome?: string }

type Settled = { now: Temporal.Instant; staffId?: number | undefined }

/** The ways in which an action is not settled yet. */
const unsettled = ['planned', 'open', 'failed']

/**
 * Ends an action and lets its items go on from it; false when it has ended already. One that failed keeps its items until somebody says what
 * is to become of it. Their next day is worked out as soon as this stands.
 */
export async function settleAction(tx: Db, actionId: number, end: ActionEnd, { now, staffId }: Settled): Promise<boolean> {
  const settledAt = end.kind === 'failed' ? null : fromInstant(now)
  const { count } = await tx.dunningAction.updateMany({
    where: { id: actionId, status: { in: unsettled } },
    data: {
      status: end.kind,
      settledAt,
      outcome: end.outcome ?? null,
      staffId: staffId ?? null,
      ...(end.kind === 'done' && { doneOn: fromPlainDate(end.on) }),
    },
  })
  if (count === 0) return false
  if (end.kind === 'done') await takeStep(tx, actionId, end.on)
  if (end.kind === 'skipped') await freeItems(tx, actionId, 1)
  if (end.kind === 'withdrawn') await freeItems(tx, actionId, 0)
  if (end.kind !== 'failed') await noteAction(tx, actionId)
  return true
}

/** Its items go on from another place, and whoever hears with them may hear from us again. */
async function noteAction(tx: Db, id: number): Promise<void> {
  const { debtorId } = await tx.dunningAction.findUniqueOrThrow({ where: { id }, select: { debtorId: true } })
  const items = await tx.$queryRaw<{ debtorId: number }[]>`
    SELECT DISTINCT i."debtorId" FROM "DunningActionItem" x JOIN "Invoice" i ON i.id = x."invoiceId" WHERE x."actionId" = ${id}`
  await noteChange(tx, [debtorId, ...items.map(item => item.debtorId)])
}

/** Items that moved on since, as when their debtor changed to another workflow, keep their place. */
async function freeItems(tx: Db, actionId: number, steps: number): Promise<void> {
  await tx.$executeRaw`UPDATE "DunningItem" n SET step = n.step + ${steps}, "actionId" = NULL, reason = NULL, revision = n.revision + 1
    FROM "DunningActionItem" i WHERE i."actionId" = ${actionId} AND n."invoiceId" = i."invoiceId" AND n."actionId" = ${actionId}`
}

const written = ['email', 'letter', 'sms']

async function takeStep(tx: Db, actionId: number, on: Temporal.PlainDate): Promise<void> {
  const action = await tx.dunningAction.findUniqueOrThrow({ where: { id: actionId }, include: { version: true } })
  const { steps } = workflowSchema.parse(action.version.content)
  const day = fromPlainDate(on)
  const reminds = action.track === 'outside' && written.includes(action.type) ? action.type : null
  const announces = steps[action.step]?.charges === 'none' ? null : reminds
  await tx.$executeRaw`UPDATE "DunningItem" n SET step = n.step + 1, "lastOn" = ${day}::date, "actionId" = NULL, reason = NULL, revision = n.revision + 1,
      "remindedOn" = COALESCE(n."remindedOn", CASE WHEN ${reminds}::text IS NOT NULL THEN ${day}::date END), "remindedBy" = COALESCE(n."remindedBy", ${reminds}::text),
      "announcedOn" = COALESCE(n."announcedOn", CASE WHEN ${announces}::text IS NOT NULL THEN ${day}::date END), "announcedBy" = COALESCE(n."announcedBy", ${announces}::text)
    FROM "DunningActionItem" i WHERE i."actionId" = ${actionId} AND n."invoiceId" = i."invoiceId" AND n."actionId" = ${actionId}`
}
