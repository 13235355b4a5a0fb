import { endHold } from '#dunning'
import { linkThread } from '#mail'
import { debtorsInSight, sightOf } from '#people'
import { type Db, fromInstant } from '#platform'
import { keepTurnedDown } from './autonomy/keep-cases.ts'
import { learnLink } from './corrections/learn.ts'
import { type Deciding, decided, writeDecision } from './deciding.ts'
import { type Carried, type PlanWithCopies, type Prepared, planFrom, prepare } from './plan.ts'
import type { DecisionOutcome, ProposalInput, Touched } from './proposal.ts'
import { actionRows, basisOf, planningDeps, runProtective, saysTheSame } from './propose.ts'
import { keepSnapshot } from './replay/snapshot.ts'
import { ownerOf, routableOf } from './route.ts'
import { takeBack } from './run-action.ts'
import { asJson, inputOf, isId, readProposal, type StoredProposal } from './store.ts'
import { holdWhileUndecided } from './undecided-hold.ts'

/**
 * Links the thread with all its mails to the debtor that a person names, and plans the proposal anew. What was protected for the
 * wrong debtor is undone; pending actions make room for the new ones, also those of earlier mails that nobody has decided on.
 */
export async function linkToDebtor(deciding: Deciding<'link'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, person, request } = deciding
  const { debtorId } = request
  const debtor = isId(debtorId) ? await tx.debtor.findFirst({ where: { ...debtorsInSight(sightOf(person)), id: debtorId }, select: { id: true } }) : null
  if (!debtor) return { kind: 'invalid', problems: [{ code: 'no_such_debtor' }] }

  const now = fromInstant(deps.clock.now())
  await keepTurnedDown({ tx, deps, proposal, staffId: person.id }, 'relinked')
  await learnLink(deciding, debtorId)
  for (const action of proposal.actions) {
    if (action.protective && action.status === 'done') await takeBack(tx, deps, proposal, action, `staff:${person.id}`)
  }
  await tx.proposedAction.deleteMany({ where: { proposalId: proposal.id, status: 'pending' } })
  await endHold(tx, { undecidedProposalId: proposal.id }, now)
  await linkThread(tx, { threadId: proposal.threadId, messageId: proposal.messageId, debtorId, reason: 'staff', actor: `staff:${person.id}` })

  const earlier: Replanned[] = []
  for (const old of await takenOver(tx, proposal.id)) earlier.push(await replan(deciding, old))
  const copies = earlier.findLast(({ planned }) => planned.copies)?.planned.copies
  const carried = { sections: earlier.flatMap(each => each.planned.sections), ...(copies && { copies }) }
  const { input, prepared, planned } = await replan(deciding, proposal, carried)
  const { needsPerson, summary, language } = planned
  await tx.proposal.update({
    where: { id: proposal.id },
    data: {
      debtorId,
      needsPerson,
      summary,
      language,
      ownerId: await ownerOf(tx, deps, { ...routableOf(proposal), debtorId, actions: planned.actions }),
      status: 'open',
      firstVoteById: null,
      snoozedUntil: null,
      basis: asJson(basisOf(input, planned)),
    },
  })
  const from = Math.max(-1, ...proposal.actions.map(({ position }) => position)) + 1
  const still = earlier.flatMap(({ input: { messageId }, planned: { actions } }) =>
    actions
      .filter(action => !action.kind.startsWith('send_') && planned.actions.every(fresh => !saysTheSame(action, fresh)))
      .map(action => ({ messageId, action })),
  )
  const rows = still.flatMap(({ messageId, action }, index) => actionRows(proposal.id, messageId, [action], from + index))
  await tx.proposedAction.createMany({ data: [...rows, ...actionRows(proposal.id, proposal.messageId, planned.actions, from + rows.length)] })
  const linked = await readProposal(tx, proposal.id)
  if (linked) await runProtective(tx, deps, linked)
  await holdWhileUndecided(tx, proposal.id, debtorId, allTouched([planned, ...earlier.map(each => each.planned)]))
  const snapshot = await keepSnapshot(tx, proposal.id, { prepared, carried, planned }, deps.clock.now())
  await writeDecision(deciding, { detail: { snapshot, debtor: debtorId, from: proposal.debtorId, formerOwner: proposal.ownerId } })
  return decided(deciding, 'open')
}

type Replanned = { input: ProposalInput; prepared: Prepared; planned: PlanWithCopies }

/** What a stored proposal's mail comes to, now that its debtor is known. */
async function replan({ tx, deps, request }: Deciding<'link'>, { messageId, basis }: StoredProposal, carried?: Carried): Promise<Replanned> {
  const { attachments, ...message } = await tx.message.findUniqueOrThrow({ where: { id: messageId }, include: { attachments: true } })
  const input = inputOf(message, attachments, basis, { kind: 'linked', debtorId: request.debtorId, reason: 'staff', candidates: [] })
  const prepared = await prepare(tx, input, planningDeps(deps))
  return { input, prepared, planned: planFrom(prepared, carried) }
}

/** The proposals that this one took over, oldest first: nobody decided on what their mails say. */
async function takenOver(tx: Db, proposalId: number): Promise<StoredProposal[]> {
  const found: StoredProposal[] = []
  let by = [proposalId]
  while (by.length > 0) {
    const rows = await tx.proposal.findMany({ where: { supersededBy: { in: by.map(id => `proposal:${id}`) } }, select: { id: true } })
    by = rows.map(({ id }) => id)
    for (const id of by) {
      const old = await readProposal(tx, id)
      if (old) found.push(old)
    }
  }
  return found.toSorted((a, b) => a.id - b.id)
}

const allTouched = (plans: PlanWithCopies[]): Touched => {
  const touched = plans.map(each => each.touched)
  return touched.includes('all') ? 'all' : [...new Set(touched.flatMap(ids => (ids === 'all' ? [] : ids)))]
}
