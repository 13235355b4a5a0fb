import { Temporal } from 'temporal-polyfill'
import { isLedgerStale } from '#ledger'
import { type Db, DuncanError, fromInstant, Prisma, recordAudit, toInstant } from '#platform'
import type { ActionKind } from './action.ts'
import { runners } from './actions/index.ts'
import type { ActionRun, ActionRunner } from './actions/runner.ts'
import type { ProposalsDeps } from './deps.ts'
import { sectionsAsOfNow } from './statement.ts'
import type { StoredAction, StoredProposal } from './store.ts'

/** Carries an action out in the caller's transaction and records its result, with its audit row. Throws what its kind throws. */
export async function runAction(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, action: StoredAction, actor: string): Promise<void> {
  const { result, waits } = await runnerOf(action.kind).run(runOf(tx, deps, proposal, action))
  const now = fromInstant(deps.clock.now())
  const outcome = waits ? { status: 'scheduled', scheduledFor: fromInstant(undoDeadline(deps, proposal)) } : { status: 'done', finishedAt: now }
  await tx.proposedAction.update({ where: { id: action.id }, data: { ...outcome, claimedAt: now, result, problem: null } })
  await recordAudit(tx, { actor, event: `action.${outcome.status}`, subject: `action:${action.id}`, detail: { proposal: proposal.id, kind: action.kind } })
}

/** Takes an action back in the caller's transaction, with its audit row; false when it is too late for that. */
export async function takeBack(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, action: StoredAction, actor: string): Promise<boolean> {
  const isUndone = await runnerOf(action.kind).undo({ ...runOf(tx, deps, proposal, action), result: action.result })
  if (!isUndone) return false
  await tx.proposedAction.update({ where: { id: action.id }, data: { status: 'undone', finishedAt: fromInstant(deps.clock.now()), scheduledFor: null } })
  await recordAudit(tx, { actor, event: 'action.undone', subject: `action:${action.id}`, detail: { proposal: proposal.id, kind: action.kind } })
  return true
}

type Decided = { decidedAt: Date | null; undoSeconds: number | null }

/** The end of a decision's undo window, which is longer the more is at stake; now, for a proposal that is not decided. */
export function undoDeadline({ clock, config }: Pick<ProposalsDeps, 'clock' | 'config'>, { decidedAt, undoSeconds }: Decided): Temporal.Instant {
  const from = decidedAt ? toInstant(decidedAt) : clock.now()
  return from.add({ seconds: undoSeconds ?? config.DUNCAN_UNDO_SECONDS })
}

/** What is stored of an action that has not run. */
export const notRun = { status: 'pending', claimedAt: null, finishedAt: null, scheduledFor: null, result: Prisma.DbNull, problem: null } as const

// The registry pairs each kind with its own runner; the compiler cannot follow the pairing through a stored action.
const runnerOf = (kind: ActionKind) => runners[kind] as ActionRunner<ActionKind>

function runOf(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, action: StoredAction): ActionRun<ActionKind> {
  const { id, debtorId, mailboxId, threadId, ownerId, decidedById } = proposal
  return {
    tx,
    actionId: action.id,
    payload: action.payload,
    words: action.evidence.map(({ text }) => text).join(' … '),
    proposal: { id, debtorId, mailboxId, threadId, messageId: action.messageId ?? proposal.messageId, ownerId, decidedById },
    rules: deps.rules(),
    now: deps.clock.now(),
    sendAfter: undoDeadline(deps, proposal),
    queue: deps.queue,
    requireCurrent: ({ needsFreshLedger }) => requireCurrentFigures(tx, deps, proposal, needsFreshLedger),
  }
}

/** Throws when the ledger has other open items or payments than the proposal's reply states, or is too old to tell anybody amounts where it does. */
export async function requireCurrentFigures(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, needsFreshLedger: boolean): Promise<void> {
  if (needsFreshLedger) await requireFreshLedger(tx, deps, proposal.debtorId)
  await requireSameStatement(tx, deps, proposal)
}

async function requireFreshLedger(tx: Db, { clock, config }: ProposalsDeps, debtorId: number | null): Promise<void> {
  const debtor = debtorId === null ? null : await tx.debtor.findUnique({ where: { id: debtorId }, select: { administrationId: true } })
  if (debtor && !(await isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS))) return
  throw new DuncanError(
    'action.stale_ledger',
    `The newest import of open items is older than ${config.DUNCAN_LEDGER_MAX_AGE_HOURS} hours.`,
    'Import the open items, then answer the debtor; amounts are told to nobody on an old ledger.',
  )
}

/** Throws when the ledger has other open items or payments than the proposal's reply states. */
export async function requireSameStatement(tx: Db, { clock }: ProposalsDeps, proposal: StoredProposal): Promise<void> {
  if ((await sectionsAsOfNow(tx, proposal, clock.today('UTC').toString())) === undefined) return
  throw new DuncanError(
    'action.ledger_changed',
    'Open items or payments changed between the approval of this reply and its sending.',
    'Undo the approval and approve again: the reply is drafted anew then.',
  )
}
