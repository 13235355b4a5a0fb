import { z } from 'zod'
import { jobKind } from '#platform'

/** What became of an online payment is to be followed: reminders that wait say something else now. */
export const onlinePaymentChanged = jobKind('online_payment.changed', z.object({ debtorId: z.int() }))
