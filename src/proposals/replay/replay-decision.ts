import { z } from 'zod'
import { type Db, DuncanError, type Release } from '#platform'
import { compareSettings } from '#settings'
import { judgeProposal } from '../autonomy/judge-proposal.ts'
import { handle, planFrom } from '../plan.ts'
import { readProposal, type StoredProposal } from '../store.ts'
import { checksHash, checksSchema, judgeAgain } from './decision-checks.ts'
import { encode } from './encode.ts'
import { openSnapshot } from './snapshot.ts'

/** `path`: where in a plan, as in `actions.1.payload.promisedOn`; `after`: what a replay comes to. */
type Difference = { path: string; before: unknown; after: unknown }

/** One step that was done again: `equal`, where it came out otherwise, or why it could not be done. */
export type ReplayedStep = { step: 'plan' | 'alone' | 'vote'; decisionId?: number } & (
  | { kind: 'equal' }
  | { kind: 'differs'; differences: Difference[] }
  | { kind: 'impossible'; why: string }
)

/** `release`: that planned it, where that is known. */
export type Replayed = { proposalId: number; messageId: number; snapshot: string | null; release: Release | null; steps: ReplayedStep[] }

/** Whether a decision came out in every step as it did then. */
export const isEqual = ({ steps }: Replayed): boolean => steps.every(({ kind }) => kind === 'equal')

/** The proposal that somebody names: by a decision's number (`12`) or its own (`proposal:7`, `#7`). Throws `replay.unknown`. */
export async function findReplayed(db: Db, named: string): Promise<number> {
  const own = /^(?:proposal:|#)(\d{1,9})$/.exec(named)?.[1]
  const decision = /^\d{1,9}$/.test(named) ? await db.decision.findUnique({ where: { id: Number(named) }, select: { proposalId: true } }) : null
  const id = own === undefined ? decision?.proposalId : Number(own)
  if (id !== undefined && (await db.proposal.count({ where: { id } })) === 1) return id
  throw new DuncanError(
    'replay.unknown',
    `There is no decision ${named}.`,
    'Name a decision by its number, or a proposal as proposal:7; `duncan audit decisions` lists them.',
  )
}

/**
 * Plans a proposal again from what was kept when it was proposed, and judges its decisions again from what they were judged by; says of each
 * step whether it comes out the same. Reads nothing of the ledger or the settings as they stand now, and changes nothing.
 */
export async function replayDecision(db: Db, proposalId: number): Promise<Replayed> {
  const proposal = await readProposal(db, proposalId)
  if (!proposal) throw new DuncanError('replay.unknown', `There is no proposal ${proposalId}.`, 'Name one that there is.')
  const decisions = await db.decision.findMany({ where: { proposalId }, orderBy: { id: 'asc' } })
  const { steps, hash, release } = await replayPlan(db, proposalId)
  const audited = await auditedHashes(db, proposalId, 'checks')
  const votes = decisions.flatMap(({ id, kind, staffId, detail }): ReplayedStep[] => {
    const kept = z.object({ checks: checksSchema }).safeParse(detail).data?.checks
    const isVote = staffId !== null && (kind === 'approve' || kind === 'second_vote')
    if (!kept) return isVote ? [{ step: 'vote', decisionId: id, kind: 'impossible', why: `Nothing was kept of what it was judged by: ${older}` }] : []
    const isAudited = audited.has(checksHash((detail as { checks: object }).checks))
    if (!isAudited) return [{ step: 'vote', decisionId: id, kind: 'impossible', why: 'What it was judged by was changed since.' }]
    return [{ decisionId: id, ...compared('vote', { verdict: kept.verdict }, { verdict: judgeAgain(kept) }) }]
  })
  const alone = judgedAlone(proposal)
  return { proposalId, messageId: proposal.messageId, snapshot: hash, release, steps: [...steps, ...alone, ...votes] }
}

const older = 'it was made by an older release.'

async function replayPlan(db: Db, proposalId: number): Promise<{ steps: ReplayedStep[]; hash: string | null; release: Release | null }> {
  try {
    const kept = await openSnapshot(db, proposalId)
    if (!kept) return impossible(`Nothing was kept of its planning: ${older}`)
    const { prepared, carried, planned, hash, release } = kept
    await requireAudited(db, proposalId, hash)
    const handled = await handle(prepared.situation, prepared.needsPerson)
    return { steps: [compared('plan', planned, planFrom({ ...prepared, handled }, carried))], hash, release }
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    return impossible(`${error.message} ${error.remedy}`)
  }
}

const impossible = (why: string) => ({ steps: [{ step: 'plan' as const, kind: 'impossible' as const, why }], hash: null, release: null })

/** The hash in the chained trail is the proof that what was kept is what stood then. */
async function requireAudited(db: Db, proposalId: number, hash: string): Promise<void> {
  if ((await auditedHashes(db, proposalId, 'snapshot')).has(hash)) return
  throw new DuncanError(
    'replay.not_audited',
    `The audit trail does not know what proposal ${proposalId} was planned from.`,
    'Run `duncan audit verify`, and compare the database with a backup.',
  )
}

/** The hashes that the audit trail of a proposal holds of what was kept. */
async function auditedHashes(db: Db, proposalId: number, of: 'snapshot' | 'checks'): Promise<Set<unknown>> {
  const entries = await db.auditEntry.findMany({ where: { subject: `proposal:${proposalId}` }, select: { detail: true } })
  return new Set(entries.map(({ detail }) => (detail as Record<string, unknown>)[of]))
}

/** What is filed without a card is not judged. What was called back asks since then: its level is told by why it does. */
function judgedAlone({ autonomy }: StoredProposal): ReplayedStep[] {
  if (!autonomy) return []
  const { level, asks, sampled } = judgeProposal(autonomy.facts)
  const then = { level: autonomy.calledBack ? level : autonomy.level, asks: autonomy.asks, sampled: autonomy.sampled }
  return [compared('alone', then, { level, asks, sampled })]
}

function compared(step: ReplayedStep['step'], then: object, again: object): ReplayedStep {
  const [before, after] = [encode(then) as Record<string, unknown>, encode(again) as Record<string, unknown>]
  const differences = compareSettings(before, after).map(({ path, before: was = null, after: is = null }) => ({ path, before: was, after: is }))
  return differences.length === 0 ? { step, kind: 'equal' } : { step, kind: 'differs', differences }
}
