import { z } from 'zod'
import { endHold, placeHold } from '#dunning'
import { addWorkingDays, bothWork, openDispute, withdrawDispute } from '#ledger'
import { fromInstant } from '#platform'
import { disputeOwner } from '../../disputes/dispute-owner.ts'
import { answerWithin, disputeTypes } from '../../disputes/disputes-kind.ts'
import type { EntryRules } from './kind.ts'
import { contestedAmount, invoiceIds, namedInvoices } from './named-invoices.ts'

/** `amount`: what is contested of the only invoice, a decimal string in its currency; all of it when left out. */
const schema = z.object({ kind: z.literal('dispute'), reason: z.string(), text: z.string(), invoiceIds, amount: contestedAmount })
const resultSchema = z.object({ disputeId: z.int(), holdIds: z.array(z.int()) })

/** A dispute that a colleague heard of, with its hold. */
export const dispute = {
  schema,
  right: 'decide',
  actionKinds: ['open_dispute', 'place_hold'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    const found = await namedInvoices(work, typed)
    if ('code' in found) return found
    if (!disputeTypes(work.rules.disputes).includes(content.reason)) return { code: 'nothing_changes' }
    if (content.amount !== undefined && found.named.length !== 1) return { code: 'amount' }
    return { ...content, invoiceIds: found.named }
  },
  carryOut: async ({ tx, debtor, today, now, calendar, rules }, { reason, text, amount, invoiceIds: named }, { staffId }) => {
    const about = { debtorId: debtor.id, invoiceIds: named, ...(amount !== undefined && { amount }) }
    const shared = debtor.country ? bothWork(calendar, rules.calendarOf({ code: '', country: debtor.country })) : calendar
    const answerDue = addWorkingDays(shared, today, answerWithin(rules.disputes, reason)).toString()
    const ownerId = await disputeOwner(tx, { type: reason, debtorId: debtor.id, rules: rules.disputes }, [staffId])
    const disputeId = await openDispute(tx, { ...about, reason, text, answerDue, ownerId, staffId, at: fromInstant(now) })
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
