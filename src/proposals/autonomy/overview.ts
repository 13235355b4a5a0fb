import type { Db } from '#platform'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { ProposalsDeps } from '../deps.ts'
import type { PersonView } from '../proposal.ts'
import { judgeRecord, type RecordState } from './bound.ts'
import { type Combination, canBeEarned, lowest } from './combination.ts'
import { type EndReason, levelFor } from './grant.ts'
import { listRecords, type Recorded } from './record.ts'

/** One combination with its record and what stands. `mailbox`: its key; null for all mailboxes together. */
export type AutonomyRow = {
  combination: Combination
  mailbox: string | null
  record: RecordState
  /** What it does now. */
  level: AutonomyLevel
  since: Date | null
  grantedBy: PersonView | null
  /** Why it asks: always a person's, kept there by the settings, still to be earned, or only waiting for somebody to grant it. */
  asks: 'always_person' | 'ceiling' | 'not_earned' | 'to_grant' | null
  /** What ended the last grant. */
  ended: { at: Date; why: EndReason; by: PersonView | null } | null
}

/** Every combination that people decided on: its record, what Duncan does by it, since when and why. All mailboxes together come first. */
export async function autonomyOverview(db: Db, deps: Pick<ProposalsDeps, 'rules'>): Promise<AutonomyRow[]> {
  const [records, grants, mailboxes, people] = await Promise.all([
    listRecords(db),
    db.autonomyGrant.findMany({ orderBy: { id: 'asc' } }),
    db.mailbox.findMany({ select: { id: true, key: true } }),
    db.staff.findMany({ select: { id: true, name: true } }),
  ])
  const personOf = (id: number | null): PersonView | null => people.find(person => person.id === id) ?? null
  // A record that begins anew has no case yet; what was granted on the one before is told all the same.
  const granted = new Map(
    grants.map(({ kind, intent, language, mailboxId }) => [keyOf({ kind, intent, language, mailboxId }), { kind, intent, language, mailboxId }]),
  )
  for (const { combination } of records) granted.delete(keyOf(combination))
  const silent = [...granted.values()].map(combination => ({ combination, record: judgeRecord([]) }))
  const all = new Map(records.filter(({ combination }) => combination.mailboxId === null).map(each => [keyOf(each.combination), each.record.n]))
  // The only mailbox that something was decided in has no record of its own.
  const isOwn = ({ combination, record }: Recorded) =>
    combination.mailboxId === null ||
    record.n !== all.get(keyOf({ ...combination, mailboxId: null })) ||
    grants.some(grant => keyOf(grant) === keyOf(combination))
  return [...records.filter(isOwn), ...silent].map(({ combination, record }) => {
    const own = grants.filter(grant => keyOf(grant) === keyOf(combination))
    const standing = own.find(({ endedAt }) => endedAt === null)
    const last = own.findLast(({ endedAt }) => endedAt !== null)
    const ceiling = levelFor(deps, combination)
    return {
      combination,
      mailbox: mailboxes.find(({ id }) => id === combination.mailboxId)?.key ?? null,
      record,
      level: standing ? lowest([ceiling, standing.level as AutonomyLevel]) : 'ask',
      since: standing?.grantedAt ?? null,
      grantedBy: personOf(standing?.grantedById ?? null),
      asks: whyAsks(combination, record, ceiling, standing !== undefined),
      ended: last?.endedAt ? { at: last.endedAt, why: last.endReason as EndReason, by: personOf(last.endedById) } : null,
    }
  })
}

const keyOf = ({ kind, intent, language, mailboxId }: Combination): string => `${kind} ${intent} ${language} ${mailboxId}`

function whyAsks(combination: Combination, record: RecordState, ceiling: AutonomyLevel, isGranted: boolean): AutonomyRow['asks'] {
  if (!canBeEarned(combination)) return 'always_person'
  if (ceiling === 'ask') return 'ceiling'
  if (isGranted) return null
  return record.passedAt === null ? 'not_earned' : 'to_grant'
}
