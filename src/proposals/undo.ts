import { Temporal } from 'temporal-polyfill'
import { may, sightOf } from '#people'
import { type Db, fromInstant } from '#platform'
import { forgetCases, keepFault } from './autonomy/keep-cases.ts'
import { type Deciding, decided, writeDecision } from './deciding.ts'
import type { ProposalsDeps } from './deps.ts'
import { proposalsInSight } from './in-sight.ts'
import { proposalChanged } from './jobs.ts'
import type { DecisionOutcome, Touched } from './proposal.ts'
import { actionRows, transaction } from './propose.ts'
import { waitsFrom } from './remind.ts'
import { notRun, takeBack, undoDeadline } from './run-action.ts'
import { invoiceIdsOf, isId, isMail, isWholeDebtor, lockProposal, type StoredAction, type StoredProposal } from './store.ts'
import { holdWhileUndecided } from './undecided-hold.ts'

const tooLate: DecisionOutcome = { kind: 'invalid', problems: [{ code: 'too_late' }] }

class TooLate extends Error {}

/** Whether a decision can still be taken back as a whole: within its undo window, as long as no mail of it may have left. */
export const isUndoable = (deps: Pick<ProposalsDeps, 'clock' | 'config'>, proposal: StoredProposal): boolean =>
  isRevocable(proposal) && Temporal.Instant.compare(deps.clock.now(), undoDeadline(deps, proposal)) <= 0

/** Whether a decision that did not work can be made anew, however late: an action failed, and no mail of it may have left. */
export const isRedecidable = (proposal: StoredProposal): boolean => isRevocable(proposal) && proposal.actions.some(({ status }) => status === 'failed')

const isRevocable = ({ status, actions }: StoredProposal): boolean =>
  status === 'approved' && actions.every(action => action.status !== 'unknown' && !(isMail(action) && action.status === 'done'))

/**
 * Takes an approval back as a whole: what was done is undone, mails that wait are cancelled, and the proposal is open again with
 * fresh copies of the undone actions, which can be approved anew; the undone ones stay as history.
 */
export async function undoDecision(deciding: Deciding<'undo'>): Promise<DecisionOutcome> {
  const { tx, deps, proposal, person } = deciding
  if (!isUndoable(deps, proposal) && !isRedecidable(proposal)) return tooLate
  // What failed is decided anew because it failed: that says nothing about Duncan's word.
  const isFault = proposal.decidedById === null && !isRedecidable(proposal)
  if (isFault) await keepFault({ tx, deps, proposal, staffId: person.id }, proposal.actions.filter(hasRun), 'undone')
  if (proposal.decidedById !== null) await forgetCases(tx, proposal)
  const undone = await takeDecisionBack(tx, deps, proposal, `staff:${person.id}`)
  // What was undone already in this transaction must go as a whole.
  if (!undone) throw new TooLate()
  await writeDecision(deciding, { detail: { actions: undone.map(({ id }) => id) } })
  return decided(deciding, 'open')
}

const hasRun = ({ status, ticked }: StoredAction): boolean => status === 'done' || status === 'scheduled' || (status === 'pending' && ticked)

/** Undoes what an approval did and opens its proposal again; undefined when a mail of it leaves at this moment, which it finds before anything else. */
export async function takeDecisionBack(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, actor: string): Promise<StoredAction[] | undefined> {
  const undone: StoredAction[] = []
  for (const action of proposal.actions.filter(each => !each.protective && (each.status === 'done' || each.status === 'scheduled')).toReversed()) {
    if (!(await takeBack(tx, deps, proposal, action, actor))) return undefined
    undone.unshift(action)
  }
  await tx.proposedAction.updateMany({ where: { proposalId: proposal.id, status: 'skipped' }, data: notRun })
  const last = Math.max(0, ...proposal.actions.map(({ position }) => position))
  // A failed action is done anew as well, and must not be sent again besides: its own id belongs to the mail that failed.
  const failed = proposal.actions.filter(({ status }) => status === 'failed')
  await tx.proposedAction.updateMany({ where: { id: { in: failed.map(({ id }) => id) } }, data: { status: 'undone' } })
  const anew = proposal.actions.filter(action => undone.includes(action) || failed.includes(action))
  for (const [index, action] of anew.entries()) {
    const rows = actionRows(proposal.id, action.messageId ?? proposal.messageId, [action], last + 1 + index)
    const { ticked, edited, proposed } = action
    await tx.proposedAction.createMany({ data: rows.map(row => ({ ...row, ticked, edited, ...(proposed !== null && { proposed }) })) })
  }
  await tx.proposal.update({
    where: { id: proposal.id },
    data: { status: 'open', decidedAt: null, decidedById: null, firstVoteById: null, ...waitsFrom(fromInstant(deps.clock.now())) },
  })
  await tx.dunningHold.updateMany({
    where: { proposalId: proposal.id, reason: 'open_proposal', endedAt: null },
    data: { endedAt: fromInstant(deps.clock.now()) },
  })
  await holdWhileUndecided(tx, proposal.id, proposal.debtorId, touchedBy(proposal.actions))
  return undone
}

/** Answers `too_late` where an undo broke off, its transaction rolled back. */
export const whenTooLate = (error: unknown): DecisionOutcome => {
  if (error instanceof TooLate) return tooLate
  throw error
}

function touchedBy(actions: StoredAction[]): Touched {
  if (actions.some(isWholeDebtor)) return 'all'
  const ids = [...new Set(actions.flatMap(invoiceIdsOf))]
  return ids.length > 0 ? ids : 'all'
}

export type ActionClick = { actionId: number; staffId: number; surface: string }

export type UndoOutcome = { kind: 'undone' } | { kind: 'too_late' } | { kind: 'not_allowed' } | { kind: 'not_found' }

/** Takes one action back: a protective one at any time, another one within the undo window of its decision. */
export async function undo(deps: ProposalsDeps, click: ActionClick): Promise<UndoOutcome> {
  const outcome = await onAction(deps, click, 'undo', async ({ tx, proposal, action, actor }) => {
    const isUndone = isActionUndoable(deps, proposal, action) && (await takeBack(tx, deps, proposal, action, actor))
    const isOwn = proposal.status === 'approved' && proposal.decidedById === null
    if (isUndone && isOwn) await keepFault({ tx, deps, proposal, staffId: click.staffId }, [action], 'undone')
    return isUndone ? undefined : tooLate
  })
  if (outcome.kind === 'decided') return { kind: 'undone' }
  return outcome.kind === 'not_allowed' || outcome.kind === 'not_found' ? { kind: outcome.kind } : { kind: 'too_late' }
}

type OnAction = { tx: Db; proposal: StoredProposal; action: StoredAction; actor: string }

/** Does something to one action of a locked proposal, if the person may; what `change` returns is why it was not done. */
export async function onAction(
  deps: ProposalsDeps,
  { actionId, staffId, surface }: ActionClick,
  kind: 'undo' | 'settle',
  change: (on: OnAction) => Promise<DecisionOutcome | undefined>,
): Promise<DecisionOutcome> {
  return deps.client.$transaction<DecisionOutcome>(async tx => {
    const row = isId(actionId) ? await tx.proposedAction.findUnique({ where: { id: actionId }, select: { proposalId: true } }) : null
    const proposal = row && (await lockProposal(tx, row.proposalId))
    const action = proposal?.actions.find(({ id }) => id === actionId)
    if (!proposal || !action) return { kind: 'not_found' }
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    if (!(await proposalsInSight(tx, sightOf(person), [proposal.id])).has(proposal.id)) return { kind: 'not_found' }
    if (!may(person, 'decide')) return { kind: 'not_allowed', why: 'no_right' }
    const refused = await change({ tx, proposal, action, actor: `staff:${staffId}` })
    if (refused) return refused
    const createdAt = fromInstant(deps.clock.now())
    await tx.decision.create({ data: { proposalId: proposal.id, kind, staffId, surface, detail: { actions: [actionId] }, createdAt } })
    await deps.queue.send(tx, proposalChanged, { proposalId: proposal.id })
    return { kind: 'decided', status: proposal.status, undoUntil: isUndoable(deps, proposal) ? fromInstant(undoDeadline(deps, proposal)) : null }
  }, transaction)
}

/** Whether one action can be taken back now. */
export function isActionUndoable(deps: Pick<ProposalsDeps, 'clock' | 'config'>, proposal: StoredProposal, { protective, status }: StoredAction): boolean {
  if (protective) return status === 'done'
  const isRunning = status === 'done' || status === 'scheduled'
  return isRunning && proposal.status === 'approved' && Temporal.Instant.compare(deps.clock.now(), undoDeadline(deps, proposal)) <= 0
}
