import { findStaff, type Staff } from '#people'
import type { DbClient, ReportDeliveryModel, ReportScheduleModel } from '#platform'

/** What is to be told of a run to the owner of its schedule, with who did not get it by name. */
export type Trouble = { schedule: ReportScheduleModel; owner: Staff; failed: (ReportDeliveryModel & { name: string })[] }

/** What did not arrive of a run; undefined when there is nothing to tell, or nobody to tell it to. */
export async function troubleOf(client: DbClient, scheduleId: number, dueAt: string): Promise<Trouble | undefined> {
  const schedule = await client.reportSchedule.findUnique({ where: { id: scheduleId } })
  const owner = schedule ? await findStaff(client, schedule.ownerId) : undefined
  if (!schedule || !owner?.active) return undefined
  const status = { in: ['withheld', 'failed', 'unknown', 'bounced'] }
  const failed = await client.reportDelivery.findMany({ where: { scheduleId, dueAt: new Date(dueAt), status }, orderBy: { id: 'asc' } })
  if (failed.length === 0 && schedule.pausedFor === null) return undefined
  const staff = await client.staff.findMany({ where: { id: { in: schedule.staffIds } }, select: { id: true, name: true } })
  const nameOf = (recipient: string) => staff.find(({ id }) => recipient === `staff:${id}`)?.name ?? recipient
  return { schedule, owner, failed: failed.map(delivery => ({ ...delivery, name: nameOf(delivery.recipient) })) }
}
