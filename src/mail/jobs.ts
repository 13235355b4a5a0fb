import { z } from 'zod'
import { jobKind } from '#platform'

/** A message that is not history was stored: triage may read it. */
export const mailReceived = jobKind('mail.received', z.object({ messageId: z.int() }))

const outbound = z.object({ outboundMailId: z.int() })

/** An outbound mail's undo window is over, or its next attempt is due. */
export const mailSend = jobKind('mail.send', outbound)

/** An outbound mail became sent, failed or unknown. */
export const mailSettled = jobKind('mail.settled', outbound)

/** A sent mail's copy is to stand in the mailbox's Sent folder. */
export const mailFile = jobKind('mail.file', outbound, { retries: 10 })

/** An outbound mail that was being sent a while ago: did its process die, and did the mail leave? */
export const mailReconcile = jobKind('mail.reconcile', outbound, { retries: 10 })
