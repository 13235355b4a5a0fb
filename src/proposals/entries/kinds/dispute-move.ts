import { z } from 'zod'
import { endHold, heldByDispute, placeHold } from '#dunning'
import { addWorkingDays, bothWork, disputeMoves, madeMoveSchema, mayMove, moveDispute, takeMoveBack } from '#ledger'
import { type Db, DuncanError, fromInstant } from '#platform'
import { answerWithin } from '../../disputes/disputes-kind.ts'
import type { EntryRules } from './kind.ts'
import { invoiceIds } from './named-invoices.ts'

/** `reason`: why, in a colleague's words. `invoiceIds`: those of the dispute, which are filled in. */
const schema = z.object({ kind: z.literal('dispute_move'), disputeId: z.int(), move: z.enum(disputeMoves), reason: z.string(), invoiceIds })
const heldSchema = z.object({ invoiceId: z.int().nullable(), amount: z.string().nullable() })
const resultSchema = z.object({ made: madeMoveSchema, ended: z.array(heldSchema), placed: z.array(z.int()) })

/**
 * What became of a dispute: with its end its invoices are dunned again, unless another dispute contests them; waiting for a credit note
 * they are not; opened again it gets a new day to answer by.
 */
export const disputeMove = {
  schema,
  right: 'decide',
  actionKinds: ['close_dispute'],
  isOnly: false,
  prepare: async ({ tx, debtor }, content) => {
    await tx.$queryRaw`SELECT id FROM "Dispute" WHERE id = ${content.disputeId} FOR UPDATE`
    const dispute = await tx.dispute.findFirst({ where: { id: content.disputeId, debtorId: debtor.id }, include: { invoices: true } })
    if (!dispute || !mayMove(dispute, content.move)) return { code: 'nothing_changes' }
    return { ...content, invoiceIds: dispute.invoices.map(({ invoiceId }) => invoiceId) }
  },
  carryOut: async ({ tx, debtor, today, now, calendar, rules }, { disputeId, move, reason }, { staffId }) => {
    const at = fromInstant(now)
    const dispute = await tx.dispute.findUniqueOrThrow({ where: { id: disputeId }, include: { invoices: true } })
    const shared = debtor.country ? bothWork(calendar, rules.calendarOf({ code: '', country: debtor.country })) : calendar
    const answerDue = addWorkingDays(shared, today, answerWithin(rules.disputes, dispute.reason)).toString()
    const made = await moveDispute(tx, { id: disputeId, move, staffId, reason, at, answerDue })
    if (!made)
      throw new DuncanError('dispute.changed', 'This dispute stands otherwise by now.', 'Look at the dispute again, and withdraw what waits for a second vote.')
    if (move === 'credit_expected') return { made, ended: [], placed: [] }
    if (move === 'reopened') return { made, ended: [], placed: await holdAgain(tx, debtor.id, partsOf(dispute.invoices)) }
    const items = await onlyContestedBy(tx, debtor.id, disputeId, partsOf(dispute.invoices))
    const held = await heldByDispute(tx, debtor.id, items)
    await endHold(tx, { ids: held.map(({ id }) => id) }, at)
    return { made, ended: held.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount?.toFixed() ?? null })), placed: [] }
  },
  takeBack: async ({ tx, debtor, now }, result) => {
    const { made, ended, placed } = resultSchema.parse(result)
    const at = fromInstant(now)
    if (!(await takeMoveBack(tx, made, { staffId: null, at }))) return false
    await endHold(tx, { ids: placed }, at)
    await holdAgain(tx, debtor.id, ended)
    return true
  },
  prose: ({ reason }) => ({ reason }),
} satisfies EntryRules<z.infer<typeof schema>>

type Part = z.infer<typeof heldSchema>

/** What a dispute holds: its invoices, or with none everything. */
const partsOf = (invoices: { invoiceId: number; amount: { toFixed: () => string } | null }[]): Part[] =>
  invoices.length === 0 ? [{ invoiceId: null, amount: null }] : invoices.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount?.toFixed() ?? null }))

async function holdAgain(tx: Db, debtorId: number, parts: Part[]): Promise<number[]> {
  const ids: number[] = []
  for (const { invoiceId, amount } of parts)
    ids.push(...(await placeHold(tx, { debtorId, invoiceIds: invoiceId === null ? [] : [invoiceId], reason: 'dispute', ...(amount !== null && { amount }) })))
  return ids
}

/** The invoices that no other open dispute of the debtor contests; null stands for everything. */
async function onlyContestedBy(tx: Db, debtorId: number, disputeId: number, parts: Part[]): Promise<(number | null)[]> {
  const others = await tx.dispute.findMany({ where: { debtorId, status: 'open', id: { not: disputeId } }, include: { invoices: true } })
  const contested = new Set(others.flatMap(({ invoices }) => partsOf(invoices)).map(({ invoiceId }) => invoiceId))
  return parts.map(({ invoiceId }) => invoiceId).filter(item => !contested.has(item))
}
