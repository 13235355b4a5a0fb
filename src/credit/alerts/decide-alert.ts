import { type Clock, type DbClient, fromInstant, recordAudit } from '#platform'

export type AlertDecision = { kind: 'acknowledge' } | { kind: 'snooze'; until: Date }

/** Settles an open alert, with all that was raised beside it. False when somebody had settled it before. */
export async function decideAlert(client: DbClient, clock: Clock, alertId: number, staff: { id: number }, decision: AlertDecision): Promise<boolean> {
  return client.$transaction(async tx => {
    const alert = await tx.creditAlert.findUnique({ where: { id: alertId } })
    if (!alert) return false
    const { companyId, administrationId, party, raisedAt } = alert
    const until = decision.kind === 'snooze' ? decision.until : null
    const { count } = await tx.creditAlert.updateMany({
      where: { companyId, administrationId, party, raisedAt, status: { in: ['open', 'snoozed'] } },
      data: {
        status: decision.kind === 'snooze' ? 'snoozed' : 'acknowledged',
        snoozedUntil: until,
        decidedAt: fromInstant(clock.now()),
        decidedById: staff.id,
      },
    })
    if (count === 0) return false
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: `alert.${decision.kind}d`, subject: `alert:${alertId}`, detail: { company: companyId } })
    return true
  })
}
