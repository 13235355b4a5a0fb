import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { endHold, placeHold } from '#dunning'
import { addWorkingDays } from '#ledger'
import { fromInstant } from '#platform'
import type { EntryRules } from './kind.ts'
import { invoiceIds, namedInvoices } from './named-invoices.ts'

/** `until`: the last day on which the money is waited for; filled in when it is looked up. */
const schema = z.object({ kind: z.literal('payment_claim'), until: z.iso.date().optional(), invoiceIds })
const resultSchema = z.object({ holdIds: z.array(z.int()) })

/** What a debtor says to have paid: reminders wait for the days that money may take. */
export const paymentClaim = {
  schema,
  right: 'decide',
  actionKinds: ['mark_payment_claimed'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    const found = await namedInvoices(work, typed)
    if ('code' in found) return found
    const until = addWorkingDays(work.calendar, work.today, work.rules.promises.arrivalDays).toString()
    return { ...content, until, invoiceIds: found.named }
  },
  carryOut: async ({ tx, debtor, today }, content) => {
    const until = Temporal.PlainDate.from(content.until ?? today)
    return { holdIds: await placeHold(tx, { debtorId: debtor.id, invoiceIds: content.invoiceIds, reason: 'payment_claim', until }) }
  },
  takeBack: async ({ tx, now }, result) => {
    await endHold(tx, { ids: resultSchema.parse(result).holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<z.infer<typeof schema>>
