import type { Temporal } from 'temporal-polyfill'
import { type Db, toPlainDate } from '#platform'
import type { ItemReason } from './path/reason.ts'
import { readVersions } from './workflow-versions.ts'
import { type WorkflowStep, workflowSchema } from './workflows-kind.ts'

type StepAsNamed = Pick<WorkflowStep, 'name' | 'title'>

/** Where open items of a debtor stand, alike ones together. `on`: when their next step is expected; null: nothing is, for the reason. */
export type ItemsPlace = {
  items: number
  workflow: string | undefined
  /** The version of the settings that brought the workflow as these items follow it. */
  settingsVersion: number | undefined
  step: StepAsNamed | undefined
  on: Temporal.PlainDate | null
  reason: ItemReason | null
}

/** A step that was taken or waits. `entryId`: the entry that decides on it. */
export type PastStep = {
  actionId: number
  step: StepAsNamed
  type: string
  status: string
  plannedOn: Temporal.PlainDate
  doneOn: Temporal.PlainDate | null
  outcome: string | null
  entryId: number | null
}

/** What dunning does about a debtor: what comes next for its items, soonest first, and what was done last, newest first. */
export type DunningPlace = {
  next: ItemsPlace[]
  steps: PastStep[]
}

const mostSteps = 5

/** Where a debtor stands in dunning, as it was worked out last. */
export async function dunningPlaceOf(db: Db, debtorId: number): Promise<DunningPlace> {
  const items = await db.dunningItem.findMany({ where: { debtorId }, orderBy: [{ nextOn: 'asc' }, { invoiceId: 'asc' }] })
  const versions = await readVersions(
    db,
    items.flatMap(({ versionId }) => versionId ?? []),
  )
  const alike = Map.groupBy(items, ({ versionId, step, nextOn, reason }) => [versionId, step, nextOn?.getTime(), reason].join())
  const next = [...alike.values()].flatMap((same): ItemsPlace[] => {
    const [first] = same
    if (!first) return []
    const version = versions.get(first.versionId ?? 0)
    return [
      {
        items: same.length,
        workflow: version?.workflow.title,
        settingsVersion: version?.settingsVersion,
        step: version?.workflow.steps[first.step],
        on: first.nextOn && toPlainDate(first.nextOn),
        reason: first.reason as ItemReason | null,
      },
    ]
  })
  const actions = await db.dunningAction.findMany({
    where: { OR: [{ debtorId }, { items: { some: { invoiceId: { in: items.map(({ invoiceId }) => invoiceId) } } } }], status: { not: 'withdrawn' } },
    include: { version: true },
    orderBy: { id: 'desc' },
    take: mostSteps,
  })
  return {
    next,
    steps: actions.map(({ id: actionId, step, stepName, type, status, plannedOn, doneOn, outcome, entryId, version }) => ({
      actionId,
      step: workflowSchema.parse(version.content).steps[step] ?? { name: stepName },
      type,
      status,
      plannedOn: toPlainDate(plannedOn),
      doneOn: doneOn && toPlainDate(doneOn),
      outcome,
      entryId,
    })),
  }
}
