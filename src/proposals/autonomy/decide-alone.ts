import type { Db } from '#platform'
import { approveNow, toRun } from '../approve-now.ts'
import { writeDecision } from '../deciding.ts'
import type { ProposalsDeps } from '../deps.ts'
import { asJson, type StoredProposal } from '../store.ts'
import { autonomyFacts } from './autonomy-facts.ts'
import { type Autonomy, judgeProposal } from './judge-proposal.ts'

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
