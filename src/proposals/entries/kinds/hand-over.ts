import { z } from 'zod'
import { consumerFaults, dunningActionOf, endHold, placeHold } from '#dunning'
import { isLedgerStale } from '#ledger'
import { fromInstant, fromPlainDate, type Prisma } from '#platform'
import { cancelDispatch, dispatchedSchema, scheduleDispatch } from '../../dunning/dispatch.ts'
import { sumsOf } from '../../dunning/why-step.ts'
import type { EntryRules, EntryWork } from './kind.ts'
import { invoiceIds, nameOfFile } from './named-invoices.ts'

/** `actionId`: of dunning. `open`: what is open of its invoices, by currency. */
const schema = z.object({
  kind: z.literal('hand_over'),
  actionId: z.int(),
  invoiceIds,
  open: z.array(z.object({ amount: z.string(), currency: z.string() })).default([]),
})
type Content = z.infer<typeof schema>
const resultSchema = dispatchedSchema.extend({ holdIds: z.array(z.int()) })

/** The file of a debtor for a collection agency or a lawyer: approved it is written, and dunning leaves the debtor alone until it is taken back. */
export const handOver = {
  schema,
  right: 'decide',
  actionKinds: ['hand_over'],
  isOnly: true,
  prepare: async (work, content) => {
    const { tx, debtor, today, deps } = work
    if (await isLedgerStale(tx, debtor.administrationId, deps.clock, deps.config.DUNCAN_LEDGER_MAX_AGE_HOURS)) return { code: 'stale_ledger' }
    const action = await dunningActionOf(tx, content.actionId)
    const asked = content.invoiceIds.length > 0 ? content.invoiceIds : (action?.items ?? []).map(({ invoiceId }) => invoiceId)
    const open = await handedOver(work, asked)
    if (!action || open.length === 0) return { code: 'nothing_open' }
    const [fault] = await consumerFaults(tx, action, { on: today })
    if (fault?.kind === 'too_early') return { code: 'mail_refused', text: `Consumer law does not let it be handed over yet (${fault.invoice}).` }
    return { ...content, invoiceIds: open.map(({ id }) => id), open: sumsOf(open.map(({ openAmount: amount, currency }) => ({ amount, currency }))) }
  },
  dispatchOf: ({ open }) => ({ to: [], amounts: open.map(({ amount }) => amount), chases: true, threadId: null }),
  carryOut: async (work, { actionId }, { entryId }) => {
    const { tx, debtor, today } = work
    const holdIds = await placeHold(tx, { debtorId: debtor.id, invoiceIds: [], reason: 'handed_over' })
    const name = nameOfFile(today.toString(), debtor.number, `${actionId}.zip`)
    return { ...(await scheduleDispatch(work, { entryId, channel: 'hand_over', name })), holdIds }
  },
  takeBack: async ({ tx, now }, result) => {
    const { dispatchId, holdIds } = resultSchema.parse(result)
    const isWritten = (await tx.dispatch.count({ where: { id: dispatchId, state: 'sent' } })) > 0
    // The file that was given away stays given; dunning goes on all the same.
    if (!isWritten && !(await cancelDispatch(tx, dispatchId))) return false
    await endHold(tx, { ids: holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<Content>

/** Those that are open still, and that nothing but the hand-over itself holds. */
function handedOver({ tx, debtor, today }: EntryWork, ids: number[]) {
  return tx.$queryRaw<{ id: number; openAmount: Prisma.Decimal; currency: string }[]>`
    SELECT i.id, i."openAmount", i.currency FROM "Invoice" i WHERE i.id = ANY(${ids}::int[]) AND i."debtorId" = ${debtor.id} AND i.status = 'open'
      AND NOT EXISTS (SELECT FROM "DunningHold" h WHERE h."debtorId" = ${debtor.id} AND (h."invoiceId" IS NULL OR h."invoiceId" = i.id) AND h.amount IS NULL
        AND h."endedAt" IS NULL AND h.reason <> 'handed_over' AND (h.until IS NULL OR h.until >= ${fromPlainDate(today)}::date))
    ORDER BY i."dueDate", i.id`
}
