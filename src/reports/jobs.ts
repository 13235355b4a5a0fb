import { z } from 'zod'
import { jobKind } from '#platform'

/** One file of a run is to be made and mailed. A large one takes minutes. */
export const reportDeliver = jobKind('report.deliver', z.object({ deliveryId: z.int() }), { seconds: 3600 })

/** The owner of a schedule is to hear what of a run did not reach somebody. `dueAt`: the moment that the run is for. */
export const reportTold = jobKind('report.told', z.object({ scheduleId: z.int(), dueAt: z.iso.datetime() }))

export const reportJobs = [reportDeliver, reportTold]
