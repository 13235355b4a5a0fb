import type { Staff } from '#people'
import type { DbClient, ReportDeliveryModel, ReportScheduleModel } from '#platform'
import { mayChange } from './schedule.ts'

/** A schedule with who owns it, and how its newest run went. */
export type ListedSchedule = ReportScheduleModel & { owner: string; staff: string[]; last: ReportDeliveryModel[] }

/** The schedules that somebody may change, by when they run next; the paused ones last. */
export async function listSchedules(client: DbClient, staff: Staff): Promise<ListedSchedule[]> {
  const rows = await client.reportSchedule.findMany({ where: { state: { not: 'deleted' } }, orderBy: [{ state: 'asc' }, { nextAt: 'asc' }, { id: 'asc' }] })
  return Promise.all(rows.filter(row => mayChange(staff, row)).map(row => withLast(client, row)))
}

/** One schedule that somebody may change; undefined for every other. */
export async function findSchedule(client: DbClient, staff: Staff, id: number): Promise<ListedSchedule | undefined> {
  const row = await client.reportSchedule.findUnique({ where: { id } })
  return row && row.state !== 'deleted' && mayChange(staff, row) ? withLast(client, row) : undefined
}

async function withLast(client: DbClient, row: ReportScheduleModel): Promise<ListedSchedule> {
  const newest = await client.reportDelivery.findFirst({ where: { scheduleId: row.id }, orderBy: [{ dueAt: 'desc' }, { id: 'desc' }], select: { dueAt: true } })
  const last = newest ? await client.reportDelivery.findMany({ where: { scheduleId: row.id, dueAt: newest.dueAt }, orderBy: { id: 'asc' } }) : []
  const people = await client.staff.findMany({ where: { id: { in: [row.ownerId, ...row.staffIds] } }, select: { id: true, name: true } })
  const nameOf = (id: number) => people.find(person => person.id === id)?.name ?? '–'
  return { ...row, owner: nameOf(row.ownerId), staff: row.staffIds.map(nameOf), last }
}
