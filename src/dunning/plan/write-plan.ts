import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type DayNumber, isoDay } from '../path/day-number.ts'
import type { WorkflowVersion } from '../workflow-versions.ts'
import type { PlannedAction, PlannedItem, UnitPlan } from './plan-unit.ts'

// What a plan changes is gathered beside the tables and written in one transaction at the end. A row that changed since the plan read it
// is left as it is: the next plan sees it.

const staged = `
  CREATE TEMP TABLE planned_item ("invoiceId" int, "debtorId" int, "versionId" int, step int, shift int, "nextOn" date, reason text, revision int,
    action int, amount numeric, currency text) ON COMMIT DROP;
  CREATE TEMP TABLE planned_step ("versionId" int, step int, name text) ON COMMIT DROP;
  CREATE TEMP TABLE planned_action (number int, id int DEFAULT nextval(pg_get_serial_sequence('"DunningAction"', 'id')), "debtorId" int, "groupId" int, "versionId" int,
    step int, "stepName" text, type text, track text) ON COMMIT DROP`

const nothing = '\\N'
const flushAt = 256 * 1024 // characters

/** Begins a transaction that gathers what plans of units change; `merge` writes it and ends the transaction. */
export async function openPlanWriter(writer: PoolClient, versions: Iterable<WorkflowVersion>) {
  await writer.query('BEGIN')
  await writer.query(staged)
  const steps = [...versions].flatMap(({ id, workflow }) => workflow.steps.map(({ name }, step) => `${id}\t${step}\t${name}\n`))
  await copyAll(writer, 'planned_step', steps)
  // One COPY at a time on a connection: items are the many and go at once, the few actions of a day wait.
  const copy = writer.query(copyFrom('COPY planned_item FROM STDIN'))
  let failure: Error | undefined
  copy.on('error', error => void (failure ??= error))
  let [rows, size]: [string[], number] = [[], 0]
  const actions: string[] = []
  let [changed, actionCount] = [0, 0]

  async function flush(): Promise<void> {
    const text = rows.join('')
    ;[rows, size] = [[], 0]
    if (failure) throw failure
    if (text !== '' && !copy.write(text)) await once(copy, 'drain')
  }

  async function add({ items, actions: planned }: UnitPlan): Promise<void> {
    const numbers = new Map(planned.map((action, index) => [action, actionCount + index]))
    actionCount += planned.length
    for (const action of planned) actions.push(actionLine(numbers.get(action) ?? 0, action))
    for (const item of items) {
      if (!hasChanged(item)) continue
      const row = itemLine(item, item.action && numbers.get(item.action))
      rows.push(row)
      size += row.length
      changed += 1
    }
    if (size >= flushAt) await flush()
  }

  /** Returns how many items stand otherwise than before and how many actions are new. */
  async function merge(today: DayNumber): Promise<{ changed: number; actions: number }> {
    await flush()
    copy.end()
    await finished(copy)
    await copyAll(writer, 'planned_action (number, "debtorId", "groupId", "versionId", step, "stepName", type, track)', actions)
    await writer.query('ANALYZE planned_item')
    const written = changed === 0 ? 0 : await mergeStaged(writer, isoDay(today))
    await writer.query('COMMIT')
    return { changed, actions: written }
  }

  return { add, merge }
}

async function copyAll(writer: PoolClient, table: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const stream = writer.query(copyFrom(`COPY ${table} FROM STDIN`))
  stream.end(lines.join(''))
  await finished(stream)
}

/** An action of whose items one moved since the plan read it is not taken up today: the next plan sees what is left of it. */
async function mergeStaged(writer: PoolClient, today: string): Promise<number> {
  await writer.query(`CREATE TEMP TABLE moved ON COMMIT DROP AS SELECT p."invoiceId", p.action FROM planned_item p LEFT JOIN "DunningItem" n ON n."invoiceId" = p."invoiceId"
    WHERE n.revision IS DISTINCT FROM p.revision`)
  await writer.query(`DELETE FROM planned_action a WHERE EXISTS (SELECT FROM moved m WHERE m.action = a.number)`)
  const { rowCount } = await writer.query(
    `INSERT INTO "DunningAction" (id, "debtorId", "groupId", "versionId", step, "stepName", type, track, "plannedOn")
     SELECT id, "debtorId", "groupId", "versionId", step, "stepName", type, track, $1::date FROM planned_action
     ON CONFLICT ("debtorId", "plannedOn", track) DO NOTHING`,
    [today],
  )
  await writer.query(`DELETE FROM planned_action a WHERE NOT EXISTS (SELECT FROM "DunningAction" x WHERE x.id = a.id)`)
  await writer.query(`INSERT INTO "DunningActionItem" ("actionId", "invoiceId", step, "stepName", amount, currency)
    SELECT a.id, p."invoiceId", p.step, s.name, p.amount, p.currency FROM planned_item p JOIN planned_action a ON a.number = p.action
    JOIN planned_step s ON s."versionId" = p."versionId" AND s.step = p.step`)
  await writer.query(`DELETE FROM planned_item p WHERE p.action IS NOT NULL AND NOT EXISTS (SELECT FROM planned_action a WHERE a.number = p.action)
    OR EXISTS (SELECT FROM moved m WHERE m."invoiceId" = p."invoiceId")`)
  await writer.query(`UPDATE "DunningItem" n SET "versionId" = p."versionId", step = p.step, shift = p.shift, "nextOn" = p."nextOn", reason = p.reason,
      "actionId" = COALESCE(a.id, n."actionId"), revision = n.revision + 1
    FROM planned_item p LEFT JOIN planned_action a ON a.number = p.action WHERE n."invoiceId" = p."invoiceId"`)
  await writer.query(`INSERT INTO "DunningItem" ("invoiceId", "debtorId", "versionId", step, shift, "nextOn", reason, "actionId")
    SELECT p."invoiceId", p."debtorId", p."versionId", p.step, p.shift, p."nextOn", p.reason, a.id FROM planned_item p
    LEFT JOIN planned_action a ON a.number = p.action WHERE p.revision IS NULL ON CONFLICT ("invoiceId") DO NOTHING`)
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

function itemLine({ item, versionId, step, shift, nextOn, reason, amount }: PlannedItem, action: number | undefined): string {
  const on = nextOn === null ? nothing : isoDay(nextOn)
  const asked = amount ? `${amount.toFixed()}\t${item.currency}` : `${nothing}\t${nothing}`
  return `${item.invoiceId}\t${item.debtorId}\t${versionId ?? nothing}\t${step}\t${shift}\t${on}\t${reason ?? nothing}\t${item.stored?.revision ?? nothing}\t${action ?? nothing}\t${asked}\n`
}

const actionLine = (number: number, { debtorId, groupId, versionId, step, stepName, type, track }: PlannedAction): string =>
  `${number}\t${debtorId}\t${groupId ?? nothing}\t${versionId}\t${step}\t${stepName}\t${type}\t${track}\n`
