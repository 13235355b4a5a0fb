import { z } from 'zod'

/** Why a mail did not leave, or may not have, or not to everybody. `answer`: what the mail server said, in its own words. */
export const mailProblemSchema = z.discriminatedUnion('code', [
  /** It was not to leave any more; what else stands beside it says why. */
  z.object({ code: z.literal('stopped') }),
  z.object({ code: z.literal('no_server'), mailbox: z.string() }),
  z.object({ code: z.literal('source_missing') }),
  z.object({ code: z.literal('attachment_missing'), file: z.string() }),
  z.object({ code: z.literal('attachment_damaged'), file: z.string() }),
  z.object({ code: z.literal('refused_for'), addresses: z.array(z.string()) }),
  z.object({ code: z.literal('connection_broke'), answer: z.string() }),
  z.object({ code: z.literal('server_refused'), answer: z.string() }),
  /** Duncan ended in the middle of it. */
  z.object({ code: z.literal('ended_leaving') }),
  z.object({ code: z.literal('restored') }),
  /** A person says that it did not leave, and shall not. */
  z.object({ code: z.literal('given_up') }),
  /** Its job failed for good. */
  z.object({ code: z.literal('job_failed'), fault: z.string() }),
  /** Words of a fault, or of an older release, that nobody put into other languages. */
  z.object({ code: z.literal('said'), text: z.string() }),
])
export type MailProblem = z.infer<typeof mailProblemSchema>

/** As a mail keeps them: its own, and those for which it was not to leave. */
export type MailProblems = readonly (MailProblem | { code: string })[]
