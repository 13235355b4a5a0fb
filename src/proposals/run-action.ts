import { Temporal } from 'temporal-polyfill'
import { isLedgerStale } from '#ledger'
import { type Db, fromInstant, Prisma, recordAudit, toInstant } from '#platform'
import type { ActionKind } from './action.ts'
import { runners } from './actions/index.ts'
import type { ActionRun, ActionRunner } from './actions/runner.ts'
import type { ProposalsDeps } from './deps.ts'
import { type Problem, Refused } from './problem.ts'
import { sectionsAsOfNow } from './statement.ts'
import type { StoredAction, StoredProposal } from './store.ts'

/** Carries an action out in the caller's transaction and records its result, with its audit row. Throws what its kind throws. */
export async function runAction(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, action: StoredAction, actor: string): Promise<void> {
  const { result, waits } = await runnerOf(action.kind).run(runOf(tx, deps, proposal, action))
  const now = fromInstant(deps.clock.now())
  const outcome = waits ? { status: 'scheduled', scheduledFor: fromInstant(undoDeadline(deps, proposal)) } : { status: 'done', finishedAt: now }
  await tx.proposedAction.update({ where: { id: action.id }, data: { ...outcome, claimedAt: now, result, problem: Prisma.DbNull } })
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
export const notRun = { status: 'pending', claimedAt: null, finishedAt: null, scheduledFor: null, result: Prisma.DbNull, problem: Prisma.DbNull } as const

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
    requireCurrent: async ({ needsFreshLedger }) => {
      const problem = await figuresProblem(tx, deps, proposal, needsFreshLedger)
      if (problem) throw new Refused(problem)
    },
  }
}

/** Why the figures of the proposal's reply cannot be told any more: the ledger has others by now, or is too old to tell anybody amounts where it does. */
export async function figuresProblem(tx: Db, deps: ProposalsDeps, proposal: StoredProposal, needsFreshLedger: boolean): Promise<Problem | undefined> {
  if (needsFreshLedger && (await isStale(tx, deps, proposal.debtorId))) return { code: 'stale_ledger' }
  return statementProblem(tx, deps, proposal)
}

async function isStale(tx: Db, { clock, config }: ProposalsDeps, debtorId: number | null): Promise<boolean> {
  const debtor = debtorId === null ? null : await tx.debtor.findUnique({ where: { id: debtorId }, select: { administrationId: true } })
  return !debtor || isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)
}

/** What of its figures, open items and payments, is another now than when the reply was approved. */
export async function statementProblem(tx: Db, { clock }: ProposalsDeps, proposal: StoredProposal): Promise<Problem | undefined> {
  return (await sectionsAsOfNow(tx, proposal, clock.today('UTC').toString())) === undefined ? undefined : { code: 'figures_changed' }
}
