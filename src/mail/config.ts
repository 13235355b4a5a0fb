import { z } from 'zod'

/** The mail part of the environment. */
export const mailConfig = z.object({
  DUNCAN_PARSER_THREADS: z.coerce.number().int().min(1).max(32).optional().describe('Threads that parse mail; by default one less than there are cores'),
  DUNCAN_TRUSTED_SERVERS: z
    .string()
    .default('')
    .transform(names => names.split(/[\s,]+/).filter(Boolean))
    .describe('Names that your own receiving servers write into Authentication-Results, separated by commas'),
  DUNCAN_SENDER_CHECK: z
    .enum(['dns', 'headers'])
    .default('dns')
    .describe('headers: believe only what those servers wrote; dns: also check DKIM, SPF and DMARC, which asks DNS'),
  DUNCAN_SIGN_IN_WARNING_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(7)
    .describe('How many days before a mailbox’s sign-in with its provider ends you hear of it, where the end is known'),
})
export type MailConfig = z.infer<typeof mailConfig>
