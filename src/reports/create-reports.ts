import { type Staff } from '#people'
import type { Blobs, MessageModel } from '#platform'
import type { ReportAsked } from './open-report.ts'
import { changeSchedule, confirmSchedule, createSchedule, setScheduleState } from './planner/change-schedule.ts'
import { deliver, giveUpDelivery } from './planner/deliver.ts'
import { settleReportMail, takeReportMail } from './planner/follow-mail.ts'
import { findSchedule, listSchedules } from './planner/list-schedules.ts'
import { readerFor } from './planner/recipient.ts'
import { runDue, sendNow } from './planner/run-due.ts'
import type { PlannerDeps } from './planner/schedule.ts'
import { troubleOf } from './planner/trouble.ts'
import { type ReportForm, writeReport } from './write-report.ts'

type ReportsDeps = PlannerDeps & { blobs: Pick<Blobs, 'put' | 'read'> }

export type Reports = ReturnType<typeof createReports>

/** Reports as files, and the schedules by which they go out. */
export function createReports(deps: ReportsDeps) {
  const { client } = deps.database
  /** The first of the given arguments is always who asks: nothing out of their sight is read, and nothing that is not theirs is changed. */
  const by =
    <Args extends unknown[], Result>(verb: (deps: PlannerDeps, ...args: Args) => Result) =>
    (...args: Args) =>
      verb(deps, ...args)
  return {
    /** Writes a report as somebody may see it; with `own`, of the debtors alone whose collector they are. */
    write: (staff: Staff, asked: ReportAsked & { own: boolean }, form: ReportForm) => writeReport(deps, asked, readerFor(deps, staff, asked.own), form),
    schedules: (staff: Staff) => listSchedules(client, staff),
    schedule: (staff: Staff, id: number) => findSchedule(client, staff, id),
    create: by(createSchedule),
    change: by(changeSchedule),
    confirm: by(confirmSchedule),
    setState: by(setScheduleState),
    sendNow: by(sendNow),
    trouble: (scheduleId: number, dueAt: string) => troubleOf(client, scheduleId, dueAt),
    runDue: () => runDue(deps),
    deliver: (deliveryId: number) => deliver(deps, deliveryId),
    giveUp: (deliveryId: number) => giveUpDelivery(deps, deliveryId),
    settleMail: (outboundMailId: number) => settleReportMail(deps, outboundMailId),
    takeMail: (message: MessageModel) => takeReportMail(deps, message),
  }
}
