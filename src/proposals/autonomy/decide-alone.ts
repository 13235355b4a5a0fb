import { judge, readRightsPolicy } from '#people'
import { type Db, Prisma } from '#platform'
import { assertedFrom } from '#triage'
import { approveNow, toRun } from '../approve-now.ts'
import { writeDecision } from '../deciding.ts'
import type { ProposalsDeps } from '../deps.ts'
import { mailProblems } from '../mail-problems.ts'
import { asJson, type StoredAction, type StoredProposal } from '../store.ts'
import { stakeOf } from '../votes.ts'
import { isFixedText, lowest } from './combination.ts'
import { levelFor, standingOf } from './grant.ts'
import { type Autonomy, type AutonomyFacts, judgeProposal } from './judge-proposal.ts'

/** The surface of what Duncan decides. */
export const ownSurface = 'duncan'

/**
 * Decides a new proposal alone where its record allows it, as a decision like any other: the same checks, the same undo window, a row and an
 * audit entry of its own. Else keeps why a person is asked.
 */
export async function decideAlone(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<void> {
  const facts = await autonomyFacts(tx, deps, proposal)
  const verdict = judgeProposal(facts)
  const autonomy: Autonomy = { facts, ...verdict }
  await tx.proposal.update({ where: { id: proposal.id }, data: { autonomy: asJson(autonomy) } })
  if (verdict.level === 'ask') return
  const deciding = { tx, deps, proposal: { ...proposal, autonomy }, person: null, request: { kind: 'approve' as const, surface: ownSurface } }
  const grants = facts.actions.flatMap(({ grantId }) => grantId ?? [])
  await writeDecision(deciding, { detail: { actions: toRun(proposal).map(({ id }) => id), level: verdict.level, grants } })
  await approveNow({ ...deciding, by: null })
}

/** Everything that decides whether a proposal is decided alone, as of now. */
async function autonomyFacts(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<AutonomyFacts> {
  const { id: proposalId, basis, needsPerson } = proposal
  const { reading, warnings } = basis
  const facts = reading.facts.filter(({ confidence }) => confidence >= assertedFrom)
  const running = toRun(proposal)
  const actions: AutonomyFacts['actions'] = []
  for (const action of running) actions.push(await actionFacts(tx, deps, proposal, action))
  const isGranted = actions.length > 0 && actions.every(action => action.level !== 'ask')
  return {
    proposalId,
    quarantine: reading.quarantine.length > 0,
    needsPerson: needsPerson !== null,
    intents: reading.intents.filter(({ confidence }) => confidence >= assertedFrom).map(({ intent, confidence }) => ({ intent, confidence })),
    factConfidence: Math.min(1, ...facts.map(({ confidence }) => confidence)),
    disagreements: reading.disagreements.length,
    warnings: warnings.length,
    merged: (await tx.proposal.count({ where: { supersededBy: `proposal:${proposalId}` } })) > 0,
    // Where nothing is granted a person is asked anyway, and the card does not wait for these.
    ...(isGranted ? await leaveOf(tx, deps, proposal) : { aboveLimit: false, needsSecondVote: false, mailProblems: 0 }),
    actions,
  }
}

/** Whether amounts, rights and the outbound checks let Duncan decide this, with the rights of a collector and no more. */
async function leaveOf(tx: Db, deps: ProposalsDeps, proposal: StoredProposal) {
  const stake = await stakeOf(tx, deps, proposal)
  const { limit } = deps.rules().autonomy
  const vote = judge({ id: 0, role: 'collector', active: true, amountLimit: null }, await readRightsPolicy(tx), { vote: 'first', stake })
  return {
    aboveLimit: stake.total === null || stake.total.gt(new Prisma.Decimal(limit)),
    needsSecondVote: vote.kind !== 'allowed',
    mailProblems: (await mailProblems(tx, proposal)).length,
  }
}

async function actionFacts(tx: Db, deps: ProposalsDeps, { language, mailboxId }: StoredProposal, action: StoredAction) {
  const { id: actionId, kind, intent } = action
  const shared = { actionId, kind, intent, fixedText: isFixedText(action) }
  const ceiling = levelFor(deps, action)
  // Without a ceiling nothing can be granted: most installations look no further.
  if (intent === null || ceiling === 'ask') return { ...shared, level: 'ask' as const, grantId: null, n: 0, bound: 0 }
  const standing = await standingOf(tx, { kind, intent, language, mailboxId })
  if (!standing) return { ...shared, level: 'ask' as const, grantId: null, n: 0, bound: 0 }
  const { grant, record } = standing
  return { ...shared, level: lowest([ceiling, grant.level as 'act']), grantId: grant.id, n: record.n, bound: record.bound }
}
