import { z } from 'zod'
import type { OwnTemplates } from '#drafting'
import type { LateChargeRules, Workflows } from '#dunning'
import type { Calendars, PromiseRules, ReportingRules, WorkCalendar } from '#ledger'
import type { Payments } from '#payments'
import { type Blobs, type Clock, type DbClient, type Log, platformConfig, type Queue } from '#platform'
import type { AutonomyRules } from './autonomy-kind.ts'
import type { DisputeRules } from './disputes/disputes-kind.ts'
import type { FindInvoiceCopy } from './invoice-copies.ts'
import { officeDay } from './working-hours.ts'

export const proposalsConfig = z.object({
  DUNCAN_TIME_ZONE: platformConfig.shape.DUNCAN_TIME_ZONE,
  DUNCAN_DATA_DIR: platformConfig.shape.DUNCAN_DATA_DIR,
  DUNCAN_UNDO_SECONDS: z.coerce.number().int().min(0).max(3600).default(120).describe('How long a decision can be undone before its mails leave'),
  DUNCAN_LEDGER_MAX_AGE_HOURS: z.coerce.number().positive().default(26).describe('Amounts are told to nobody when the newest import is older'),
  DUNCAN_INVOICE_COPIES: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with PDF copies, named by invoice number; a subfolder per administration code if there are several'),
  DUNCAN_PRINT_OUTBOX: z.string().min(1).optional().describe('Folder for letters to be printed; outbox/print in the data folder when left out'),
  DUNCAN_HAND_OVER_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe('Folder for the files of debtors that go to a collection agency; outbox/hand-over in the data folder when left out'),
  DUNCAN_SMS_URL: z.url().optional().describe('Where an SMS is handed to a gateway by HTTP; without it they are written to outbox/sms in the data folder'),
  DUNCAN_SMS_TOKEN: z.string().min(1).optional().describe('Token that the SMS gateway asks for'),
  DUNCAN_REMIND_OWNER_HOURS: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(4)
    .describe('Working hours until the owner of an undecided proposal is reminded; 0: never'),
  DUNCAN_REMIND_LEAD_HOURS: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(8)
    .describe('Working hours until the managers are told of an undecided proposal; 0: never'),
  DUNCAN_EXPIRE_DAYS: z.coerce.number().positive().max(3650).optional().describe('Days until an undecided proposal expires; never when left out'),
  DUNCAN_OFFICE_HOURS: z
    .string()
    .refine(text => officeDay(text) !== undefined, 'two times of one day, as in 09:00-17:00')
    .default('09:00-17:00')
    .describe('Working hours, Monday to Friday'),
})
export type ProposalsConfig = z.infer<typeof proposalsConfig>

export type ProposalsDeps = {
  client: DbClient
  queue: Pick<Queue, 'send'>
  blobs: Pick<Blobs, 'put' | 'read' | 'size'>
  clock: Clock
  log: Log
  config: ProposalsConfig
  findCopy: FindInvoiceCopy
  /** Gives reminders their pages to pay on; none when left out. */
  payLinks?: Pick<Payments, 'reminderLink'> | undefined
  /** As the settings stand now. */
  rules: () => ProposalRules
}

/** What the business settings decide about proposals. */
export type ProposalRules = {
  /** Own words in the place of shipped templates. */
  templates: OwnTemplates
  calendarOf: (administration: { code: string; country: string }) => WorkCalendar
  calendars: Calendars
  /** The currency that limits are in, and how old a rate may be. */
  reporting: ReportingRules
  /** The dunning workflows that a debtor may be on. */
  workflows: Workflows
  /** What is asked for paying late. */
  lateCharges: LateChargeRules
  /** How long promises, claims and requests for plans keep reminders away. */
  promises: PromiseRules
  /** Types of disputes, their owners and deadlines. */
  disputes: DisputeRules
  /** What Duncan may come to do by itself, and how long decisions can be undone. */
  autonomy: AutonomyRules
}
