import { scheduleMail } from '#mail'
import { findStaff } from '#people'
import { type Db, fromInstant, type ReportDeliveryModel, recordAudit, toInstant } from '#platform'
import { reportTold } from '../jobs.ts'
import type { Reader } from '../open-report.ts'
import { filePathOf } from '../report-file.ts'
import { type WrittenReport, writeReport } from '../write-report.ts'
import { type Recipient, recipientOf, type Withheld } from './recipient.ts'
import { asSchedule, type PlannerDeps, type Schedule } from './schedule.ts'
import { writeMail } from './write-mail.ts'

/** What mail servers take: with its coding for the way, a file is a third larger. */
const largestAttached = 15_000_000 // bytes

/** Makes one recipient's file under what they may see now, and hands its mail to the outbox; or says why they get none. A second call does nothing. */
export async function deliver(deps: PlannerDeps, deliveryId: number): Promise<void> {
  const { client } = deps.database
  const delivery = await client.reportDelivery.findUnique({ where: { id: deliveryId }, include: { schedule: true } })
  if (delivery?.status !== 'waiting') return
  const schedule = asSchedule(delivery.schedule)
  if (schedule.state === 'deleted') return void (await client.reportDelivery.deleteMany({ where: { id: deliveryId, status: 'waiting' } }))
  const mailboxId = await mailboxOf(deps)
  if (mailboxId === undefined) return withhold(deps, delivery, 'no_mailbox')
  const recipient = await recipientOf(deps, schedule, delivery.recipient)
  if (recipient.kind === 'withheld') return withhold(deps, delivery, recipient.why)
  const { report, filter, form } = schedule
  const written = await writeReport(deps, { report, filter, top: schedule.top ?? undefined }, recipient.reader, form)
  if (written.kind === 'problem') return withhold(deps, delivery, 'filter')
  const isLarge = written.result.size > largestAttached
  if (isLarge && !recipient.isStaff) return withhold(deps, delivery, 'too_large')
  await hand(deps, { delivery, schedule, mailboxId, recipient, written: written.result, isLarge })
}

/** A delivery that failed for good: its owner hears of it. */
export const giveUpDelivery = async (deps: PlannerDeps, deliveryId: number): Promise<void> => {
  const delivery = await deps.database.client.reportDelivery.findUnique({ where: { id: deliveryId } })
  if (delivery) await withhold(deps, delivery, 'broken')
}

async function mailboxOf({ database: { client }, settings }: PlannerDeps): Promise<number | undefined> {
  const { mailbox: key } = await settings()
  return key === undefined ? undefined : (await client.mailbox.findUnique({ where: { key }, select: { id: true } }))?.id
}

type Handing = {
  delivery: ReportDeliveryModel
  schedule: Schedule
  mailboxId: number
  recipient: Extract<Recipient, { kind: 'reader' }>
  written: WrittenReport
  isLarge: boolean
}

async function hand(deps: PlannerDeps, { delivery, schedule, mailboxId, recipient, written, isLarge }: Handing): Promise<void> {
  const { database, queue, clock, publicUrl } = deps
  const owner = await findStaff(database.client, schedule.ownerId)
  const { language }: Reader = recipient.reader
  const whole = isLarge ? { kind: 'link' as const, url: `${publicUrl}${filePathOf(schedule)}` } : { kind: 'attached' as const }
  const mail = writeMail(written, { language, whole, owner: owner?.name ?? 'Duncan', isStaff: recipient.isStaff })
  const { fileName, contentType, hash, rows } = written
  await database.client.$transaction(async tx => {
    const { count } = await tx.reportDelivery.updateMany({ where: { id: delivery.id, status: 'waiting' }, data: { status: 'mailed', rows } })
    if (count === 0) return
    const { id: mailId } = await scheduleMail(tx, queue, {
      mailboxId,
      to: [recipient.address],
      ...mail,
      ...(!isLarge && { attachments: [{ fileName, contentType, hash }] }),
      automatic: true,
      private: true,
      sendAfter: clock.now(),
    })
    await tx.reportDelivery.update({ where: { id: delivery.id }, data: { mailId } })
    const detail = { report: schedule.report, rows, recipient: recipient.isStaff ? delivery.recipient : 'outside', mail: mailId }
    await recordAudit(tx, { actor: 'duncan', event: 'report.mailed', subject: `report:${schedule.id}`, detail })
  })
}

/** Nothing goes to this recipient; the owner of the schedule is told why. */
async function withhold(deps: PlannerDeps, delivery: ReportDeliveryModel, reason: Withheld): Promise<void> {
  await deps.database.client.$transaction(async tx => {
    if (!(await settleDelivery(tx, deps, delivery, ['waiting'], { status: 'withheld', reason }))) return
    await recordAudit(tx, { actor: 'duncan', event: 'report.withheld', subject: `report:${delivery.scheduleId}`, detail: { delivery: delivery.id, reason } })
  })
}

/** Moves a delivery on if it still stands so; whatever did not arrive is told to the owner. */
export async function settleDelivery(
  tx: Db,
  { queue, clock }: Pick<PlannerDeps, 'queue' | 'clock'>,
  { id, scheduleId, dueAt }: ReportDeliveryModel,
  from: string[],
  to: { status: 'sent' | 'failed' | 'unknown' | 'bounced' | 'withheld'; reason?: string },
): Promise<boolean> {
  const { count } = await tx.reportDelivery.updateMany({ where: { id, status: { in: from } }, data: { ...to, settledAt: fromInstant(clock.now()) } })
  if (count === 0) return false
  if (to.status !== 'sent') await queue.send(tx, reportTold, { scheduleId, dueAt: toInstant(dueAt).toString() })
  return true
}
