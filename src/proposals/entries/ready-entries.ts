import type { ProposalsDeps } from '../deps.ts'
import { refreshEntry } from '../follow-ups/refresh-follow-ups.ts'
import { transaction } from '../propose.ts'
import { debtorFor, type Entering, judgeFirst, seesAllOf } from './entering.ts'
import type { EntryProblem } from './entry.ts'
import { entryContentSchema } from './kinds/index.ts'

/** `second_vote`: this person's vote alone would not decide it. */
export type EntryReadiness = { entryId: number; version: number } & ({ kind: 'ready' | 'second_vote' | 'gone' } | { kind: 'refused'; problem: EntryProblem })

const atOnce = 4

/**
 * Whether entries that wait could be approved by this person alone as things stand now, in the order of the ids. What they write is brought up
 * to date first, so that `version` is of what a card shows next.
 */
export async function readyEntries(deps: ProposalsDeps, staffId: number, entryIds: readonly number[]): Promise<EntryReadiness[]> {
  const found: EntryReadiness[] = []
  for (let at = 0; at < entryIds.length; at += atOnce)
    found.push(...(await Promise.all(entryIds.slice(at, at + atOnce).map(id => deps.client.$transaction(tx => readiness(tx, deps, staffId, id), transaction)))))
  return found
}

async function readiness(tx: Entering['tx'], deps: ProposalsDeps, staffId: number, entryId: number): Promise<EntryReadiness> {
  const gone = { entryId, version: 0, kind: 'gone' } as const
  const person = await tx.staff.findUnique({ where: { id: staffId } })
  const known = await tx.debtorEntry.findUnique({ where: { id: entryId }, select: { debtorId: true } })
  const debtor = person?.active && known ? await debtorFor(tx, person, known.debtorId) : null
  if (!person || !debtor) return gone
  const problem = await refreshEntry(tx, deps, entryId)
  const { version, status, payload } = await tx.debtorEntry.findUniqueOrThrow({ where: { id: entryId } })
  const content = entryContentSchema.parse(payload)
  if (status !== 'proposed' || !(await seesAllOf(tx, person, content))) return gone
  if (problem) return { entryId, version, kind: 'refused', problem }
  const verdict = await judgeFirst({ tx, deps, debtor, person, surface: 'duncan' }, person, content)
  if (verdict.kind === 'refused') return gone
  return { entryId, version, kind: verdict.kind === 'allowed' ? 'ready' : 'second_vote' }
}
