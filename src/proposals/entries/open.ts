import { isDeepStrictEqual } from 'node:util'
import { may } from '#people'
import { type Db, type DebtorEntryModel, fromInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { transaction } from '../propose.ts'
import { asJson } from '../store.ts'
import { announce, auditEntry, debtorFor, type Entering, enteredAs, settle, workOf } from './entering.ts'
import type { EntryOpening, EntryOutcome } from './entry.ts'
import { rulesOf, stored } from './kinds/index.ts'

/**
 * Opens something to be decided about a debtor, once for one key, and has its card posted; nothing is done before a person approves it.
 * Of a kind that a debtor has only one of, it takes the place of one that waits, unless that says the same, or is a person's and this is Duncan's.
 */
export const openEntry = (deps: ProposalsDeps, opening: EntryOpening): Promise<EntryOutcome> =>
  deps.client.$transaction(tx => openEntryIn(tx, deps, opening), transaction)

/** The same in the caller's transaction. */
export async function openEntryIn(tx: Db, deps: ProposalsDeps, opening: EntryOpening): Promise<EntryOutcome> {
  const { key, staffId, surface = 'duncan', content } = opening
  const person = staffId === undefined ? undefined : ((await tx.staff.findUnique({ where: { id: staffId } })) ?? undefined)
  if (staffId !== undefined && !person?.active) return { kind: 'not_allowed', why: 'not_staff' }
  const debtor = await debtorFor(tx, person, opening.debtorId)
  if (!debtor) return { kind: 'not_found' }
  if (person && !may(person, rulesOf(content.kind).right)) return { kind: 'not_allowed', why: 'no_right' }
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`entry ${key}`}))`
  const known = await tx.debtorEntry.findUnique({ where: { formKey: key } })
  if (known) return known.debtorId === debtor.id ? enteredAs(known) : { kind: 'not_found' }
  return write({ tx, deps, debtor, surface, ...(person && { person }) }, opening)
}

async function write(entering: Entering, { content: given, key, why, quiet }: EntryOpening): Promise<EntryOutcome> {
  const { tx, deps, debtor, person, surface } = entering
  const rules = rulesOf(given.kind)
  const content = await rules.prepare(workOf(entering), given, [])
  if ('code' in content) return { kind: 'invalid', problem: content }
  const waiting = rules.isOnly ? await waitingOf(entering, content.kind) : []
  // What a person put up for decision stays until it is decided.
  const standing = waiting.find(({ payload, staffId }) => isDeepStrictEqual(payload, asJson(content)) || (!person && staffId !== null))
  if (standing) return enteredAs(standing)
  for (const older of waiting) await settle(entering, older, 'superseded')
  const createdAt = fromInstant(deps.clock.now())
  const data = { debtorId: debtor.id, kind: content.kind, ...stored(content), staffId: person?.id ?? null, formKey: key, surface, createdAt }
  const entry = await tx.debtorEntry.create({ data: { ...data, status: 'proposed', why: asJson(why) } })
  await auditEntry(entering, entry, 'entry.opened', { why: why.code })
  if (!quiet) await announce(entering, entry)
  return enteredAs(entry)
}

/** The entries of a kind that wait for a decision about the debtor, while nobody else opens or decides one. */
async function waitingOf({ tx, debtor }: Entering, kind: string): Promise<DebtorEntryModel[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`entries ${kind} ${debtor.id}`}))`
  await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE "debtorId" = ${debtor.id} AND kind = ${kind} AND status IN ('proposed', 'awaiting_second') FOR UPDATE`
  return tx.debtorEntry.findMany({ where: { debtorId: debtor.id, kind, status: { in: ['proposed', 'awaiting_second'] } } })
}
