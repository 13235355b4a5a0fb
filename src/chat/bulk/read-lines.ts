import type { Db, Prisma } from '#platform'
import { type ActionStatus, type ActionView, readProblems } from '#proposals'

type LineInvoice = { id: number; number: string; currency: string; openAmount: string }

/** One proposal of a bulk in a line: whose it is, to whom its mail goes, what it is about, and how it stands. `decidedBy`: the id of who decided it, or voted first. */
export type BulkLine = {
  proposalId: number
  debtor: string
  to: string[]
  invoices: LineInvoice[]
  status: string
  decidedBy: number | null
  action: Pick<ActionView, 'status' | 'scheduledFor' | 'problems' | 'protective'> | undefined
}

/** The lines of these proposals, in the order of the ids; a proposal that is not there has none. */
export async function readLines(db: Db, ids: number[]): Promise<BulkLine[]> {
  const proposals = await db.proposal.findMany({
    where: { id: { in: ids } },
    select: { id: true, debtorId: true, status: true, decidedById: true, firstVoteById: true, actions: { orderBy: { position: 'asc' } } },
  })
  const debtors = await db.debtor.findMany({ where: { id: { in: proposals.flatMap(({ debtorId }) => debtorId ?? []) } }, select: { id: true, name: true } })
  const invoices = await db.invoice.findMany({
    where: { id: { in: proposals.flatMap(({ actions }) => actions.flatMap(invoiceIdsOf)) } },
    orderBy: { id: 'asc' },
    select: { id: true, number: true, openAmount: true, currency: true },
  })
  return ids.flatMap(id => {
    const proposal = proposals.find(row => row.id === id)
    if (!proposal) return []
    const named = new Set(proposal.actions.flatMap(invoiceIdsOf))
    const action = proposal.actions.at(-1)
    return {
      proposalId: id,
      debtor: debtors.find(debtor => debtor.id === proposal.debtorId)?.name ?? '?',
      to: action ? listIn(action, 'to').filter(address => typeof address === 'string') : [],
      invoices: invoices.filter(invoice => named.has(invoice.id)).map(({ openAmount, ...invoice }) => ({ ...invoice, openAmount: openAmount.toFixed(2) })),
      status: proposal.status,
      decidedBy: proposal.decidedById ?? proposal.firstVoteById,
      action: action && { ...action, status: action.status as ActionStatus, problems: readProblems(action.problem) },
    }
  })
}

type Stored = { payload: Prisma.JsonValue }

const invoiceIdsOf = (action: Stored): number[] => listIn(action, 'invoiceIds').filter(id => typeof id === 'number')

/** A list in what an action is to do; empty for a kind that has none of this name. */
function listIn({ payload }: Stored, name: 'invoiceIds' | 'to'): Prisma.JsonValue[] {
  const list = payload !== null && typeof payload === 'object' && !Array.isArray(payload) ? payload[name] : []
  return Array.isArray(list) ? list : []
}
