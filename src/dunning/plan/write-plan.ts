import { finished } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type DayNumber, isoDay } from '../path/day-number.ts'
import type { WorkflowVersion } from '../workflow-versions.ts'
import type { PlannedAction, PlannedItem, UnitPlan } from './plan-unit.ts'

// Actions, and items that no plan has met, are made by nobody but the plan: they are copied to their tables as the plan goes. What it changes
// about known items is gathered beside their table and written at the end: one that changed since the plan read it is left as it is, and the
// next plan sees it. All of it is one transaction.

const gathered = `CREATE TEMP TABLE planned_item ("invoiceId" int, "versionId" int, step int, shift int, "nextOn" date, reason text, "actionId" int, revision int) ON COMMIT DROP`

/** Where lines go, in this order: the items of an action come after it. */
const targets = {
  actions: '"DunningAction" (id, "debtorId", "groupId", "versionId", step, "stepName", type, track, "plannedOn")',
  actionItems: '"DunningActionItem" ("actionId", "invoiceId", step, "stepName", amount, currency)',
  met: '"DunningItem" ("invoiceId", "versionId", step, shift, "nextOn", reason, "actionId", "debtorId")',
  known: 'planned_item ("invoiceId", "versionId", step, shift, "nextOn", reason, "actionId", revision)',
}
type Target = keyof typeof targets

const flushAt = 256 * 1024 // characters
const idsAtOnce = 1000

type Writing = { versions: ReadonlyMap<number, WorkflowVersion>; today: DayNumber; pool: Pool }

/** Begins a transaction that writes what plans of units change; `finish` ends it. */
export async function openPlanWriter(writer: PoolClient, { versions, today, pool }: Writing) {
  await writer.query('BEGIN')
  await writer.query(gathered)
  // How the keys of items are looked up is settled with the first of them, when a new ledger has hardly any action: never row by row.
  await writer.query('SET LOCAL enable_seqscan = off')
  let copying = Promise.resolve()
  let [lines, size] = [noLines(), 0]
  let ids: number[] = []
  let [changed, actionCount] = [0, 0]

  function line(target: Target, ...values: (string | number | null)[]): void {
    const text = `${values.map(value => value ?? '\\N').join('\t')}\n`
    lines[target].push(text)
    size += text.length
  }

  /** Copies what has come together while the plan goes on. */
  async function flush(): Promise<void> {
    await copying
    copying = copyAll(writer, lines)
    copying.catch(() => undefined) // told to who waits for it next
    ;[lines, size] = [noLines(), 0]
  }

  async function newId(): Promise<number> {
    if (ids.length === 0) ids = await actionIds(pool)
    return ids.shift() ?? newId()
  }

  async function addAction({ debtorId, groupId, versionId, step, stepName, type, track }: PlannedAction): Promise<number> {
    const id = await newId()
    line('actions', id, debtorId, groupId, versionId, step, stepName, type, track, isoDay(today))
    actionCount += 1
    return id
  }

  function addItem(planned: PlannedItem, actionId: number | null): void {
    const { item, versionId, step, shift, nextOn, reason, amount } = planned
    const { invoiceId, debtorId, currency, stored } = item
    const stands = [invoiceId, versionId, step, shift, nextOn === null ? null : isoDay(nextOn), reason, actionId]
    if (stored) line('known', ...stands, stored.revision)
    else line('met', ...stands, debtorId)
    if (actionId !== null && amount)
      line('actionItems', actionId, invoiceId, step, versions.get(versionId ?? 0)?.workflow.steps[step]?.name ?? '', amount.toFixed(), currency)
    changed += 1
  }

  async function add({ items, actions }: UnitPlan): Promise<void> {
    const taken = new Map<PlannedAction, number>()
    for (const action of actions) taken.set(action, await addAction(action))
    for (const item of items) if (hasChanged(item)) addItem(item, (item.action && taken.get(item.action)) ?? null)
    if (size >= flushAt) await flush()
  }

  /** Returns how many items stand otherwise than before and how many actions are new. */
  async function finish(): Promise<{ changed: number; actions: number }> {
    await flush()
    await copying
    const dropped = await changeKnown(writer)
    await writer.query('COMMIT')
    return { changed, actions: actionCount - dropped }
  }

  return { add, finish }
}

const noLines = (): Record<Target, string[]> => ({ actions: [], actionItems: [], met: [], known: [] })

/** One COPY at a time: a connection does no more. */
async function copyAll(writer: PoolClient, lines: Record<Target, string[]>): Promise<void> {
  for (const [target, columns] of Object.entries(targets)) {
    const text = lines[target as Target].join('')
    if (text === '') continue
    const stream = writer.query(copyFrom(`COPY ${columns} FROM STDIN`))
    stream.end(text)
    await finished(stream)
  }
}

async function actionIds(pool: Pool): Promise<number[]> {
  const next = `SELECT nextval(pg_get_serial_sequence('"DunningAction"', 'id'))::int AS id FROM generate_series(1, $1)`
  const { rows } = await pool.query<{ id: number }>(next, [idsAtOnce])
  return rows.map(({ id }) => id)
}

/** Writes what was gathered. An action of whose items one moved since the plan read it is not taken up today; returns how many those are. */
async function changeKnown(writer: PoolClient): Promise<number> {
  await writer.query('SET LOCAL enable_seqscan = on')
  await writer.query('ANALYZE planned_item')
  const moved = await writer.query(`CREATE TEMP TABLE moved ON COMMIT DROP AS SELECT p."invoiceId", p."actionId" FROM planned_item p
    LEFT JOIN "DunningItem" n ON n."invoiceId" = p."invoiceId" WHERE n.revision IS DISTINCT FROM p.revision`)
  const dropped = moved.rowCount ? await dropMoved(writer) : 0
  await writer.query(`UPDATE "DunningItem" n SET "versionId" = p."versionId", step = p.step, shift = p.shift, "nextOn" = p."nextOn", reason = p.reason,
      "actionId" = COALESCE(p."actionId", n."actionId"), revision = n.revision + 1
    FROM planned_item p WHERE n."invoiceId" = p."invoiceId" AND n.revision = p.revision`)
  return dropped
}

/** With an action go the items that it alone brought; the next plan meets them again. */
async function dropMoved(writer: PoolClient): Promise<number> {
  await writer.query(`DELETE FROM "DunningItem" n USING "DunningActionItem" x, moved m
    WHERE x."actionId" = m."actionId" AND n."invoiceId" = x."invoiceId" AND n."actionId" = x."actionId"`)
  const { rowCount } = await writer.query('DELETE FROM "DunningAction" a USING moved m WHERE a.id = m."actionId"')
  await writer.query('DELETE FROM planned_item p USING moved m WHERE p."invoiceId" = m."invoiceId" OR p."actionId" = m."actionId"')
  return rowCount ?? 0
}

const hasChanged = ({ item: { stored }, versionId, step, shift, nextOn, reason, action }: PlannedItem): boolean =>
  !stored ||
  action !== undefined ||
  stored.versionId !== versionId ||
  stored.step !== step ||
  stored.shift !== shift ||
  stored.nextOn !== nextOn ||
  stored.reason !== reason
