import type { PoolClient } from 'pg'
import { bothWork, type Calendars, calendarOf, isImportTooOld } from '#ledger'
import type { Clock } from '#platform'
import { legalFormKind } from '#search'
import type { DayNumber } from '../path/day-number.ts'
import { createDayTable, type DayTable } from '../path/day-table.ts'

/** What a plan knows of a debtor. `person`: whom dunning reaches, the same for all debtors of one address. */
export type DebtorFacts = {
  id: number
  country: string
  workflow: string | undefined
  calendar: DayTable
  isConsumer: boolean
  isStale: boolean
  person: string
  /** The day on which the first of those who take its mail is back; null: somebody is there. */
  backOn: DayNumber | null
}

type Row = {
  id: number
  administrationId: number
  code: string
  own: string
  country: string | null
  legalForm: string | null
  importedAt: Date | null
  workflow: string | null
  email: string | null
  backOn: number | null
}

/**
 * Every debtor that may be asked for money (`only`: of some), by id: with the workflow that it was assigned last and the first address that takes mail, of who is there today
 * if anybody is.
 */
export async function loadDebtorFacts(
  reader: PoolClient,
  { today, clock, calendars, maxLedgerAgeHours }: { today: DayNumber; clock: Clock; calendars: Calendars; maxLedgerAgeHours: number },
  only?: readonly number[],
): Promise<Map<number, DebtorFacts>> {
  const rows = fetchAll<Row>(
    reader,
    `SELECT d.id, d."administrationId", a.code, a.country AS own, d.country, d."legalForm", a."importedAt", w.workflow, c.email, c."backOn"
    FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    LEFT JOIN (SELECT DISTINCT ON ("debtorId") "debtorId", workflow FROM "WorkflowAssignment" WHERE "takenBackAt" IS NULL AND ${among('"debtorId"')}
      ORDER BY "debtorId", id DESC) w
      ON w."debtorId" = d.id
    LEFT JOIN (SELECT DISTINCT ON (x."debtorId") x."debtorId", x.email, away."backOn" FROM "Contact" x
      LEFT JOIN LATERAL (SELECT x."absentUntil" - DATE '1970-01-01' + 1 AS "backOn") away ON away."backOn" > $2
      WHERE x.verified AND x.email IS NOT NULL AND x."emailStatus" <> 'bounced' AND ${among('x."debtorId"')} ORDER BY x."debtorId", away."backOn" NULLS FIRST, x.id) c ON c."debtorId" = d.id
    WHERE NOT d.archived AND d."partyType" = 'debtor' AND ${among('d.id')}`,
    [only ?? null, today],
  )
  const tables = new Map<string, DayTable>()
  const forms = new Map<string, boolean>()
  const isPrivate = (form: string): boolean => {
    const known = forms.get(form) ?? legalFormKind(form) === 'private'
    forms.set(form, known)
    return known
  }
  const facts = new Map<number, DebtorFacts>()
  const addFacts = ({ id, code, own, country, legalForm, importedAt, workflow, email, backOn }: Row) => {
    const theirs = country ?? own
    const key = `${code} ${theirs}`
    const calendar =
      tables.get(key) ?? createDayTable(bothWork(calendarOf(calendars, { code, country: own }), calendarOf(calendars, { code: '', country: theirs })))
    tables.set(key, calendar)
    const isStale = isImportTooOld(importedAt, clock, maxLedgerAgeHours)
    const isConsumer = legalForm !== null && isPrivate(legalForm)
    const person = email?.toLowerCase() ?? `debtor ${id}`
    facts.set(id, { id, country: theirs, workflow: workflow ?? undefined, calendar, isConsumer, isStale, person, backOn })
  }
  for await (const part of rows) part.forEach(addFacts)
  return facts
}

/** The rows of a query in the reader's transaction, some thousands at once. */
async function* fetchAll<T extends object>(reader: PoolClient, query: string, values: unknown[]): AsyncGenerator<T[]> {
  await reader.query('SET LOCAL cursor_tuple_fraction = 1') // all of it is read, not its first rows soon
  await reader.query(`DECLARE fetched NO SCROLL CURSOR FOR ${query}`, values)
  for (;;) {
    const { rows } = await reader.query<T>(`FETCH ${rowsAtOnce} FROM fetched`)
    yield rows
    if (rows.length < rowsAtOnce) break
  }
  await reader.query('CLOSE fetched')
}

const rowsAtOnce = 5000

/** That a column names one of the debtors of the first parameter, or that it is null: all of them. */
const among = (column: string): string => `($1::int[] IS NULL OR ${column} = ANY($1))`

/** What is held back: of a debtor, or of an item, until a day before which nothing happens (`Infinity`: without an end), or a part of its amount. */
export type Holds = { debtors: Map<number, Hold>; items: Map<number, Hold>; parts: Map<number, string[]> }
export type Hold = { reason: string; before: number }

/** The holds that stand today; of several on one item the one that lasts longest. */
export async function loadHolds(reader: PoolClient, today: DayNumber, only?: readonly number[]): Promise<Holds> {
  const { rows } = await reader.query<{ debtorId: number; invoiceId: number | null; reason: string; amount: string | null; until: number | null }>(
    `SELECT "debtorId", "invoiceId", reason, amount, until - DATE '1970-01-01' AS until FROM "DunningHold"
     WHERE ${among('"debtorId"')} AND "endedAt" IS NULL AND (until IS NULL OR until - DATE '1970-01-01' >= $2) ORDER BY id`,
    [only ?? null, today],
  )
  const holds: Holds = { debtors: new Map(), items: new Map(), parts: new Map() }
  for (const { debtorId, invoiceId, reason, amount, until } of rows) {
    if (invoiceId !== null && amount !== null) {
      holds.parts.set(invoiceId, [...(holds.parts.get(invoiceId) ?? []), amount])
      continue
    }
    const [all, id] = invoiceId === null ? [holds.debtors, debtorId] : [holds.items, invoiceId]
    const before = until === null ? Infinity : until + 1
    const known = all.get(id)
    if (!known || known.before < before) all.set(id, { reason, before })
  }
  return holds
}

/** The debtor that leads each central file, by the group's id. */
export async function loadLeads(reader: PoolClient): Promise<Map<number, number>> {
  const { rows } = await reader.query<{ id: number; leadId: number }>('SELECT id, "leadId" FROM "DebtorGroup" WHERE "leadId" IS NOT NULL')
  return new Map(rows.map(({ id, leadId }) => [id, leadId]))
}

/** For whom something is done today already, by track (`actedKey`): a debtor gets one action of each a day. */
export async function loadActed(reader: PoolClient, today: DayNumber): Promise<Set<string>> {
  const on = `"plannedOn" = DATE '1970-01-01' + $1::int`
  const { rows } = await reader.query<{ debtorId: number; track: string }>(`SELECT "debtorId", track FROM "DunningAction" WHERE ${on}`, [today])
  return new Set(rows.map(actedKey))
}

export const actedKey = ({ debtorId, track }: { debtorId: number; track: string }): string => `${debtorId} ${track}`

/** How often each person heard from us today and within the six days before, and each central file (`groupKey`), whoever leads it by now. */
export type Touches = Map<string, { today: number; week: number }>

export const groupKey = (groupId: number): string => `group ${groupId}`

/** What was done, or waits to be done, outside in the last seven days, by person. */
export async function loadTouches(reader: PoolClient, debtors: Map<number, DebtorFacts>, today: DayNumber): Promise<Touches> {
  const actions = fetchAll<{ debtorId: number; groupId: number | null; on: number; count: number }>(
    reader,
    `SELECT "debtorId", "groupId", COALESCE("doneOn", "plannedOn") - DATE '1970-01-01' AS "on", count(*)::int AS count FROM "DunningAction"
     WHERE track = 'outside' AND status NOT IN ('withdrawn', 'skipped') AND COALESCE("doneOn", "plannedOn") - DATE '1970-01-01' > $1 - 7 GROUP BY 1, 2, 3`,
    [today],
  )
  const touches: Touches = new Map()
  for await (const part of actions) {
    for (const { debtorId, groupId, on, count } of part) {
      const whom = [debtors.get(debtorId)?.person, groupId === null ? undefined : groupKey(groupId)]
      for (const each of whom) if (each !== undefined) touch(touches, each, on === today ? count : 0, count)
    }
  }
  return touches
}

/** Counts that a person hears from us. */
export function touch(touches: Touches, person: string, today = 1, week = 1): void {
  const known = touches.get(person) ?? { today: 0, week: 0 }
  touches.set(person, { today: known.today + today, week: known.week + week })
}
