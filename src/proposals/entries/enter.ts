import { may } from '#people'
import { type Db, fromInstant, Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { transaction } from '../propose.ts'
import { auditEntry, debtorFor, enteredAs, isBeyondInsurance, judgeFirst, type PersonEntering, workOf } from './entering.ts'
import type { EntryOutcome, EntryRequest } from './entry.ts'
import { rulesOf, stored } from './kinds/index.ts'

/**
 * Takes what a colleague enters about a debtor in their sight, by the same limits as an approval: it is done at once, or counts as the
 * first of two votes; what goes beyond the debtor's credit insurance asks them once more. A form that is sent twice is taken once.
 */
export async function enter(deps: ProposalsDeps, request: EntryRequest): Promise<EntryOutcome> {
  const outcome = await enterAll(deps, [request])
  return Array.isArray(outcome) ? (outcome[0] ?? { kind: 'not_found' }) : outcome
}

export type Entered = Extract<EntryOutcome, { kind: 'entered' }>

/**
 * The same of what one form says of several debtors: all of it or nothing. `also`: what is done with it in one transaction; false: nothing is kept,
 * since what it was about stands otherwise by now.
 */
export async function enterAll(
  deps: ProposalsDeps,
  requests: readonly EntryRequest[],
  also?: (tx: Db) => Promise<boolean>,
): Promise<Entered[] | Exclude<EntryOutcome, Entered>> {
  try {
    return await deps.client.$transaction(async tx => {
      const entered: Entered[] = []
      let isNew = false
      for (const request of requests) {
        const { outcome, isKnown } = await enterOne(tx, deps, request)
        if (outcome.kind !== 'entered') throw new NotEntered(outcome)
        entered.push(outcome)
        isNew ||= !isKnown
      }
      if (isNew && also && !(await also(tx))) throw new NotEntered({ kind: 'changed' })
      return entered
    }, transaction)
  } catch (error) {
    if (error instanceof NotEntered) return error.outcome
    throw error
  }
}

/** Rolls everything back. */
class NotEntered extends Error {
  readonly outcome: Exclude<EntryOutcome, Entered>

  constructor(outcome: Exclude<EntryOutcome, Entered>) {
    super(outcome.kind)
    this.outcome = outcome
  }
}

async function enterOne(tx: Db, deps: ProposalsDeps, request: EntryRequest): Promise<{ outcome: EntryOutcome; isKnown?: boolean }> {
  const person = await tx.staff.findUnique({ where: { id: request.staffId } })
  if (!person?.active) return { outcome: { kind: 'not_allowed', why: 'not_staff' } }
  const debtor = await debtorFor(tx, person, request.debtorId)
  if (!debtor) return { outcome: { kind: 'not_found' } }
  if (!may(person, rulesOf(request.content.kind).right)) return { outcome: { kind: 'not_allowed', why: 'no_right' } }
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`entry ${request.formKey}`}))`
  const known = await tx.debtorEntry.findUnique({ where: { formKey: request.formKey } })
  if (known) return { outcome: known.staffId === person.id ? enteredAs(known) : { kind: 'not_found' }, isKnown: true }
  return { outcome: await write({ tx, deps, debtor, person, surface: request.surface }, request) }
}

async function write(entering: PersonEntering, { content: given, invoiceNumbers, formKey }: EntryRequest): Promise<EntryOutcome> {
  const { tx, deps, debtor, person, surface } = entering
  const rules = rulesOf(given.kind)
  const content = await rules.prepare(workOf(entering), given, invoiceNumbers)
  if ('code' in content) return { kind: 'invalid', problem: content }
  const createdAt = fromInstant(deps.clock.now())
  const row = { debtorId: debtor.id, kind: content.kind, ...stored(content), staffId: person.id, formKey, surface, createdAt }
  if (isBeyondInsurance(content)) {
    // Who filled the form in has not seen what it means: its card says so, and asks.
    const asked = await tx.debtorEntry.create({ data: { ...row, status: 'proposed', why: { code: 'beyond_insurance' } } })
    await auditEntry(entering, asked, 'entry.opened', { why: 'beyond_insurance' })
    return enteredAs(asked)
  }
  const verdict = await judgeFirst(entering, person, content)
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: 'no_right' }
  const isDone = verdict.kind === 'allowed'
  const voted = isDone ? { status: 'done', decidedAt: createdAt, decidedById: person.id } : { status: 'awaiting_second', firstVoteById: person.id }
  const entry = await tx.debtorEntry.create({ data: { ...row, ...voted } })
  const result = isDone ? await rules.carryOut(workOf(entering), content, { entryId: entry.id, staffId: person.id }) : Prisma.DbNull
  const written = await tx.debtorEntry.update({ where: { id: entry.id }, data: { result } })
  await auditEntry(entering, written, isDone ? 'entry.done' : 'entry.first_vote', verdict.kind === 'needs_second' ? { secondVote: verdict.why } : {})
  return enteredAs(written)
}
