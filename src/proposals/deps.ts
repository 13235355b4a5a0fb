import { z } from 'zod'
import type { Blobs, Clock, DbClient, Log, Queue } from '#platform'
import type { FindInvoiceCopy } from './invoice-copies.ts'

export const proposalsConfig = z.object({
  DUNCAN_UNDO_SECONDS: z.coerce.number().int().min(0).max(3600).default(120).describe('How long a decision can be undone before its mails leave'),
  DUNCAN_LEDGER_MAX_AGE_HOURS: z.coerce.number().positive().default(26).describe('Amounts are told to nobody when the newest import is older'),
  DUNCAN_INVOICE_COPIES: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with PDF copies, named by invoice number; a subfolder per administration code if there are several'),
  DUNCAN_REPORTING_CURRENCY: z.string().length(3).toUpperCase().default('EUR').describe('Currency that the limits of people are in'),
})
export type ProposalsConfig = z.infer<typeof proposalsConfig>

export type ProposalsDeps = {
  client: DbClient
  queue: Pick<Queue, 'send'>
  blobs: Pick<Blobs, 'put' | 'size'>
  clock: Clock
  log: Log
  config: ProposalsConfig
  findCopy: FindInvoiceCopy
}
