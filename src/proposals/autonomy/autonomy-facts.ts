import { isLedgerStale } from '#ledger'
import { judge, readRightsPolicy } from '#people'
import { type Db, Prisma } from '#platform'
import { assertedFrom } from '#triage'
import { toRun } from '../approve-now.ts'
import type { ProposalsDeps } from '../deps.ts'
import { mailProblems } from '../mail-problems.ts'
import { undecided } from '../propose.ts'
import type { StoredAction, StoredProposal } from '../store.ts'
import { stakeOf } from '../votes.ts'
import { isFiling, isFixedText, lowest } from './combination.ts'
import { isStopped } from './debtor-stopped.ts'
import { levelFor, standingOf } from './grant.ts'
import { type AutonomyFacts, possibleFrom } from './judge-proposal.ts'

/** Everything that decides whether a proposal is decided alone, as of now. */
export async function autonomyFacts(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<AutonomyFacts> {
  const { id: proposalId, basis, needsPerson } = proposal
  const { reading, warnings } = basis
  const facts = reading.facts.filter(({ confidence }) => confidence >= assertedFrom)
  const actions: AutonomyFacts['actions'] = []
  for (const action of toRun(proposal)) actions.push(await actionFacts(tx, deps, proposal, action))
  // Where nothing is granted a person is asked anyway, and the card does not wait for the rest.
  const rest = actions.some(({ level }) => level !== 'ask') ? await standingFacts(tx, deps, proposal) : unasked
  return {
    proposalId,
    quarantine: reading.quarantine.length > 0,
    needsPerson: needsPerson !== null,
    intents: reading.intents.filter(({ confidence }) => confidence >= possibleFrom).map(({ intent, confidence }) => ({ intent, confidence })),
    factConfidence: Math.min(1, ...facts.map(({ confidence }) => confidence)),
    disagreements: reading.disagreements.length,
    warnings: warnings.length + proposal.actions.filter(({ ticked, payload }) => ticked && 'insurance' in payload && payload.insurance).length,
    merged: (await tx.proposal.count({ where: { supersededBy: `proposal:${proposalId}` } })) > 0,
    leftOpen: proposal.actions.some(({ status, ticked }) => status === 'pending' && !ticked),
    ...rest,
    actions,
  }
}

type StandingFacts = Pick<AutonomyFacts, 'notAllRead' | 'othersWait' | 'debtorStopped' | 'staleLedger' | 'aboveLimit' | 'needsSecondVote' | 'mailProblems'>

const unasked: StandingFacts = {
  notAllRead: false,
  othersWait: false,
  debtorStopped: false,
  staleLedger: false,
  aboveLimit: false,
  needsSecondVote: false,
  mailProblems: 0,
}

/** Whether the mail, its debtor, amounts, rights and the outbound checks let Duncan decide this, with the rights of a collector and no more. */
async function standingFacts(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<StandingFacts> {
  const { debtorId, messageId, id } = proposal
  const stake = await stakeOf(tx, deps, proposal)
  const { limit } = deps.rules().autonomy
  const vote = judge({ id: 0, role: 'collector', active: true, amountLimit: null }, await readRightsPolicy(tx), { vote: 'first', stake })
  return {
    notAllRead: await hasUnread(tx, messageId),
    othersWait: debtorId !== null && (await tx.proposal.count({ where: { debtorId, id: { not: id }, status: { in: [...undecided] } } })) > 0,
    debtorStopped: debtorId !== null && (await isStopped(tx, [debtorId])),
    staleLedger: await restsOnOldLedger(tx, deps, debtorId),
    aboveLimit: stake.total === null || stake.total.gt(new Prisma.Decimal(limit)),
    needsSecondVote: vote.kind !== 'allowed',
    mailProblems: (await mailProblems(tx, proposal)).length,
  }
}

/** Signatures of mail programs and visiting cards say nothing of their own. */
const silentFiles = ['application/pkcs7-signature', 'application/x-pkcs7-signature', 'application/pgp-signature', 'text/vcard', 'text/x-vcard']

async function hasUnread(tx: Db, messageId: number): Promise<boolean> {
  const { parseProblem } = await tx.message.findUniqueOrThrow({ where: { id: messageId }, select: { parseProblem: true } })
  return parseProblem !== null || (await tx.attachment.count({ where: { messageId, inline: false, contentType: { notIn: silentFiles } } })) > 0
}

async function restsOnOldLedger(tx: Db, { clock, config }: ProposalsDeps, debtorId: number | null): Promise<boolean> {
  const debtor = debtorId === null ? null : await tx.debtor.findUnique({ where: { id: debtorId }, select: { administrationId: true } })
  return debtor !== null && isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)
}

async function actionFacts(tx: Db, deps: ProposalsDeps, { language, mailboxId }: StoredProposal, action: StoredAction) {
  const { id: actionId, kind, intent } = action
  const shared = { actionId, kind, intent, fixedText: isFixedText(action), filing: isFiling(action) }
  const asking = { ...shared, level: 'ask' as const, grantId: null, n: 0, bound: 0 }
  const ceiling = levelFor(deps, action)
  // Without a ceiling nothing can be granted: most installations look no further.
  if (intent === null || ceiling === 'ask') return asking
  const standing = await standingOf(tx, { kind, intent, language, mailboxId })
  if (!standing) return asking
  const { grant, record } = standing
  return { ...shared, level: lowest([ceiling, grant.level as 'act']), grantId: grant.id, n: record.n, bound: record.bound }
}
