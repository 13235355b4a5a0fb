import { isDeepStrictEqual } from 'node:util'
import { judge, may, readRightsPolicy } from '#people'
import type { DebtorEntryModel } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { decidedAlone, demoteStep } from '../dunning/called-back.ts'
import { stepAutonomySchema } from '../dunning/judge-step.ts'
import { transaction } from '../propose.ts'
import { asJson, isId } from '../store.ts'
import { announce, auditEntry, debtorFor, enteredAs, judgeFirst, type PersonEntering, seesAllOf, settle, workOf } from './entering.ts'
import type { EntryOutcome, EntryVote } from './entry.ts'
import { type EntryContent, entryContentSchema, rulesOf, stored } from './kinds/index.ts'

type Voting = PersonEntering & { entry: DebtorEntryModel; content: EntryContent }

/**
 * Takes a person's word on an entry: approves or rejects one that was opened, gives the second vote, withdraws one that waits for it, or takes
 * back what was done as long as that stands (of a rejected one: the rejection). Of several people at once the first counts.
 */
export async function voteOnEntry(deps: ProposalsDeps, vote: EntryVote): Promise<EntryOutcome> {
  const { entryId, staffId, surface, kind, version } = vote
  return deps.client.$transaction<EntryOutcome>(async tx => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    if (isId(entryId)) await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE id = ${entryId} FOR UPDATE`
    const entry = isId(entryId) ? await tx.debtorEntry.findUnique({ where: { id: entryId } }) : null
    const debtor = entry && (await debtorFor(tx, person, entry.debtorId))
    if (!entry || !debtor) return { kind: 'not_found' }
    const content = entryContentSchema.parse(entry.payload)
    if (!(await seesAllOf(tx, person, content))) return { kind: 'not_found' }
    if (!may(person, kind === 'second_vote' ? 'second_vote' : rulesOf(content.kind).right)) return { kind: 'not_allowed', why: 'no_right' }
    const isStale = version !== undefined && version !== entry.version
    if (isStale || !statusesFor(kind, entry).includes(entry.status)) return { kind: 'changed' }
    const voting = { tx, deps, debtor, person, surface, entry, content }
    switch (kind) {
      case 'approve':
        return approve(voting, vote.content ?? content)
      case 'second_vote':
        return secondVote(voting)
      case 'reject':
        await keepCorrected(voting)
        return settle(voting, entry, 'rejected')
      case 'withdraw':
        return settle(voting, entry, 'withdrawn')
      case 'undo':
        return takeBack(voting)
      case 'wrong':
        return callWrong(voting)
      default:
        return kind satisfies never
    }
  }, transaction)
}

/** In which states a vote is taken. What somebody entered is withdrawn, what was opened is rejected. */
function statusesFor(kind: EntryVote['kind'], { why }: DebtorEntryModel): string[] {
  const isOpened = why !== null
  const statuses = {
    approve: ['proposed'],
    second_vote: ['awaiting_second'],
    reject: isOpened ? ['proposed', 'awaiting_second'] : [],
    withdraw: isOpened ? [] : ['awaiting_second'],
    undo: isOpened ? ['done', 'rejected'] : ['done'],
    wrong: ['done'],
  }
  return statuses[kind]
}

async function approve(voting: Voting, wanted: EntryContent): Promise<EntryOutcome> {
  const { entry, content, person } = voting
  if (wanted.kind !== content.kind) return { kind: 'changed' }
  const prepared = await rulesOf(content.kind).prepare(workOf(voting), wanted, [])
  if ('code' in prepared) return { kind: 'invalid', problem: prepared }
  const isEdited = wanted !== content
  const isOther = !isDeepStrictEqual(asJson(prepared), entry.payload)
  // What the person saw is what is approved: where things stand otherwise by now, the card says so first.
  if (isOther && !isEdited) return drawAnew(voting, prepared)
  const verdict = await judgeFirst(voting, person, prepared)
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: 'no_right' }
  if (isOther) await keepCorrected(voting)
  const written = isOther ? { ...stored(prepared), version: entry.version + 1, editedById: person.id } : {}
  if (verdict.kind === 'allowed') return settle(voting, entry, 'done', { ...written, result: await carryOut(voting, prepared) })
  return settle(voting, entry, 'awaiting_second', { ...written, firstVoteById: person.id, event: 'entry.first_vote' })
}

async function drawAnew(voting: Voting, content: EntryContent): Promise<EntryOutcome> {
  const { tx, entry } = voting
  await tx.debtorEntry.update({ where: { id: entry.id }, data: { ...stored(content), version: entry.version + 1 } })
  await announce(voting, entry)
  return { kind: 'changed' }
}

async function secondVote(voting: Voting): Promise<EntryOutcome> {
  const { tx, entry, content, person } = voting
  const makers = makersOf(entry)
  const verdict = judge(person, await readRightsPolicy(tx), { vote: 'second', makers })
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: verdict.why === 'own_decision' ? 'own_first_vote' : 'no_right' }
  if (entry.why !== null) {
    const prepared = await rulesOf(content.kind).prepare(workOf(voting), content, [])
    if ('code' in prepared) return { kind: 'invalid', problem: prepared }
    // The first vote was on something else: what stands now needs both anew.
    if (!isDeepStrictEqual(asJson(prepared), entry.payload)) {
      const anew = { ...stored(prepared), version: entry.version + 1, firstVoteById: null, event: 'entry.reopened' }
      await settle(voting, entry, 'proposed', anew)
      return { kind: 'changed' }
    }
  }
  return settle(voting, entry, 'done', { result: await carryOut(voting, content) })
}

/** Who wrote it, changed it or gave the first vote: nobody checks their own work. */
export const makersOf = ({ staffId, firstVoteById, editedById }: DebtorEntryModel): number[] => [staffId, firstVoteById, editedById].filter(id => id !== null)

const carryOut = (voting: Voting, content: EntryContent) =>
  rulesOf(content.kind).carryOut(workOf(voting), content, { entryId: voting.entry.id, staffId: voting.person.id })

async function takeBack(voting: Voting): Promise<EntryOutcome> {
  const { entry, content } = voting
  const { reopened } = rulesOf(content.kind)
  if (entry.status === 'rejected' && reopened && !(await reopened(workOf(voting), content))) return { kind: 'changed' }
  if (entry.status === 'rejected') return settle(voting, entry, 'proposed', { firstVoteById: null, remindedAt: null, event: 'entry.reopened' })
  const isTakenBack = await rulesOf(content.kind).takeBack(workOf(voting), entry.result)
  if (!isTakenBack) return { kind: 'changed' }
  const alone = decidedAlone(entry)
  if (alone) await demoteStep(voting, entry.id, alone)
  return settle(voting, entry, 'undone')
}

/** Takes a person's word that what Duncan let leave alone was wrong, however late; nothing is undone by it. */
async function callWrong(voting: Voting): Promise<EntryOutcome> {
  const { tx, entry, person } = voting
  const alone = decidedAlone(entry)
  if (!alone || alone.wrongBy !== undefined) return { kind: 'changed' }
  await demoteStep(voting, entry.id, alone)
  const marked = await tx.debtorEntry.update({ where: { id: entry.id }, data: { autonomy: asJson({ ...alone, wrongBy: person.id }) } })
  await auditEntry(voting, marked, 'entry.wrong')
  await announce(voting, marked)
  return enteredAs(marked)
}

/** One of the few that are asked although they might leave alone counts as if it had: who turns it down or rewrites it ends the grant. */
async function keepCorrected(voting: Voting): Promise<void> {
  const asked = stepAutonomySchema.safeParse(voting.entry.autonomy).data
  if (asked?.sampled) await demoteStep(voting, voting.entry.id, asked)
}
