import { type Calendars, calendarOf, plainWeek, type WorkCalendar } from '#ledger'
import { may, type Staff, seesAll, sightOf } from '#people'
import { type Clock, type Database, type Db, DuncanError, type Log, type Ops, type Queue, type ReportScheduleModel } from '#platform'
import { isReportKey, type ReportKey } from '../report.ts'
import type { ReportSettings } from '../reports-kind.ts'
import type { ReportForm, WriteDeps } from '../write-report.ts'
import { parseTimes, type Times } from './times.ts'

export type PlannerDeps = Pick<WriteDeps, 'blobs' | 'logos'> & {
  database: Pick<Database, 'client'>
  queue: Pick<Queue, 'send'>
  ops: Pick<Ops, 'raise' | 'resolve'>
  clock: Clock
  log: Log
  /** The installation's, for people who have none of their own (IANA name). */
  timeZone: string
  /** Where people reach the console. */
  publicUrl: string
  calendars: () => Calendars
  settings: () => Promise<ReportSettings>
  /** The action lists that somebody may see, counted: a row for each person. */
  work: (staff: Staff) => Promise<(string | null)[][]>
}

/** A schedule as rules work with it. */
export type Schedule = Omit<ReportScheduleModel, 'report' | 'form' | 'when' | 'state'> & {
  report: ReportKey
  form: ReportForm
  times: Times
  state: 'active' | 'paused' | 'deleted'
}

/** The row of a schedule, read. Throws `report.schedule` for one that this release does not know. */
export function asSchedule({ when, report, form, state, ...row }: ReportScheduleModel): Schedule {
  const times = parseTimes(when)
  if (!times || !isReportKey(report)) {
    throw new DuncanError(
      'report.schedule',
      `Schedule ${row.id} names a report or times that are not known.`,
      'Delete it under `/duncan report list`, and make it anew.',
    )
  }
  return { ...row, report, times, form: form === 'pdf' ? 'pdf' : 'xlsx', state: state === 'paused' || state === 'deleted' ? state : 'active' }
}

/** Whether somebody may change a schedule: their own, or any when they set up things and nothing is out of their sight. */
export const mayChange = (staff: Staff, { ownerId }: Pick<Schedule, 'ownerId'>): boolean =>
  staff.active && (staff.id === ownerId || (may(staff, 'configure') && seesAll(sightOf(staff))))

/** Whether somebody else than its owner gets something. */
export const hasOthers = ({ ownerId, staffIds, addresses }: Pick<Schedule, 'ownerId' | 'staffIds' | 'addresses'>): boolean =>
  addresses.length > 0 || staffIds.some(id => id !== ownerId)

/** On which days somebody's office works: that of the first administration that they see. */
export async function calendarFor(db: Db, calendars: Calendars, staff: Staff): Promise<WorkCalendar> {
  const { administrations } = sightOf(staff)
  const own = await db.administration.findFirst({
    ...(administrations !== 'all' && { where: { code: { in: [...administrations] } } }),
    orderBy: { id: 'asc' },
    select: { code: true, country: true },
  })
  return own ? calendarOf(calendars, own) : plainWeek
}
