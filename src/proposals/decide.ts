import { judge, may, readRightsPolicy, type Staff, sightOf } from '#people'
import { type Db, fromInstant } from '#platform'
import { applyEdits } from './apply-edits.ts'
import { approveNow, toRun } from './approve-now.ts'
import { keepTurnedDown } from './autonomy/keep-cases.ts'
import { learnFromApproval, learnOwner } from './corrections/learn.ts'
import { type AnyDeciding, type Deciding, decided, writeDecision } from './deciding.ts'
import type { ProposalsDeps } from './deps.ts'
import { proposalsInSight } from './in-sight.ts'
import { linkToDebtor } from './link-to-debtor.ts'
import { mailProblems } from './mail-problems.ts'
import type { DecisionOutcome, DecisionRequest } from './proposal.ts'
import { transaction, undecided } from './propose.ts'
import { waitsFrom } from './remind.ts'
import { renewStatement } from './renew-statement.ts'
import { checksOf } from './replay/decision-checks.ts'
import { takeBack } from './run-action.ts'
import { isId, lockProposal, type StoredAction, type StoredProposal } from './store.ts'
import { endUndecidedHold } from './undecided-hold.ts'
import { undoDecision, whenTooLate } from './undo.ts'
import { versionOf } from './version.ts'
import { aloneWith, makersOf, stakeOf, withdrawVote } from './votes.ts'

/** Takes one person's decision on a proposal. Of several at once the first counts; the others hear who decided and when. */
export async function decide(deps: ProposalsDeps, request: DecisionRequest): Promise<DecisionOutcome> {
  const taken = deps.client.$transaction<DecisionOutcome>(async tx => {
    const proposal = await lockProposal(tx, request.proposalId)
    if (!proposal) return { kind: 'not_found' }
    const person = await tx.staff.findUnique({ where: { id: request.staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    if (!(await proposalsInSight(tx, sightOf(person), [proposal.id])).has(proposal.id)) return { kind: 'not_found' }
    if (!may(person, request.kind === 'second_vote' ? 'second_vote' : 'decide')) return { kind: 'not_allowed', why: 'no_right' }
    if (request.kind === 'undo' && proposal.status === 'awaiting_second') return withdrawVote({ tx, deps, proposal, person, request })
    if (request.kind === 'undo') return undoDecision({ tx, deps, proposal, person, request })
    if (!undecided.some(status => status === proposal.status)) return alreadyDecided(tx, proposal)
    return decideUndecided(tx, deps, proposal, person, request)
  }, transaction)
  return taken.catch(whenTooLate)
}

function decideUndecided(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, person: Staff, request: DecisionRequest): Promise<DecisionOutcome> {
  const shared = { tx, deps, proposal, person }
  switch (request.kind) {
    case 'approve':
      return proposal.status === 'awaiting_second' ? alreadyDecided(tx, proposal) : approve({ ...shared, request })
    case 'second_vote':
      return proposal.status === 'awaiting_second' ? secondVote({ ...shared, request }) : Promise.resolve(noFirstVote)
    case 'edit':
      return edit({ ...shared, request })
    case 'reject':
      return reject({ ...shared, request })
    case 'snooze':
      return snooze({ ...shared, request })
    case 'reassign':
      return reassign({ ...shared, request })
    case 'link':
      return linkToDebtor({ ...shared, request })
    case 'undo':
      return undoDecision({ ...shared, request })
    default:
      return request satisfies never
  }
}

const noFirstVote: DecisionOutcome = {
  kind: 'invalid',
  problems: [{ code: 'no_first_vote' }],
}

const changedSince: DecisionOutcome = {
  kind: 'invalid',
  problems: [{ code: 'changed' }],
}

/** Of an approval that awaits its second vote: who gave the first one. */
async function alreadyDecided(tx: Db, { status, decidedById, firstVoteById, decidedAt }: StoredProposal): Promise<DecisionOutcome> {
  const by = status === 'awaiting_second' ? firstVoteById : decidedById
  const person = by === null ? null : await tx.staff.findUnique({ where: { id: by }, select: { name: true } })
  return { kind: 'already_decided', status, by: person?.name ?? 'Duncan', at: decidedAt }
}

async function approve(deciding: Deciding<'approve'>): Promise<DecisionOutcome> {
  const { tx, deps, person, request } = deciding
  const { bulk } = request
  if (isAnother(request.version, deciding.proposal)) return changedSince
  const edited = await applyEdits(deciding, request.edits ?? [])
  if (edited.problems.length > 0) return { kind: 'invalid', problems: edited.problems }
  const proposal = { ...deciding.proposal, actions: withTicks(edited.actions, request.ticked) }
  const outdated = await renewStatement({ ...deciding, proposal: { ...deciding.proposal, actions: withTicks(deciding.proposal.actions, request.ticked) } })
  if (outdated.length > 0) return { kind: 'invalid', problems: outdated }
  const problems = await mailProblems(tx, proposal)
  if (problems.length > 0) return { kind: 'invalid', problems }

  await edited.save()
  await saveTicks(tx, deciding.proposal, proposal)
  const policy = await readRightsPolicy(tx)
  const vote = { vote: 'first' as const, stake: await stakeOf(tx, deps, proposal) }
  const verdict = judge(person, policy, vote)
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: 'no_right' }
  if (verdict.kind === 'needs_second' && bulk) return { kind: 'not_allowed', why: 'above_limit' }
  await learnFromApproval(deciding, proposal.actions)
  const waits = verdict.kind === 'needs_second' && { secondVote: verdict.why }
  const detail = { fields: edited.fields, actions: toRun(proposal).map(({ id }) => id), ...waits, ...(bulk && { bulk }) }
  const checks = checksOf(person, policy, vote, verdict)
  await writeDecision({ ...deciding, proposal }, { edited: edited.fields.length > 0, detail, checks })
  if (verdict.kind === 'allowed') return approveFor({ ...deciding, proposal })
  await tx.proposal.update({
    where: { id: proposal.id },
    data: { status: 'awaiting_second', firstVoteById: person.id, snoozedUntil: null, ...waitsFrom(fromInstant(deps.clock.now())) },
  })
  return decided({ ...deciding, proposal }, 'awaiting_second')
}

const isAnother = (version: string | undefined, proposal: StoredProposal): boolean => version !== undefined && version !== versionOf(proposal)

async function secondVote(deciding: Deciding<'second_vote'>): Promise<DecisionOutcome> {
  const { tx, proposal, person, request } = deciding
  if (isAnother(request.version, proposal)) return changedSince
  const policy = await readRightsPolicy(tx)
  const alone = await aloneWith(deciding, policy)
  const vote = { vote: 'second' as const, makers: await makersOf(tx, proposal), alone }
  const verdict = judge(person, policy, vote)
  if (verdict.kind === 'refused') {
    const why = verdict.why === 'own_decision' ? 'own_first_vote' : verdict.why === 'call_back_first' ? verdict.why : 'no_right'
    return { kind: 'not_allowed', why }
  }
  // What the first person approved must not change under the second one: it is refused when it is carried out.
  const problems = await mailProblems(tx, proposal)
  if (problems.length > 0) return { kind: 'invalid', problems }
  await writeDecision(deciding, { checks: checksOf(person, policy, vote, verdict), ...(alone && { detail: { callBackNote: alone.noteId } }) })
  return approveFor(deciding)
}

/** Approved for good; who was slower hears of it. */
async function approveFor(deciding: AnyDeciding): Promise<DecisionOutcome> {
  const proposal = await approveNow({ ...deciding, by: deciding.person })
  return proposal ? decided({ ...deciding, proposal }, 'approved') : alreadyDecided(deciding.tx, deciding.proposal)
}

async function edit(deciding: Deciding<'edit'>): Promise<DecisionOutcome> {
  const { tx, proposal, request } = deciding
  if (proposal.status === 'awaiting_second') {
    return { kind: 'invalid', problems: [{ code: 'second_vote_edit' }] }
  }
  const edited = await applyEdits(deciding, request.edits)
  if (edited.problems.length > 0) return { kind: 'invalid', problems: edited.problems }
  await edited.save()
  await saveTicks(tx, proposal, { ...proposal, actions: withTicks(proposal.actions, request.ticked) })
  await writeDecision(deciding, { edited: true, detail: { fields: edited.fields } })
  return decided(deciding, proposal.status)
}

async function reject(deciding: Deciding<'reject'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, person, request } = deciding
  if (request.reason.trim() === '') return { kind: 'invalid', problems: [{ code: 'reason_missing' }] }
  const decidedAt = fromInstant(deps.clock.now())
  await tx.proposal.updateMany({ where: { id: proposal.id }, data: { status: 'rejected', decidedAt, decidedById: person.id, snoozedUntil: null } })
  await keepTurnedDown({ tx, deps, proposal, staffId: person.id }, 'rejected')
  for (const action of proposal.actions) {
    if (action.protective && action.status === 'done') await takeBack(tx, deps, proposal, action, `staff:${person.id}`)
  }
  await tx.proposedAction.updateMany({ where: { proposalId: proposal.id, status: 'pending' }, data: { status: 'skipped', finishedAt: decidedAt } })
  await endUndecidedHold(tx, proposal.id, decidedAt)
  await writeDecision(deciding, { reason: request.reason.trim() })
  return decided({ ...deciding, proposal: { ...proposal, decidedAt } }, 'rejected')
}

async function snooze(deciding: Deciding<'snooze'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, request } = deciding
  if (request.until.getTime() <= deps.clock.now().epochMilliseconds) return { kind: 'invalid', problems: [{ code: 'snooze_past' }] }
  if (proposal.status === 'awaiting_second') return { kind: 'invalid', problems: [{ code: 'second_vote_snooze' }] }
  await tx.proposal.update({ where: { id: proposal.id }, data: { status: 'snoozed', snoozedUntil: request.until } })
  await writeDecision(deciding, { detail: { until: request.until.toISOString() } })
  return decided(deciding, 'snoozed')
}

async function reassign(deciding: Deciding<'reassign'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, request } = deciding
  const owner = isId(request.ownerId) ? await tx.staff.findUnique({ where: { id: request.ownerId } }) : null
  const sees = owner && (await proposalsInSight(tx, sightOf(owner), [proposal.id])).has(proposal.id)
  if (!owner || !sees || !may(owner, 'decide')) return { kind: 'invalid', problems: [{ code: 'owner' }] }
  await tx.proposal.update({ where: { id: proposal.id }, data: { ownerId: owner.id, ...waitsFrom(fromInstant(deps.clock.now())) } })
  await learnOwner(deciding, owner.id)
  await writeDecision(deciding, { detail: { owner: owner.id, formerOwner: proposal.ownerId } })
  return decided(deciding, proposal.status)
}

/** Ticks are about what has not run: a protection that stands is lifted by its own undo, not by a tick that no card shows. */
const withTicks = (actions: StoredAction[], ticked: number[] | undefined): StoredAction[] =>
  ticked === undefined ? actions : actions.map(action => (action.status === 'pending' ? { ...action, ticked: ticked.includes(action.id) } : action))

async function saveTicks(tx: Db, before: StoredProposal, after: StoredProposal): Promise<void> {
  const changed = after.actions.filter(({ id, ticked }) => before.actions.some(old => old.id === id && old.ticked !== ticked))
  for (const { id, ticked } of changed) await tx.proposedAction.update({ where: { id }, data: { ticked } })
}
