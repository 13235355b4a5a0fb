import { z } from 'zod'

const amount = z.string()
const currency = z.string()
const named = z.object({ key: z.string(), title: z.string().optional() })

/** Why an entry was opened, as facts that its card says in the reader's language. Amounts are decimal strings. */
export const entryWhySchema = z.discriminatedUnion('code', [
  /** Open items and orders are more than the bureau advises; `leftOut`: amounts that no rate converts, beside them. */
  z.object({ code: z.literal('over_advice'), exposure: amount, advice: amount, currency, leftOut: z.array(z.object({ amount, currency })) }),
  /** The bureau advises less than our own limit, which is in the same currency by the day's rate. */
  z.object({ code: z.literal('advice_below_limit'), advice: amount, limit: amount, currency }),
  /** The debtor came into another cell of the decision matrix; `title`: what the settings call its row and column. */
  z.object({ code: z.literal('matrix'), stance: z.string(), solvency: named, band: named, exposure: amount, currency }),
  /** The debtor's newest report tells what the ledger lacks, or tells otherwise. `toldOn`: ISO day. */
  z.object({ code: z.literal('bureau_report'), bureau: z.string(), toldOn: z.iso.date() }),
  /** Several debtors are one company at the bureau, or by their number. */
  z.object({ code: z.literal('one_company'), company: z.string() }),
  /** A person chose it on a credit alert. */
  z.object({ code: z.literal('alert'), alertId: z.int() }),
])
export type EntryWhy = z.infer<typeof entryWhySchema>
