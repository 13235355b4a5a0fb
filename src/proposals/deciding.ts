import type { Staff } from '#people'
import { type Db, fromInstant, type Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { proposalChanged } from './jobs.ts'
import type { DecisionOutcome, DecisionRequest, ProposalStatus } from './proposal.ts'
import { checksHash } from './replay/decision-checks.ts'
import { undoDeadline } from './run-action.ts'
import type { StoredProposal } from './store.ts'

/** What taking a decision works with: the locked proposal, the person, the open transaction. */
export type Deciding<K extends DecisionRequest['kind']> = Situated & { request: Extract<DecisionRequest, { kind: K }> }

type Situated = { tx: Db; deps: ProposalsDeps; proposal: StoredProposal; person: Staff }
export type AnyDeciding = Situated & { request: DecisionRequest }

/** What is written of a decision. Without a person it is Duncan's own. */
type Writing = Omit<Situated, 'person'> & { person: Staff | null; request: { kind: DecisionRequest['kind'] | 'wrong'; surface: string } }

/** `checks`: what a vote was judged by; only their hash enters the audit trail. */
type DecisionNote = { kind?: string; edited?: boolean; reason?: string; detail?: Prisma.InputJsonObject; checks?: Prisma.InputJsonObject }

/** Writes the decision and its audit row. A reason is a person's prose: only its hash enters the chain. */
export async function writeDecision(
  { tx, deps, proposal, person, request }: Writing,
  { kind = request.kind, edited = false, reason, detail = {}, checks }: DecisionNote,
): Promise<void> {
  const createdAt = fromInstant(deps.clock.now())
  await tx.decision.create({
    data: {
      proposalId: proposal.id,
      kind,
      staffId: person?.id ?? null,
      edited,
      reason: reason ?? null,
      surface: request.surface,
      detail: { ...detail, ...(checks && { checks }) },
      createdAt,
    },
    select: { id: true },
  })
  if (edited && !proposal.edited) await tx.proposal.updateMany({ where: { id: proposal.id }, data: { edited: true } })
  await recordAudit(tx, {
    actor: person ? `staff:${person.id}` : 'duncan',
    event: `proposal.${kind}`,
    subject: `proposal:${proposal.id}`,
    detail: { surface: request.surface, edited, ...detail, ...(checks && { checks: checksHash(checks) }) },
    ...(reason !== undefined && { content: { reason } }),
  })
}

/** The outcome of a decision that counted; every copy of the card is redrawn. */
export async function decided({ tx, deps, proposal }: AnyDeciding, status: ProposalStatus): Promise<DecisionOutcome> {
  await deps.queue.send(tx, proposalChanged, { proposalId: proposal.id })
  return { kind: 'decided', status, undoUntil: status === 'approved' ? fromInstant(undoDeadline(deps, proposal)) : null }
}
