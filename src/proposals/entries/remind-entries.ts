import { listStaff, type Staff } from '#people'
import { fromInstant, recordAudit, toInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { entryReminder } from '../jobs.ts'
import { transaction } from '../propose.ts'
import { officeDay, workingMinutes } from '../working-hours.ts'
import { entriesAwaiting } from './view-entry.ts'

/**
 * Tells the managers who may decide on entries that have waited as long as a proposal may before its leads are told (administrators where
 * there are none): each person once, of all of them together. Returns how many entries were told of.
 */
export async function remindOfEntries({ client, queue, clock, config }: ProposalsDeps): Promise<number> {
  const { DUNCAN_REMIND_LEAD_HOURS: hours, DUNCAN_OFFICE_HOURS } = config
  const office = officeDay(DUNCAN_OFFICE_HOURS)
  if (hours === 0 || !office) return 0
  // Nothing has waited more working hours than hours.
  const before = fromInstant(clock.now().subtract({ minutes: Math.floor(hours * 60) }))
  const waiting = await client.$queryRaw<{ id: number; createdAt: Date; timeZone: string }[]>`
    SELECT e.id, e."createdAt", a."timeZone" FROM "DebtorEntry" e JOIN "Debtor" d ON d.id = e."debtorId" JOIN "Administration" a ON a.id = d."administrationId"
    WHERE e.status IN ('proposed', 'awaiting_second') AND e."remindedAt" IS NULL AND e."createdAt" <= ${before} ORDER BY e.id`
  const due = waiting.filter(({ createdAt, timeZone }) => workingMinutes(toInstant(createdAt), clock.now(), timeZone, office) >= hours * 60)
  if (due.length === 0) return 0
  return client.$transaction(async tx => {
    const ids = due.map(({ id }) => id)
    const { count } = await tx.debtorEntry.updateMany({ where: { id: { in: ids }, remindedAt: null }, data: { remindedAt: fromInstant(clock.now()) } })
    if (count === 0) return 0
    const able: Staff[] = []
    for (const person of (await listStaff(client)).filter(({ active }) => active)) {
      if ((await entriesAwaiting(tx, person)).some(({ id }) => ids.includes(id))) able.push(person)
    }
    const managers = able.filter(({ role }) => role === 'manager')
    const told = managers.length > 0 ? managers : able.filter(({ role }) => role === 'admin')
    const detail = { entries: ids, staff: told.map(({ id }) => id) }
    await recordAudit(tx, { actor: 'duncan', event: 'entries.reminded', subject: `entry:${ids[0]}`, detail })
    for (const { id } of told) await queue.send(tx, entryReminder, { staffId: id })
    return count
  }, transaction)
}
