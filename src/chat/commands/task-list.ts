import { type TaskSubject, withAbout } from '#ledger'
import { debtorInSight, mailInSight, type Staff, sightOf } from '#people'
import { fromPlainDate, Prisma } from '#platform'
import type { CommandDeps } from './registry.ts'
import { ownersActedFor } from './waiting.ts'

/** Which tasks somebody wants to see; `due`: only those of today and before. */
export type TasksAsked = { whose: 'mine' | 'team'; due: boolean }

type TaskDeps = Pick<CommandDeps, 'client' | 'clock' | 'staff' | 'context'>

export type TaskLine = TaskSubject & {
  id: number
  detail: string | null
  dueOn: Date | null
  debtorId: number | null
  debtor: string | null
  /** Of the debtor's administration, for its working days. */
  administration: { code: string; country: string; timeZone: string } | null
  isDue: boolean
}

/** Reads `mine due`, whatever a browser sends. */
export const readTasks = (words: readonly string[]): TasksAsked => ({ whose: words.includes('team') ? 'team' : 'mine', due: words.includes('due') })

/** The words that `readTasks` reads: what a button carries. */
export const writeTasks = ({ whose, due }: TasksAsked): string => [whose, ...(due ? ['due'] : [])].join(' ')

/** The open tasks in somebody's sight, those due first at the top; `mine`: theirs, of whom they cover, and nobody's. */
export async function openTasks(deps: TaskDeps, { whose, due }: TasksAsked): Promise<TaskLine[]> {
  const own = whose === 'mine' ? await ownTasks(deps) : Prisma.sql`TRUE`
  return tasksWhere(deps, Prisma.sql`${own} AND ${due ? Prisma.sql`t."dueOn" <= ${todayOf(deps)}::date` : Prisma.sql`TRUE`}`)
}

/** Those of these tasks that are open and in sight. */
export const tasksAmong = (deps: TaskDeps, ids: readonly number[]): Promise<TaskLine[]> => tasksWhere(deps, Prisma.sql`t.id = ANY(${[...ids]}::int[])`)

/** One open task in sight. */
export const openTask = async (deps: CommandDeps, id: number): Promise<TaskLine | undefined> => (await tasksWhere(deps, Prisma.sql`t.id = ${id}`))[0]

/** One that nobody is assigned to is the collector's of its debtor, or everybody's. */
async function ownTasks(deps: TaskDeps): Promise<Prisma.Sql> {
  const owners = await ownersActedFor(deps, deps.staff)
  return Prisma.sql`(t."assigneeId" = ANY(${owners}::int[]) OR (t."assigneeId" IS NULL AND (d.collector IS NULL
    OR lower(d.collector) IN (SELECT s.key FROM "Staff" s WHERE s.id = ANY(${owners}::int[])))))`
}

async function tasksWhere(deps: TaskDeps, where: Prisma.Sql): Promise<TaskLine[]> {
  const rows = await deps.client.$queryRaw<(Omit<TaskLine, 'administration'> & { about: unknown; code: string | null; country: string; timeZone: string })[]>`
    SELECT t.id, t.title, t.about, t.detail, t."dueOn", t."debtorId", d.name AS debtor, a.code, a.country, a."timeZone",
      COALESCE(t."dueOn" <= ${todayOf(deps)}::date, FALSE) AS "isDue"
    FROM "Task" t LEFT JOIN "Debtor" d ON d.id = t."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId"
    WHERE t.status = 'open' AND ${inSight(deps.staff)} AND ${where} ORDER BY t."dueOn" NULLS LAST, t.id`
  return rows.map(({ code, country, timeZone, ...task }) => ({ ...withAbout(task), administration: code === null ? null : { code, country, timeZone } }))
}

/** A task may quote the mail that it came from. */
function inSight(staff: Staff): Prisma.Sql {
  const sight = sightOf(staff)
  return Prisma.sql`${debtorInSight(sight, Prisma.sql`t."debtorId"`)}
    AND (t."messageId" IS NULL OR EXISTS (SELECT 1 FROM "Message" m WHERE m.id = t."messageId" AND ${mailInSight(sight, Prisma.sql`m`)}))`
}

const todayOf = ({ clock, staff, context }: TaskDeps): Date => fromPlainDate(clock.today(staff.timeZone ?? context.format.timeZone))
