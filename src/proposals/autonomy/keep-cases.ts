import { type Db, fromInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { StoredAction, StoredProposal } from '../store.ts'
import { classifyEdit } from './classify-edit.ts'
import { isFixedText } from './combination.ts'
import { demote } from './grant.ts'
import { isGood } from './record.ts'

/** What became of a proposed action: good ones first. */
export type Verdict = 'unchanged' | 'tone' | 'fact' | 'amount' | 'recipient' | 'left_out' | 'rejected' | 'relinked' | 'undone' | 'wrong'

type Judging = { tx: Db; deps: Pick<ProposalsDeps, 'clock'>; proposal: StoredProposal; staffId: number }

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

/** What waits and was proposed to be done; a reply that a person writes from nothing is none of ours. */
const isProposed = (action: StoredAction): boolean =>
  action.status === 'pending' && !action.protective && action.intent !== null && (isFixedText({ ...action, edited: false }) || action.ticked)

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
  for (const action of actions) {
    const { id: actionId, kind, intent } = action
    if (intent === null) continue
    const verdict = verdictOn(action)
    const data = { proposalId, kind, intent, language, mailboxId, verdict, automatic, sampled, staffId, at }
    const row = await tx.autonomyCase.upsert({ where: { actionId }, create: { actionId, ...data }, update: { verdict, staffId, at } })
    if (!isGood(verdict)) await demote(tx, deps, { kind, intent, language, mailboxId }, row.id)
  }
}
