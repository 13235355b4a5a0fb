import { z } from 'zod'
import type { SettingsKind } from '#settings'

const days = z.int().min(30, 'must be at least 30 days').max(36_500)

const schema = z
  .strictObject({
    rawMailDays: days.optional().describe('Raw mails and their attachments are deleted after so many days; kept when absent. What was read of them stays'),
    mailboxes: z
      .record(z.string(), z.strictObject({ rawMailDays: days.nullable().describe('Of this mailbox; null: kept') }))
      .default({})
      .describe('Mailboxes with a rule of their own, by their short name'),
    outboxDays: days
      .optional()
      .describe('Letters, SMS and files for collection that still lie in their folders are deleted so many days after they were written; kept when absent'),
  })
  .describe('How long raw mails and written files are kept; raw mails that something open needs (a proposal, a dispute, a hold, a mail that is leaving) longer')

/** How long raw mails, and letters and files in their folders, are kept: for good, unless the settings say otherwise. */
export const retentionKind = {
  name: 'retention',
  schema,
  references: ({ mailboxes }) => Object.keys(mailboxes).map(key => ({ path: ['mailboxes', key], kind: 'mailboxes', key })),
} satisfies SettingsKind<typeof schema>

export type Retention = z.output<typeof schema>
