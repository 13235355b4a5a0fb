import { findStaff, may, type Staff } from '#people'
import { type Db, fromInstant, type ReportScheduleModel, recordAudit, toInstant } from '#platform'
import { reportDeliver, reportTold } from '../jobs.ts'
import { asSchedule, calendarFor, hasOthers, mayChange, type PlannerDeps } from './schedule.ts'
import { nextAfter } from './times.ts'

/**
 * Starts every schedule whose time has come, each run once however many processes look; what was missed while all were down is made up once.
 * Returns how many were started.
 */
export async function runDue(deps: PlannerDeps): Promise<number> {
  const { client } = deps.database
  const now = fromInstant(deps.clock.now())
  const due = await client.reportSchedule.findMany({ where: { state: 'active', nextAt: { lte: now } }, orderBy: [{ nextAt: 'asc' }, { id: 'asc' }] })
  let started = 0
  for (const row of due) {
    try {
      if (await startRun(deps, row)) started++
    } catch (error) {
      deps.log.error({ schedule: row.id, err: error }, 'a report that was due could not be started') // which keeps no other from its time
    }
  }
  return started
}

async function startRun(deps: PlannerDeps, row: ReportScheduleModel): Promise<boolean> {
  const { database, clock, calendars } = deps
  const owner = await findStaff(database.client, row.ownerId)
  if (!owner?.active) return pause(deps, row, 'owner_left')
  if (!may(owner, 'configure') && hasOthers(row)) return pause(deps, row, 'owner_right')
  const next = nextAfter(asSchedule(row).times, clock.now(), row.timeZone, await calendarFor(database.client, calendars(), owner))
  return database.client.$transaction(async tx => {
    const change = next ? { nextAt: fromInstant(next) } : { state: 'paused' }
    // Of several processes the one that moves the time has the run.
    const { count } = await tx.reportSchedule.updateMany({ where: { id: row.id, state: 'active', nextAt: row.nextAt }, data: change })
    if (count === 0) return false
    await enqueueRun(tx, deps, row, row.nextAt)
    return true
  })
}

/**
 * Has a schedule's files made and mailed at once, beside its times, and once a minute however often it is asked for; false when it is not theirs to
 * send: what goes to others is for those to say who set things up, as at its times.
 */
export async function sendNow(deps: PlannerDeps, by: Staff, id: number): Promise<boolean> {
  const { client } = deps.database
  const row = await client.reportSchedule.findUnique({ where: { id } })
  if (!row || row.state === 'deleted' || !mayChange(by, row) || (hasOthers(row) && !may(by, 'configure'))) return false
  await client.$transaction(async tx => {
    await enqueueRun(tx, deps, row, fromInstant(deps.clock.now().round({ smallestUnit: 'minute', roundingMode: 'floor' })))
    await recordAudit(tx, { actor: `staff:${by.id}`, event: 'report.sent_now', subject: `report:${id}` })
  })
  return true
}

async function enqueueRun(tx: Db, { queue, clock }: PlannerDeps, { id, staffIds, addresses }: ReportScheduleModel, dueAt: Date): Promise<void> {
  const recipients = [...staffIds.map(staffId => `staff:${staffId}`), ...addresses]
  const data = recipients.map(recipient => ({ scheduleId: id, dueAt, recipient, createdAt: fromInstant(clock.now()) }))
  const deliveries = await tx.reportDelivery.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } })
  for (const { id: deliveryId } of deliveries) await queue.send(tx, reportDeliver, { deliveryId })
}

/** Nothing goes out in the name of who left, or to others by whom lost the right to say so; a person has to take it over. */
async function pause(
  { database: { client }, queue, ops }: PlannerDeps,
  { id, nextAt }: ReportScheduleModel,
  why: 'owner_left' | 'owner_right',
): Promise<false> {
  const paused = await client.$transaction(async tx => {
    const { count } = await tx.reportSchedule.updateMany({
      where: { id, state: 'active' },
      data: { state: 'paused', pausedFor: why, version: { increment: 1 } },
    })
    if (count === 0) return false
    await recordAudit(tx, { actor: 'duncan', event: 'report.paused', subject: `report:${id}`, detail: { why } })
    if (why === 'owner_right') await queue.send(tx, reportTold, { scheduleId: id, dueAt: toInstant(nextAt).toString() })
    return true
  })
  if (paused && why === 'owner_left') {
    await ops.raise({
      key: `report:${id}`,
      problem: `The scheduled report ${id} is paused: who set it up does not work here any more.`,
      remedy: 'Look at it under `/duncan report list` as somebody who sees everything; delete it, and set it up anew if it is still wanted.',
    })
  }
  return false
}
