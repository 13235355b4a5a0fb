import { endHold } from '#dunning'
import { linkThread } from '#mail'
import { fromInstant } from '#platform'
import { type Deciding, decided, writeDecision } from './deciding.ts'
import { plan } from './plan.ts'
import type { DecisionOutcome } from './proposal.ts'
import { actionRows, basisOf, ownerOf, planningDeps, runProtective } from './propose.ts'
import { takeBack } from './run-action.ts'
import { asJson, inputOf } from './store.ts'
import { holdWhileUndecided } from './undecided-hold.ts'

/**
 * Links the thread with all its mails to the debtor that a person names, and plans the proposal anew. What was protected for the
 * wrong debtor is undone; pending actions make room for the new ones.
 */
export async function linkToDebtor(deciding: Deciding<'link'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, person, request } = deciding
  const { debtorId } = request
  const debtor = await tx.debtor.findUnique({ where: { id: debtorId }, select: { id: true } })
  if (!debtor) return { kind: 'invalid', problems: [{ code: 'debtor', text: 'There is no such debtor.' }] }

  const now = fromInstant(deps.clock.now())
  for (const action of proposal.actions) {
    if (action.protective && action.status === 'done') await takeBack(tx, deps, proposal, action, `staff:${person.id}`)
  }
  await tx.proposedAction.deleteMany({ where: { proposalId: proposal.id, status: 'pending' } })
  await endHold(tx, { undecidedProposalId: proposal.id }, now)
  await linkThread(tx, { threadId: proposal.threadId, messageId: proposal.messageId, debtorId, reason: 'staff', actor: `staff:${person.id}` })

  const { attachments, ...message } = await tx.message.findUniqueOrThrow({ where: { id: proposal.messageId }, include: { attachments: true } })
  const input = inputOf(message, attachments, proposal.basis, { kind: 'linked', debtorId, reason: 'staff', candidates: [] })
  const planned = await plan(tx, input, planningDeps(deps))
  const { needsPerson, summary, language } = planned
  await tx.proposal.update({
    where: { id: proposal.id },
    data: {
      debtorId,
      needsPerson,
      summary,
      language,
      ownerId: await ownerOf(tx, debtorId),
      status: 'open',
      firstVoteById: null,
      snoozedUntil: null,
      basis: asJson(basisOf(input, planned)),
    },
  })
  const from = Math.max(-1, ...proposal.actions.map(({ position }) => position)) + 1
  await tx.proposedAction.createMany({ data: actionRows(proposal.id, proposal.messageId, planned.actions, from) })
  await runProtective(tx, deps, proposal.id)
  await holdWhileUndecided(tx, proposal.id, debtorId, planned.touched)
  await writeDecision(deciding, { detail: { debtor: debtorId, from: proposal.debtorId } })
  return decided(deciding, 'open')
}
