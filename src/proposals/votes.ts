import { type Alone, bankChange, judge, may, type RightsPolicy, type Stake, sightOf } from '#people'
import { type Db, fromInstant, type Prisma } from '#platform'
import { amountAtStake } from './amount-at-stake.ts'
import { type Deciding, decided, writeDecision } from './deciding.ts'
import type { ProposalsDeps } from './deps.ts'
import { proposalsInSight } from './in-sight.ts'
import type { DecisionOutcome } from './proposal.ts'
import { waitsFrom } from './remind.ts'
import { invoiceIdsOf, isMail, isWholeDebtor, type StoredAction, type StoredProposal } from './store.ts'

/**
 * What the ticked actions are about, in the reporting currency. One that names no invoices, as a reply, counts with the whole: a mail
 * with all that its proposal is about, also with what is left out, since its text may promise that all the same.
 */
export async function stakeOf(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<Stake> {
  const ticked = proposal.actions.filter(action => action.ticked)
  const known = new Map<string, Prisma.Decimal | null>()
  /** Most actions of a proposal are about the same invoices: those are asked for once. */
  const amountOf = async (actions: StoredAction[]): Promise<Prisma.Decimal | null> => {
    const about = actions.some(isWholeDebtor) ? 'all' : [...new Set(actions.flatMap(invoiceIdsOf))].toSorted((a, b) => a - b).join()
    if (!known.has(about)) known.set(about, await amountAtStake(tx, deps, proposal, actions))
    return known.get(about) ?? null
  }
  const total = await amountOf(ticked.some(isMail) ? proposal.actions.filter(({ status }) => status !== 'undone') : ticked)
  const kinds: { kind: string; amount: Prisma.Decimal | null }[] = []
  for (const [kind, actions] of Map.groupBy(ticked, action => action.kind)) {
    const namesInvoices = actions.every(action => invoiceIdsOf(action).length > 0 || isWholeDebtor(action))
    kinds.push({ kind, amount: namesInvoices ? await amountOf(actions) : total })
  }
  // It goes beyond what a policy allows: the settings may want two people for it.
  if (ticked.some(({ payload }) => 'insurance' in payload && payload.insurance)) kinds.push({ kind: 'beyond_insurance', amount: total })
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

/**
 * What stands for a second person on a mail about bank details, where the settings allow it and nobody else may give the second vote; with
 * the note that tells of the call-back (null: there is none). Undefined wherever the second vote is another one's.
 */
export async function aloneWith(
  { tx, deps, proposal, person }: Deciding<'second_vote'>,
  policy: RightsPolicy,
): Promise<(Alone & { noteId: number | null }) | undefined> {
  if (policy.aloneAfterHours === undefined || proposal.firstVoteById !== person.id) return undefined
  const { total, kinds } = await stakeOf(tx, deps, proposal)
  const others = kinds.filter(({ kind }) => kind !== bankChange)
  if (others.length === kinds.length || judge(person, policy, { vote: 'first', stake: { total, kinds: others } }).kind !== 'allowed') return undefined
  if (await someoneElseMay(tx, proposal, person.id)) return undefined
  const first = await tx.decision.findFirst({ where: { proposalId: proposal.id, kind: 'approve', staffId: person.id }, orderBy: { id: 'desc' } })
  if (!first) return undefined
  const note =
    proposal.debtorId === null
      ? null
      : await tx.note.findFirst({
          where: { debtorId: proposal.debtorId, authorId: person.id, createdAt: { gte: first.createdAt } },
          select: { id: true },
          orderBy: { id: 'asc' },
        })
  const hours = (deps.clock.now().epochMilliseconds - first.createdAt.getTime()) / 3_600_000
  return { hours, calledBack: note !== null, noteId: note?.id ?? null }
}

async function someoneElseMay(tx: Db, { id }: StoredProposal, except: number): Promise<boolean> {
  const others = await tx.staff.findMany({ where: { active: true, id: { not: except } }, orderBy: { id: 'asc' } })
  for (const other of others.filter(each => may(each, 'second_vote'))) if ((await proposalsInSight(tx, sightOf(other), [id])).has(id)) return true
  return false
}

/** Takes a first vote back: the proposal is open as before it. */
export async function withdrawVote(deciding: Deciding<'undo'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal } = deciding
  const data = { status: 'open', firstVoteById: null, ...waitsFrom(fromInstant(deps.clock.now())) }
  await tx.proposal.update({ where: { id: proposal.id }, data })
  await writeDecision(deciding, { detail: { firstVoteBy: proposal.firstVoteById } })
  return decided(deciding, 'open')
}
