import { type Db, fromInstant, Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { StoredAction, StoredProposal } from '../store.ts'
import { classifyEdit } from './classify-edit.ts'
import { isFixedText } from './combination.ts'
import { demote } from './grant.ts'
import { isGood } from './record.ts'

/** What became of a proposed action: good ones first. */
export type Verdict = 'unchanged' | 'tone' | 'fact' | 'amount' | 'recipient' | 'left_out' | 'rejected' | 'relinked' | 'undone' | 'wrong'

type Judging = { tx: Db; deps: Pick<ProposalsDeps, 'clock' | 'queue'>; proposal: StoredProposal; staffId: number }

/** Records what an approval made of each action as it stands now, ticked and edited: approved as proposed, changed, or left out. */
export const keepApproved = (judging: Judging): Promise<void> =>
  keep(
    judging,
    judging.proposal.actions.filter(action => isProposed(action) && !wasLeftOut(judging.proposal, action)),
    approvedAs,
  )

/** Records one verdict on every action that waits: the proposal was turned down, or was about another debtor. */
export const keepTurnedDown = (judging: Judging, verdict: 'rejected' | 'relinked'): Promise<void> =>
  keep(judging, judging.proposal.actions.filter(isProposed), () => verdict)

/** Records that what Duncan decided alone was not right: somebody undid it, or said so. */
export const keepFault = (judging: Judging, actions: StoredAction[], verdict: 'undone' | 'wrong'): Promise<void> =>
  keep(
    judging,
    actions.filter(({ protective }) => !protective),
    () => verdict,
  )

/** Forgets what an approval was counted as that its person took back: what is decided in the end counts. */
export async function forgetCases(tx: Db, { actions }: StoredProposal): Promise<void> {
  await tx.autonomyCase.deleteMany({ where: { actionId: { in: actions.map(({ id }) => id) }, automatic: false } })
}

/** What waits and could be decided alone one day: neither a reply about several matters, nor one that is written for its case. */
const isProposed = (action: StoredAction): boolean =>
  action.status === 'pending' && !action.protective && action.intent !== null && isFixedText({ ...action, edited: false })

/** It stood without its tick from the start, as people wished. */
export const wasLeftOut = ({ basis }: StoredProposal, { ticked, kind, intent }: StoredAction): boolean =>
  !ticked && (basis.learned ?? []).some(({ rule, about }) => rule === 'left_out' && about === `${intent} ${kind}`)

function approvedAs(action: StoredAction): Verdict {
  if (!action.ticked) return 'left_out'
  return action.edited && action.proposed !== null ? (classifyEdit(action.kind, action.proposed, action.payload) ?? 'unchanged') : 'unchanged'
}

async function keep({ tx, deps, proposal, staffId }: Judging, actions: StoredAction[], verdictOn: (action: StoredAction) => Verdict): Promise<void> {
  const { id: proposalId, language, mailboxId } = proposal
  const automatic = proposal.status === 'approved' && proposal.decidedById === null
  const sampled = proposal.autonomy?.sampled ?? false
  const at = fromInstant(deps.clock.now())
  const cases = actions.flatMap(action => (action.intent === null ? [] : [{ action, intent: action.intent }]))
  if (cases.length === 0) return
  const rows = cases.map(
    ({ action, intent }) =>
      Prisma.sql`(${action.id}, ${proposalId}, ${action.kind}, ${intent}, ${language}, ${mailboxId}, ${verdictOn(action)}, ${automatic}, ${sampled}, ${staffId}, ${at})`,
  )
  // Who says the same of a decision again says nothing new: a grant of later stands.
  const kept = await tx.$queryRaw<{ caseId: number; kind: string; intent: string; verdict: Verdict }[]>`
    INSERT INTO "AutonomyCase" ("actionId", "proposalId", kind, intent, language, "mailboxId", verdict, automatic, sampled, "staffId", at) VALUES ${Prisma.join(rows)}
    ON CONFLICT ("actionId") DO UPDATE SET verdict = EXCLUDED.verdict, "staffId" = EXCLUDED."staffId", at = EXCLUDED.at
      WHERE "AutonomyCase".verdict <> EXCLUDED.verdict
    RETURNING id AS "caseId", kind, intent, verdict`
  const bad = kept.filter(({ verdict }) => !isGood(verdict)).map(({ caseId, kind, intent }) => ({ caseId, kind, intent, language, mailboxId }))
  await demote(tx, deps, bad)
}
