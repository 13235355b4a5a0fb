import { isoDay } from '../path/day-number.ts'
import type { WorkflowVersion } from '../workflow-versions.ts'
import type { Workflows } from '../workflows-kind.ts'
import { type PlanDeps, readPlanning, unitPlans } from './plan-day.ts'
import { openItemsByUnit } from './planned-items.ts'

/** What a change of workflows would do to open items. Days are ISO. */
export type WorkflowPreview = {
  /** Open items on the workflows that change, and how the next days of them would move; `due`: how many would be due today. */
  items: number
  same: number
  earlier: number
  later: number
  due: number
  /** How many next steps fall on a day, now and after the change, of the first days on which that differs. */
  days: { day: string; before: number; after: number }[]
}

const shownDays = 14

/**
 * What would become of the open items of these workflows if they stood as given and their items went over to them. Changes nothing: new items
 * follow a change at once, those under way only after `duncan workflows move`.
 */
export async function previewWorkflows(deps: PlanDeps, changed: Workflows): Promise<WorkflowPreview> {
  const reader = await deps.database.pool.connect()
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const drafts = Object.entries(changed).map(([key, workflow], index): [string, WorkflowVersion] => [
      key,
      { id: -1 - index, key, settingsVersion: 0, workflow },
    ])
    const current = new Map(drafts)
    const moving = new Set(current.keys())
    const planning = await readPlanning(deps, reader, { today: deps.clock.today(deps.timeZone), current, moving })
    const preview = { items: 0, same: 0, earlier: 0, later: 0, due: 0 }
    const days = new Map<number, { before: number; after: number }>()
    for await (const { items } of unitPlans(planning, openItemsByUnit(reader, deps.rules.groups === 'together'))) {
      for (const { item, versionId, nextOn, isDue, reason } of items) {
        if (versionId === null || versionId >= 0 || reason === 'in_action') continue
        const before = item.stored?.nextOn ?? null
        preview.items += 1
        if (isDue || reason === 'contact_budget') preview.due += 1
        const shift = (nextOn ?? Number.POSITIVE_INFINITY) - (before ?? Number.POSITIVE_INFINITY)
        if (nextOn === before) preview.same += 1
        else if (shift < 0) preview.earlier += 1
        else preview.later += 1
        if (nextOn === before) continue
        if (before !== null) count(days, before).before += 1
        if (nextOn !== null) count(days, nextOn).after += 1
      }
    }
    const ordered = [...days].toSorted(([one], [other]) => one - other).slice(0, shownDays)
    return { ...preview, days: ordered.map(([day, counts]) => ({ day: isoDay(day), ...counts })) }
  } finally {
    await reader.query('ROLLBACK')
    reader.release()
  }
}

function count(days: Map<number, { before: number; after: number }>, day: number): { before: number; after: number } {
  const known = days.get(day) ?? { before: 0, after: 0 }
  days.set(day, known)
  return known
}
