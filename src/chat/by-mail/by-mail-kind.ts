import { z } from 'zod'
import type { SettingsKind } from '#settings'

const minutes = z.int().min(1).max(1440)

const schema = z
  .strictObject({
    mailbox: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Mailbox that Duncan asks from and is answered in; best one that nobody else reads, as its mails hold keys. Left out: nothing is asked by mail',
      ),
    afterMinutes: minutes.default(15).describe('For how many minutes a chat platform is away before people are asked by mail'),
    everyMinutes: minutes.default(10).describe('One person gets at most one such mail in as many minutes; what gathers meanwhile stands in the next one'),
  })
  .describe('Decisions by mail: for everybody while a chat platform is away, and always for who chose so in their own settings')

/** How decisions are asked for by mail, as a setting. */
export const byMailKind = {
  name: 'decisionsByMail',
  schema,
  references: ({ mailbox }) => (mailbox === undefined ? [] : [{ path: ['mailbox'], kind: 'mailboxes', key: mailbox }]),
} satisfies SettingsKind<typeof schema>

export type ByMailSettings = z.output<typeof schema>
