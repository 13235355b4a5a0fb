import { bankChange, type Stake } from '#people'
import { type Db, fromInstant, type Prisma } from '#platform'
import { amountAtStake } from './amount-at-stake.ts'
import { type Deciding, decided, writeDecision } from './deciding.ts'
import type { ProposalsDeps } from './deps.ts'
import type { DecisionOutcome } from './proposal.ts'
import { waitsFrom } from './remind.ts'
import { invoiceIdsOf, isMail, isWholeDebtor, type StoredAction, type StoredProposal } from './store.ts'

/**
 * What the ticked actions are about, in the reporting currency. One that names no invoices, as a reply, counts with the whole: a mail
 * with all that its proposal is about, also with what is left out, since its text may promise that all the same.
 */
export async function stakeOf(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<Stake> {
  const ticked = proposal.actions.filter(action => action.ticked)
  const amountOf = (actions: StoredAction[]) => amountAtStake(tx, deps, proposal, actions)
  const total = await amountOf(ticked.some(isMail) ? proposal.actions.filter(({ status }) => status !== 'undone') : ticked)
  const kinds: { kind: string; amount: Prisma.Decimal | null }[] = []
  for (const [kind, actions] of Map.groupBy(ticked, action => action.kind)) {
    const namesInvoices = actions.every(action => invoiceIdsOf(action).length > 0 || isWholeDebtor(action))
    kinds.push({ kind, amount: namesInvoices ? await amountOf(actions) : total })
  }
  // One calls the debtor, another one agrees.
  if (proposal.basis.reading.quarantine.some(({ kind }) => kind === bankChange)) kinds.push({ kind: bankChange, amount: total })
  return { total, kinds }
}

/**
 * Who gave the first vote, and who wrote or changed what is voted on, also on a proposal that this one took over with its facts: nobody
 * checks their own work.
 */
export async function makersOf(tx: Db, { id, threadId, firstVoteById }: StoredProposal): Promise<number[]> {
  const takenOver = threadId === null ? [] : await tx.proposal.findMany({ where: { threadId, status: 'superseded' }, select: { id: true } })
  const of = [id, ...takenOver.map(proposal => proposal.id)]
  const edits = await tx.decision.findMany({ where: { proposalId: { in: of }, edited: true }, select: { staffId: true } })
  return [firstVoteById, ...edits.map(({ staffId }) => staffId)].filter(staffId => staffId !== null)
}

/** Takes a first vote back: the proposal is open as before it. */
export async function withdrawVote(deciding: Deciding<'undo'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal } = deciding
  const data = { status: 'open', firstVoteById: null, ...waitsFrom(fromInstant(deps.clock.now())) }
  await tx.proposal.update({ where: { id: proposal.id }, data })
  await writeDecision(deciding, { detail: { firstVoteBy: proposal.firstVoteById } })
  return decided(deciding, 'open')
}
