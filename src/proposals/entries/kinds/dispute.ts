import { z } from 'zod'
import { endHold, placeHold } from '#dunning'
import { addWorkingDays, openDispute, withdrawDispute } from '#ledger'
import { fromInstant } from '#platform'
import { disputeReasons } from '#triage'
import { answerWithin } from '../../handlers/dispute.ts'
import type { EntryRules } from './kind.ts'
import { invoiceIds, namedInvoices } from './named-invoices.ts'

const schema = z.object({ kind: z.literal('dispute'), reason: z.enum(disputeReasons), text: z.string(), invoiceIds })
const resultSchema = z.object({ disputeId: z.int(), holdIds: z.array(z.int()) })

/** A dispute that a colleague heard of, with its hold. */
export const dispute = {
  schema,
  right: 'decide',
  actionKinds: ['open_dispute', 'place_hold'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    const found = await namedInvoices(work, typed)
    return 'code' in found ? found : { ...content, invoiceIds: found.named }
  },
  carryOut: async ({ tx, debtor, today, calendar }, { reason, text, invoiceIds: named }) => {
    const about = { debtorId: debtor.id, invoiceIds: named }
    const answerDue = addWorkingDays(calendar, today, answerWithin).toString()
    const disputeId = await openDispute(tx, { ...about, reason, text, answerDue })
    return { disputeId, holdIds: await placeHold(tx, { ...about, reason: 'dispute' }) }
  },
  takeBack: async ({ tx, now }, result) => {
    const { disputeId, holdIds } = resultSchema.parse(result)
    if (!(await withdrawDispute(tx, { id: disputeId }))) return false
    await endHold(tx, { ids: holdIds }, fromInstant(now))
    return true
  },
  prose: ({ text }) => ({ text }),
} satisfies EntryRules<z.infer<typeof schema>>
