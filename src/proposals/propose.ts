import { isDeepStrictEqual } from 'node:util'
import { linkThread } from '#mail'
import type { Db } from '#platform'
import { fromInstant, recordAudit } from '#platform'
import { callBack } from './autonomy/call-back.ts'
import { decideAlone } from './autonomy/decide-alone.ts'
import type { Correction } from './corrections/correction.ts'
import { learnedLink } from './corrections/store-corrections.ts'
import type { ProposalsDeps } from './deps.ts'
import { file, filesItself } from './filing.ts'
import { proposalChanged, proposalOpened, proposalReminder } from './jobs.ts'
import { awaitCopies } from './late-mails/found-copies.ts'
import { leadsOf } from './lead-of.ts'
import { type Carried, type PlanWithCopies, planFrom, prepare } from './plan.ts'
import type { ProposalInput, Warning } from './proposal.ts'
import { keepSnapshot } from './replay/snapshot.ts'
import { ownerOf, type Routable } from './route.ts'
import { runAction } from './run-action.ts'
import type { SituationDeps } from './situation.ts'
import { asJson, type Basis, invoiceIdsOf, isMail, isWholeDebtor, lockProposal, type StoredAction, type StoredProposal, storedAction } from './store.ts'
import { holdWhileUndecided } from './undecided-hold.ts'

export const undecided = ['open', 'awaiting_second', 'snoozed'] as const
export const transaction = { maxWait: 20_000, timeout: 30_000 }

/** What planning needs of the world. */
export const planningDeps = ({ clock, config, findCopy, rules }: ProposalsDeps): SituationDeps => ({
  ...rules(),
  clock,
  timeZone: config.DUNCAN_TIME_ZONE,
  maxAgeHours: config.DUNCAN_LEDGER_MAX_AGE_HOURS,
  findCopy,
})

/**
 * Stores the proposal of a message, once however often it is called, and runs its protective actions at once. An undecided
 * proposal of the same thread is superseded and merged: its actions move over unless the new mail says the same thing anew, and
 * one reply says what both would have said. Edits of the superseded reply's text are lost, edits of facts are not.
 */
export async function propose(deps: ProposalsDeps, received: ProposalInput): Promise<{ proposalId: number }> {
  const linked = await learnedLink(deps.client, received)
  const input = linked ? linkedAs(received, linked) : received
  // What only looks is done before the thread is locked, side by side.
  const [prepared, waiting] = await Promise.all([prepare(deps.client, input, planningDeps(deps)), waitingReplies(deps.client, input)])
  const ownerId = await ownerOf(deps.client, deps, asRoutable(input, planFrom(prepared).actions), learnedOwner(prepared.corrections))
  return deps.client.$transaction(async tx => {
    // Two mails of one thread at once would each miss the other's proposal.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${input.threadId === null ? `proposal.message:${input.messageId}` : `proposal.thread:${input.threadId}`}))`
    const known = await tx.proposal.findUnique({ where: { messageId: input.messageId }, select: { id: true } })
    if (known) return { proposalId: known.id }
    if (linked) await linkThread(tx, { threadId: input.threadId, messageId: input.messageId, ...linkOf(linked), actor: 'duncan' })
    // Nor must two mails of one debtor at once: each is decided alone only where nobody waits with the other.
    const debtorId = prepared.situation.debtor?.id
    if (debtorId !== undefined) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`proposal.debtor:${debtorId}`}))`
    await callBack(tx, deps, { threadId: input.threadId, debtorIds: debtorId === undefined ? [] : [debtorId] }, 'mail')

    const before = await lockUndecided(tx, input, await standingProposals(tx, input))
    const carried = carriedFrom(before)
    const planned = planFrom(prepared, carried)
    const basis = basisOf(input, { ...planned, warnings: [...planned.warnings, ...waiting], learned: [...(linked ? [linked] : []), ...planned.learned] })
    const row = await tx.proposal.create({ data: { ...proposalRow(deps, input, planned), ownerId, basis: asJson(basis) } })
    const kept = await supersede(tx, deps, before, row.id, planned)
    const actions = [...kept, ...(await addActions(tx, row.id, input.messageId, planned, kept))]
    await runProtective(tx, deps, { ...row, status: 'open', basis, autonomy: null, actions })
    await holdWhileUndecided(tx, row.id, planned.debtorId, touchedWith(planned, kept))
    const asked = { messageId: input.messageId, debtorId: planned.debtorId, numbers: planned.copies?.missing ?? [], at: fromInstant(deps.clock.now()) }
    await awaitCopies(tx, asked)
    const snapshot = await keepSnapshot(tx, row.id, { prepared, carried, planned }, deps.clock.now())
    await recordAudit(tx, {
      actor: 'duncan',
      event: 'proposal.opened',
      subject: `proposal:${row.id}`,
      detail: {
        message: input.messageId,
        needsPerson: planned.needsPerson,
        actions: planned.actions.map(({ kind }) => kind),
        superseded: before.map(old => old.id),
        learned: (basis.learned ?? []).map(({ id }) => id),
        snapshot,
      },
    })
    const opened = await lockProposal(tx, row.id)
    if (opened && before.length === 0 && filesItself(input, planned, opened.actions)) {
      await file(tx, deps, row.id)
      return { proposalId: row.id }
    }
    if (opened) await decideAlone(tx, deps, opened)
    await deps.queue.send(tx, proposalOpened, { proposalId: row.id })
    if (isHardStop(planned)) for (const staffId of await leadsOf(tx, row.id)) await deps.queue.send(tx, proposalReminder, { proposalId: row.id, staffId })
    return { proposalId: row.id }
  }, transaction)
}

/** An insolvency is told to those who lead at once: claims have days that end. */
const isHardStop = ({ actions }: Pick<PlanWithCopies, 'actions'>): boolean =>
  actions.some(({ kind, payload }) => kind === 'place_hold' && payload.reason === 'insolvency')

const linkOf = ({ debtorId }: Correction) => ({ debtorId: debtorId ?? 0, reason: 'staff' as const })

/** The mail of a sender whom a person linked before, linked the same way. */
const linkedAs = (input: ProposalInput, correction: Correction): ProposalInput => ({
  ...input,
  link: { kind: 'linked', ...linkOf(correction), candidates: [] },
})

/** Whom people handed proposals like this one to. */
const learnedOwner = (corrections: Correction[]): number | undefined => corrections.flatMap(each => (each.rule === 'owner' ? [each.change.ownerId] : [])).at(-1)

const asRoutable = ({ mailboxId, messageId, link, reading }: ProposalInput, actions: Routable['actions']): Routable => ({
  mailboxId,
  messageId,
  debtorId: link.kind === 'linked' ? link.debtorId : null,
  reading,
  actions,
})

/** The undecided proposals of the message's thread. */
const standingProposals = async (tx: Db, { threadId }: ProposalInput) =>
  threadId === null ? [] : tx.proposal.findMany({ where: { threadId, status: { in: [...undecided] } }, orderBy: { id: 'asc' }, select: { id: true } })

async function lockUndecided(tx: Db, { link }: ProposalInput, standing: { id: number }[]): Promise<StoredProposal[]> {
  const locked: StoredProposal[] = []
  for (const { id } of standing) {
    const proposal = await lockProposal(tx, id)
    // A thread that is linked to another debtor meanwhile is another matter: nothing of it is carried over.
    const sameDebtor = proposal?.debtorId === (link.kind === 'linked' ? link.debtorId : null)
    if (proposal && sameDebtor && undecided.some(status => status === proposal.status)) locked.push(proposal)
  }
  return locked
}

/** Approved replies that have not left: this mail may change what they say, and whoever reads its card can still stop them. */
async function waitingReplies(db: Db, { threadId }: ProposalInput): Promise<Warning[]> {
  if (threadId === null) return []
  const mails = await db.outboundMail.findMany({ where: { threadId, state: 'scheduled' }, orderBy: { id: 'asc' }, select: { sendAfter: true } })
  return mails.map(({ sendAfter }) => ({ kind: 'reply_waiting', detail: sendAfter.toISOString() }))
}

const carriedFrom = (before: StoredProposal[]): Carried => {
  const copies = before.findLast(({ basis }) => basis.copies)?.basis.copies
  return { sections: before.flatMap(({ basis }) => basis.sections), ...(copies && { copies }) }
}

const proposalRow = ({ clock }: ProposalsDeps, { messageId, mailboxId, threadId }: ProposalInput, planned: PlanWithCopies) => {
  const { debtorId, needsPerson, summary, language } = planned
  const now = fromInstant(clock.now())
  return { messageId, mailboxId, threadId, debtorId, needsPerson, summary, language, createdAt: now, waitingSince: now }
}

/** What a proposal keeps of its planning. */
export function basisOf(input: ProposalInput, planned: PlanWithCopies): Basis {
  const { sections, warnings, copies, learned } = planned
  return {
    reading: input.reading,
    link: input.link,
    bounced: input.bounced,
    sections,
    warnings,
    ...(copies && { copies }),
    ...(learned.length > 0 && { learned }),
  }
}

/** Closes the undecided proposals of the thread and moves what still stands of them to the new one; returns what moved. */
async function supersede(tx: Db, deps: ProposalsDeps, before: StoredProposal[], newId: number, planned: PlanWithCopies): Promise<StoredAction[]> {
  const kept: StoredAction[] = []
  const now = fromInstant(deps.clock.now())
  for (const old of before) {
    const moving = old.actions.filter(action => !isMail(action) && isStanding(action) && planned.actions.every(fresh => !saysTheSame(action, fresh)))
    for (const action of moving) {
      const place = { proposalId: newId, position: kept.length, messageId: action.messageId ?? old.messageId }
      await tx.proposedAction.update({ where: { id: action.id }, data: place })
      kept.push({ ...action, ...place })
    }
    await closeSuperseded(tx, old.id, `proposal:${newId}`, now)
    await deps.queue.send(tx, proposalChanged, { proposalId: old.id })
  }
  return kept
}

/** Closes one proposal as superseded: nothing of it runs any more. Its protective actions stand until a person undoes them. */
export async function closeSuperseded(tx: Db, proposalId: number, supersededBy: string, at: Date): Promise<void> {
  await tx.proposal.update({ where: { id: proposalId }, data: { status: 'superseded', supersededBy, decidedAt: at, snoozedUntil: null } })
  await tx.proposedAction.updateMany({ where: { proposalId, status: 'pending' }, data: { status: 'skipped', finishedAt: at } })
  await tx.dunningHold.updateMany({ where: { proposalId, reason: 'open_proposal', endedAt: null }, data: { endedAt: at } })
  await recordAudit(tx, { actor: 'duncan', event: 'proposal.superseded', subject: `proposal:${proposalId}`, detail: { by: supersededBy } })
}

const isStanding = ({ status, protective }: StoredAction) => status === 'pending' || (protective && status === 'done')

/** A pending action gives way to a new one of its kind on the same invoices; a hold that stands already is kept and not placed twice. */
export function saysTheSame(old: PlanWithCopies['actions'][number] & { status?: string }, fresh: PlanWithCopies['actions'][number]): boolean {
  if (old.kind !== fresh.kind || old.status === 'done') return false
  if (old.kind === 'create_task' && fresh.kind === 'create_task')
    return old.payload.title === fresh.payload.title && isDeepStrictEqual(old.payload.about, fresh.payload.about)
  const before = 'invoiceIds' in old.payload ? old.payload.invoiceIds : []
  const now = 'invoiceIds' in fresh.payload ? fresh.payload.invoiceIds : []
  return before.length === 0 || now.length === 0 || before.some(id => now.includes(id))
}

async function addActions(tx: Db, proposalId: number, messageId: number, planned: PlanWithCopies, kept: StoredAction[]): Promise<StoredAction[]> {
  const isStandingHold = ({ kind, payload }: PlanWithCopies['actions'][number]) =>
    kind === 'place_hold' &&
    kept.some(
      old => old.kind === 'place_hold' && old.status === 'done' && old.payload.reason === payload.reason && sameIds(old.payload.invoiceIds, payload.invoiceIds),
    )
  const fresh = planned.actions.filter(action => !isStandingHold(action))
  const rows = fresh.length > 0 ? await tx.proposedAction.createManyAndReturn({ data: actionRows(proposalId, messageId, fresh, kept.length) }) : []
  return rows.map(storedAction).toSorted((a, b) => a.position - b.position)
}

/** Rows of planned actions, from a position on. */
export const actionRows = (proposalId: number, messageId: number, actions: PlanWithCopies['actions'], from: number) =>
  actions.map(({ kind, payload, evidence, protective, ticked, intent }, index) => ({
    proposalId,
    messageId,
    position: from + index,
    kind,
    payload: asJson(payload),
    evidence: evidence.map(span => asJson(span)),
    protective: protective ?? false,
    ticked: ticked ?? true,
    intent: intent ?? null,
  }))

const sameIds = (a: number[], b: number[]) => a.length === b.length && a.every(id => b.includes(id))

/** Runs the protective actions of a proposal that have not run. */
export async function runProtective(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<void> {
  for (const action of proposal.actions) {
    if (action.protective && action.status === 'pending') await runAction(tx, deps, proposal, action, 'duncan')
  }
}

function touchedWith({ touched }: PlanWithCopies, kept: StoredAction[]) {
  if (touched === 'all' || kept.some(isWholeDebtor)) return 'all' as const
  return [...new Set([...touched, ...kept.flatMap(invoiceIdsOf)])]
}
