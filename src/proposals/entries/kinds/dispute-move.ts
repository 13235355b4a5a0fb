import { z } from 'zod'
import { endHold, heldByDispute, placeHold } from '#dunning'
import { addWorkingDays, bothWork, type DisputeEnd, disputeMoves, disputeOutcomes, madeMoveSchema, mayMove, moveDispute, takeMoveBack } from '#ledger'
import { type Db, fromInstant, Prisma, toPlainDate } from '#platform'
import { answerWithin } from '../../disputes/disputes-kind.ts'
import { openOfDispute } from '../../disputes/stays-due.ts'
import { disputeDecided } from '../../jobs.ts'
import { Refused } from '../../problem.ts'
import type { EntryRules, EntryWork } from './kind.ts'
import { invoiceIds } from './named-invoices.ts'

/**
 * `reason`: why, in a colleague's words. `invoiceIds`: those of the dispute, which are filled in. `outcome`: what its debtor is told of its end;
 * `staysDue`: what is to be paid of its invoices then, a decimal string in their currency.
 */
const schema = z.object({
  kind: z.literal('dispute_move'),
  disputeId: z.int(),
  move: z.enum(disputeMoves),
  reason: z.string(),
  invoiceIds,
  outcome: z.enum(disputeOutcomes).optional(),
  staysDue: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,3})?$/)
    .optional(),
})
type Content = z.infer<typeof schema>
const heldSchema = z.object({ invoiceId: z.int().nullable(), amount: z.string().nullable() })
const resultSchema = z.object({ made: madeMoveSchema, ended: z.array(heldSchema), placed: z.array(z.int()) })

/**
 * What became of a dispute: with its end its invoices are dunned again, unless another dispute contests them; where it is said what stays due, once
 * the credit for the rest is booked and its day to pay is over. Waiting for a credit note they are not dunned; opened again it gets a new day to answer by.
 */
export const disputeMove = {
  schema,
  right: 'decide',
  actionKinds: ['close_dispute'],
  isOnly: false,
  prepare: async ({ tx, debtor }, content) => {
    await tx.$queryRaw`SELECT id FROM "Dispute" WHERE id = ${content.disputeId} FOR UPDATE`
    const dispute = await tx.dispute.findFirst({ where: { id: content.disputeId, debtorId: debtor.id }, include: withInvoices })
    if (!dispute || !mayMove(dispute, content.move)) return { code: 'nothing_changes' }
    const { outcome: said, staysDue: typed, ...move } = { ...content, invoiceIds: dispute.invoices.map(({ invoiceId }) => invoiceId) }
    const outcome = content.move === 'rejected' ? 'rejected' : content.move === 'resolved' && said !== 'rejected' ? said : undefined
    if (outcome === undefined) return move
    const about = openOfDispute(dispute.invoices)
    if (!about) return { ...move, outcome }
    const staysDue = typed ?? { accepted: about.open.sub(about.contested).toFixed(), rejected: about.open.toFixed(), partly: undefined }[outcome]
    const isPossible = staysDue !== undefined && about.open.gte(staysDue) && (outcome !== 'partly' || new Prisma.Decimal(staysDue).lt(about.open))
    return isPossible ? { ...move, outcome, staysDue } : { code: 'amount' }
  },
  carryOut: async (work, content, { staffId }) => {
    const { tx, debtor, today, now, calendar, rules, deps } = work
    const { disputeId, move, reason } = content
    const at = fromInstant(now)
    const dispute = await tx.dispute.findUniqueOrThrow({ where: { id: disputeId }, include: withInvoices })
    const shared = debtor.country ? bothWork(calendar, rules.calendarOf({ code: '', country: debtor.country })) : calendar
    const answerDue = addWorkingDays(shared, today, answerWithin(rules.disputes, dispute.reason)).toString()
    const end = endOf(work, content, dispute.invoices)
    const made = await moveDispute(tx, { id: disputeId, move, staffId, reason, at, answerDue, end })
    if (!made) throw new Refused({ code: 'dispute_changed' })
    await deps.queue.send(tx, disputeDecided, { disputeId })
    if (move === 'credit_expected') return { made, ended: [], placed: [] }
    if (move === 'reopened') return { made, ended: [], placed: await holdAgain(tx, debtor.id, partsOf(dispute.invoices)) }
    if (end?.staysDue !== undefined) return { made, ended: [], placed: [] }
    const items = await onlyContestedBy(tx, debtor.id, disputeId, partsOf(dispute.invoices))
    const held = await heldByDispute(tx, debtor.id, items)
    await endHold(tx, { ids: held.map(({ id }) => id) }, at)
    return { made, ended: held.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount?.toFixed() ?? null })), placed: [] }
  },
  takeBack: async ({ tx, debtor, now, deps }, result) => {
    const { made, ended, placed } = resultSchema.parse(result)
    const at = fromInstant(now)
    if (!(await takeMoveBack(tx, made, { staffId: null, at }))) return false
    await deps.queue.send(tx, disputeDecided, { disputeId: made.disputeId })
    await endHold(tx, { ids: placed }, at)
    await holdAgain(tx, debtor.id, ended)
    return true
  },
  prose: ({ reason }) => ({ reason }),
} satisfies EntryRules<Content>

const withInvoices = { invoices: { include: { invoice: true }, orderBy: { invoiceId: 'asc' } } } as const satisfies Prisma.DisputeInclude
type Invoices = Prisma.DisputeGetPayload<{ include: typeof withInvoices }>['invoices']

/** What an end says to the debtor. What stays due is to be paid by a new day, and never before an invoice's own. */
function endOf({ today, calendar, debtor, rules }: EntryWork, { outcome, staysDue }: Content, invoices: Invoices): DisputeEnd | undefined {
  if (outcome === undefined || staysDue === undefined || new Prisma.Decimal(staysDue).isZero()) return outcome && { outcome, staysDue }
  const shared = debtor.country ? bothWork(calendar, rules.calendarOf({ code: '', country: debtor.country })) : calendar
  const soonest = addWorkingDays(shared, today, rules.disputes.payWithin).toString()
  const [payBy] = [soonest, ...invoices.map(({ invoice }) => toPlainDate(invoice.dueDate).toString())].toSorted().toReversed()
  return { outcome, staysDue, payBy }
}

type Part = z.infer<typeof heldSchema>

/** What a dispute holds: its invoices, or with none everything. */
const partsOf = (invoices: { invoiceId: number; amount: { toFixed: () => string } | null }[]): Part[] =>
  invoices.length === 0 ? [{ invoiceId: null, amount: null }] : invoices.map(({ invoiceId, amount }) => ({ invoiceId, amount: amount?.toFixed() ?? null }))

/** Holds what is not held by a dispute already. */
async function holdAgain(tx: Db, debtorId: number, parts: Part[]): Promise<number[]> {
  const standing = await heldByDispute(
    tx,
    debtorId,
    parts.map(({ invoiceId }) => invoiceId),
  )
  const ids: number[] = []
  for (const { invoiceId, amount } of parts.filter(part => standing.every(held => held.invoiceId !== part.invoiceId)))
    ids.push(...(await placeHold(tx, { debtorId, invoiceIds: invoiceId === null ? [] : [invoiceId], reason: 'dispute', ...(amount !== null && { amount }) })))
  return ids
}

/** The invoices that no other open dispute of the debtor contests; null stands for everything. */
async function onlyContestedBy(tx: Db, debtorId: number, disputeId: number, parts: Part[]): Promise<(number | null)[]> {
  const others = await tx.dispute.findMany({ where: { debtorId, status: 'open', id: { not: disputeId } }, include: { invoices: true } })
  const contested = new Set(others.flatMap(({ invoices }) => partsOf(invoices)).map(({ invoiceId }) => invoiceId))
  return parts.map(({ invoiceId }) => invoiceId).filter(item => !contested.has(item))
}
