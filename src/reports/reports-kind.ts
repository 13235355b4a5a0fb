import { z } from 'zod'
import type { SettingsKind } from '#settings'

const schema = z
  .strictObject({
    mailbox: z
      .string()
      .min(1)
      .optional()
      .describe('Mailbox that reports go out from; best one that debtors do not write to. Left out: the one of decisionsByMail, else none goes out'),
    domains: z
      .array(
        z
          .string()
          .toLowerCase()
          .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'must be a domain such as auditor.example'),
      )
      .default([])
      .describe('Domains of mail addresses that reports may go to beside those of your staff; none when left out'),
    logo: z.string().min(1).optional().describe('PNG or JPEG file of your logo for reports about several administrations; each may have its own'),
  })
  .describe('Reports that go out by mail by themselves')

/** From where and to whom reports go, as a setting. */
export const reportsKind = {
  name: 'reports',
  schema,
  references: ({ mailbox }) => (mailbox === undefined ? [] : [{ path: ['mailbox'], kind: 'mailboxes', key: mailbox }]),
} satisfies SettingsKind<typeof schema>

export type ReportSettings = z.output<typeof schema>
