import { may, type Staff, sightOf } from '#people'
import { type Db, fromInstant, recordAudit } from '#platform'
import { type QueryProblem, readQuery, readSearchContext } from '#search'
import type { ReportKey } from '../report.ts'
import type { ReportForm } from '../write-report.ts'
import { asSchedule, calendarFor, hasOthers, mayChange, type PlannerDeps, type Schedule } from './schedule.ts'
import { nextAfter, printTimes, type Times } from './times.ts'

export type ScheduleInput = {
  report: ReportKey
  form: ReportForm
  times: Times
  filter: string
  top: number | null
  own: boolean
  staffIds: number[]
  addresses: string[]
}

/** `said`: what exactly is meant, such as a domain; `problem`: what is wrong with the search. */
type ScheduleRefusal = { kind: 'refused'; why: RefusalReason; said?: string; problem?: QueryProblem }
export type RefusalReason =
  | 'gone'
  | 'changed'
  | 'nobody'
  | 'others'
  | 'outside'
  | 'outside_filter'
  | 'outside_report'
  | 'domain'
  | 'filter'
  | 'never'
  | 'too_many'

export type ScheduleOutcome = { kind: 'kept'; schedule: Schedule } | ScheduleRefusal

const mostRecipients = 50

/** Keeps a new schedule of somebody's; what goes to addresses outside waits for a second look (`confirmSchedule`). */
export async function createSchedule(deps: PlannerDeps, by: Staff, input: ScheduleInput): Promise<ScheduleOutcome> {
  const refusal = await whyNot(deps, by, by.id, input)
  if (refusal) return refusal
  const timeZone = by.timeZone ?? deps.timeZone
  return deps.database.client.$transaction(async tx => {
    const nextAt = await nextOf(tx, deps, by, input.times, timeZone)
    if (!nextAt) return { kind: 'refused', why: 'never' }
    const row = await tx.reportSchedule.create({ data: { ...written(input), ownerId: by.id, timeZone, nextAt, createdAt: fromInstant(deps.clock.now()) } })
    await audit(tx, by, row.id, 'created', input)
    return { kind: 'kept', schedule: asSchedule(row) }
  })
}

/** Changes a schedule as somebody saw it (`version`). What outsiders get has to be looked at again. */
export async function changeSchedule(
  deps: PlannerDeps,
  by: Staff,
  { id, version }: { id: number; version: number },
  input: ScheduleInput,
): Promise<ScheduleOutcome> {
  const { client } = deps.database
  const standing = await client.reportSchedule.findUnique({ where: { id } })
  if (!standing || standing.state === 'deleted' || !mayChange(by, standing)) return { kind: 'refused', why: 'gone' }
  const refusal = await whyNot(deps, by, standing.ownerId, input)
  if (refusal) return refusal
  return client.$transaction(async tx => {
    const nextAt = await nextOf(tx, deps, by, input.times, standing.timeZone)
    if (!nextAt) return { kind: 'refused', why: 'never' }
    const change = { ...written(input), nextAt, confirmedById: null, version: { increment: 1 } }
    const { count } = await tx.reportSchedule.updateMany({ where: { id, version, state: { not: 'deleted' } }, data: change })
    if (count === 0) return { kind: 'refused', why: 'changed' }
    await audit(tx, by, id, 'changed', input)
    return { kind: 'kept', schedule: asSchedule(await tx.reportSchedule.findUniqueOrThrow({ where: { id } })) }
  })
}

/** Lets go what outsiders get, by who has just looked at it: from then on they get what that person sees and the filter fits. */
export async function confirmSchedule(deps: PlannerDeps, by: Staff, { id, version }: { id: number; version: number }): Promise<ScheduleOutcome> {
  const { client } = deps.database
  const standing = await client.reportSchedule.findUnique({ where: { id } })
  if (!standing || standing.state === 'deleted' || !mayChange(by, standing)) return { kind: 'refused', why: 'gone' }
  if (!may(by, 'configure')) return { kind: 'refused', why: 'outside' }
  return client.$transaction(async tx => {
    const { count } = await tx.reportSchedule.updateMany({ where: { id, version }, data: { confirmedById: by.id, version: { increment: 1 } } })
    if (count === 0) return { kind: 'refused', why: 'changed' }
    await recordAudit(tx, { actor: `staff:${by.id}`, event: 'report.confirmed', subject: `report:${id}`, detail: { addresses: standing.addresses.length } })
    return { kind: 'kept', schedule: asSchedule(await tx.reportSchedule.findUniqueOrThrow({ where: { id } })) }
  })
}

/** Pauses, wakes or deletes a schedule. One that wakes does not make up for what it slept through. */
export async function setScheduleState(deps: PlannerDeps, by: Staff, id: number, state: Schedule['state']): Promise<ScheduleOutcome> {
  const { client } = deps.database
  const standing = await client.reportSchedule.findUnique({ where: { id } })
  if (!standing || standing.state === 'deleted' || !mayChange(by, standing)) return { kind: 'refused', why: 'gone' }
  return client.$transaction(async tx => {
    // A schedule of an older release may be deleted, whatever it says.
    const nextAt = state === 'active' ? await nextOf(tx, deps, by, asSchedule(standing).times, standing.timeZone) : standing.nextAt
    if (!nextAt) return { kind: 'refused', why: 'never' }
    const row = await tx.reportSchedule.update({ where: { id }, data: { state, nextAt, pausedFor: null, version: { increment: 1 } } })
    await recordAudit(tx, { actor: `staff:${by.id}`, event: `report.${state === 'active' ? 'resumed' : state}`, subject: `report:${id}` })
    await deps.ops.resolve(`report:${id}`)
    return { kind: 'kept', schedule: asSchedule(row) }
  })
}

const written = ({ times, ...input }: ScheduleInput) => ({ ...input, when: printTimes(times) })

async function nextOf(tx: Db, { clock, calendars }: PlannerDeps, staff: Staff, times: Times, timeZone: string): Promise<Date | undefined> {
  const next = nextAfter(times, clock.now(), timeZone, await calendarFor(tx, calendars(), staff))
  return next && fromInstant(next)
}

const audit = (tx: Db, by: Staff, id: number, what: string, { report, form, times, staffIds, addresses, own, filter }: ScheduleInput): Promise<void> =>
  recordAudit(tx, {
    actor: `staff:${by.id}`,
    event: `report.${what}`,
    subject: `report:${id}`,
    detail: { report, form, when: printTimes(times), staff: staffIds, own, addresses: addresses.length },
    content: { addresses, filter },
  })

const refused = (why: RefusalReason, said?: string): ScheduleRefusal => ({ kind: 'refused', why, ...(said !== undefined && { said }) })

/** Why somebody may not have a report go out so. */
async function whyNot(
  { database: { client }, clock, timeZone, settings }: PlannerDeps,
  by: Staff,
  ownerId: number,
  input: ScheduleInput,
): Promise<ScheduleRefusal | undefined> {
  const { staffIds, addresses, filter, report } = input
  if (staffIds.length + addresses.length === 0) return refused('nobody')
  if (staffIds.length + addresses.length > mostRecipients) return refused('too_many', String(mostRecipients))
  // What others get in their mail is for those to say who set things up.
  if (hasOthers({ ownerId, staffIds, addresses }) && !may(by, 'configure')) return refused(addresses.length > 0 ? 'outside' : 'others')
  if (addresses.length > 0 && filter === '') return refused('outside_filter')
  if (addresses.length > 0 && report === 'work') return refused('outside_report')
  const { domains } = await settings()
  const elsewhere = addresses.find(address => !isInDomains(address, domains))
  if (elsewhere !== undefined) return refused('domain', elsewhere.split('@').at(-1) ?? '')
  if (filter === '') return undefined
  const read = await readQuery(client, filter, await readSearchContext(client, { sight: sightOf(by), clock, timeZone }))
  return read.kind === 'problem' ? { kind: 'refused', why: 'filter', problem: read.problem } : undefined
}

/** Whether an address is of one of these domains itself: a domain says nothing of those below it. */
export const isInDomains = (address: string, domains: readonly string[]): boolean => domains.includes(address.split('@').at(-1)?.toLowerCase() ?? '')
