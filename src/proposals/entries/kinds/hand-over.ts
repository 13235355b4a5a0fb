import { z } from 'zod'
import { consumerFaults, dunningActionOf, endHold, placeHold } from '#dunning'
import { fromInstant, fromPlainDate, type Prisma } from '#platform'
import { isAnyLedgerStale, severalOf } from '../../dunning/debtors-of.ts'
import { cancelDispatch, dispatchedSchema, scheduleDispatch } from '../../dunning/dispatch.ts'
import { endStep, reopenStep } from '../../dunning/end-step.ts'
import { sumsOf } from '../../dunning/why-step.ts'
import type { EntryRules, EntryWork } from './kind.ts'
import { invoiceIds, nameOfFile } from './named-invoices.ts'

/** `actionId`: of dunning. `debtorIds`: all that it is about, where it is for a central file. `open`: what is open of its invoices, by currency. */
const schema = z.object({
  kind: z.literal('hand_over'),
  actionId: z.int(),
  debtorIds: z.array(z.int()).optional(),
  invoiceIds,
  open: z.array(z.object({ amount: z.string(), currency: z.string() })).default([]),
})
type Content = z.infer<typeof schema>
const resultSchema = dispatchedSchema.extend({ holdIds: z.array(z.int()) })

/** The file of a debtor, or of a central file, for a collection agency or a lawyer: approved it is written, and dunning leaves them alone until it is taken back. */
export const handOver = {
  schema,
  right: 'decide',
  actionKinds: ['hand_over'],
  isOnly: true,
  prepare: async (work, { debtorIds: _before, ...content }) => {
    const { tx, debtor, today, deps } = work
    const action = await dunningActionOf(tx, content.actionId)
    const asked = content.invoiceIds.length > 0 ? content.invoiceIds : (action?.items ?? []).map(({ invoiceId }) => invoiceId)
    const open = await handedOver(work, asked)
    if (!action || open.length === 0) return { code: 'nothing_open' }
    const several = severalOf({ debtorId: debtor.id, items: open })
    if (await isAnyLedgerStale(tx, several.debtorIds ?? [debtor.id], deps)) return { code: 'stale_ledger' }
    const faults = await consumerFaults(tx, action, { on: today })
    if (faults.length > 0) return { code: 'consumer_law', faults }
    return {
      ...content,
      ...several,
      invoiceIds: open.map(({ id }) => id),
      open: sumsOf(open.map(({ openAmount: amount, currency }) => ({ amount, currency }))),
    }
  },
  dispatchOf: ({ open }) => ({ to: [], amounts: open.map(({ amount }) => amount), chases: true, threadId: null }),
  carryOut: async (work, { actionId, invoiceIds: ids }, { entryId }) => {
    const { tx, debtor, today } = work
    const owners = await tx.debtor.findMany({ where: { invoices: { some: { id: { in: ids } } } }, select: { id: true }, orderBy: { id: 'asc' } })
    const holdIds: number[] = []
    for (const { id } of owners) holdIds.push(...(await placeHold(tx, { debtorId: id, invoiceIds: [], reason: 'handed_over' })))
    const name = nameOfFile(today.toString(), debtor.number, `${actionId}.zip`)
    return { ...(await scheduleDispatch(work, { entryId, channel: 'hand_over', name })), holdIds }
  },
  ended: endStep,
  reopened: reopenStep,
  takeBack: async ({ tx, now }, result) => {
    const { dispatchId, holdIds } = resultSchema.parse(result)
    const isWritten = (await tx.dispatch.count({ where: { id: dispatchId, state: 'sent' } })) > 0
    // The file that was given away stays given; dunning goes on all the same.
    if (!isWritten && !(await cancelDispatch(tx, dispatchId))) return false
    await endHold(tx, { ids: holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<Content>

/** Those that are open still, of the debtor or of its central file, and that nothing but the hand-over itself holds. */
function handedOver({ tx, debtor, today }: EntryWork, ids: number[]) {
  return tx.$queryRaw<{ id: number; debtorId: number; openAmount: Prisma.Decimal; currency: string }[]>`
    SELECT i.id, i."debtorId", i."openAmount", i.currency FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId"
    WHERE i.id = ANY(${ids}::int[]) AND (d.id = ${debtor.id} OR d."groupId" = ${debtor.groupId}) AND i.status = 'open'
      AND NOT EXISTS (SELECT FROM "DunningHold" h WHERE h."debtorId" = i."debtorId" AND (h."invoiceId" IS NULL OR h."invoiceId" = i.id) AND h.amount IS NULL
        AND h."endedAt" IS NULL AND h.reason <> 'handed_over' AND (h.until IS NULL OR h.until >= ${fromPlainDate(today)}::date))
    ORDER BY i."dueDate", i.id`
}
