import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { endHold, placeHold } from '#dunning'
import { fromInstant } from '#platform'
import type { EntryRules } from './kind.ts'
import { invoiceIds, isOver, namedInvoices } from './named-invoices.ts'

const schema = z.object({ kind: z.literal('hold'), until: z.iso.date(), invoiceIds })
const resultSchema = z.object({ holdIds: z.array(z.int()) })

/** Reminders held until a day, as a colleague wants it. */
export const hold = {
  schema,
  right: 'decide',
  actionKinds: ['place_hold'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    if (isOver(content.until, work)) return { code: 'day_is_over' }
    const found = await namedInvoices(work, typed)
    return 'code' in found ? found : { ...content, invoiceIds: found.named }
  },
  carryOut: async ({ tx, debtor }, content) => {
    const until = Temporal.PlainDate.from(content.until)
    return { holdIds: await placeHold(tx, { debtorId: debtor.id, invoiceIds: content.invoiceIds, reason: 'staff', until }) }
  },
  takeBack: async ({ tx, now }, result) => {
    await endHold(tx, { ids: resultSchema.parse(result).holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<z.infer<typeof schema>>
