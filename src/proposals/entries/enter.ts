import { may } from '#people'
import { fromInstant, Prisma } from '#platform'
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
  return enterIn(deps, request).catch((error: unknown) => {
    if (error instanceof Overtaken) return { kind: 'changed' }
    throw error
  })
}

/** Rolls the entry back: what it was about was settled by somebody else. */
class Overtaken extends Error {}

function enterIn(deps: ProposalsDeps, request: EntryRequest): Promise<EntryOutcome> {
  return deps.client.$transaction<EntryOutcome>(async tx => {
    const person = await tx.staff.findUnique({ where: { id: request.staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    const debtor = await debtorFor(tx, person, request.debtorId)
    if (!debtor) return { kind: 'not_found' }
    if (!may(person, rulesOf(request.content.kind).right)) return { kind: 'not_allowed', why: 'no_right' }
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`entry ${request.formKey}`}))`
    const known = await tx.debtorEntry.findUnique({ where: { formKey: request.formKey } })
    if (known) return known.staffId === person.id ? enteredAs(known) : { kind: 'not_found' }
    const outcome = await write({ tx, deps, debtor, person, surface: request.surface }, request)
    if (outcome.kind === 'entered' && request.also && !(await request.also(tx))) throw new Overtaken()
    return outcome
  }, transaction)
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
