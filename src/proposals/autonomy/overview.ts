import type { Db } from '#platform'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { ProposalsDeps } from '../deps.ts'
import type { PersonView } from '../proposal.ts'
import type { RecordState } from './bound.ts'
import { type Combination, canBeEarned } from './combination.ts'
import { levelFor } from './grant.ts'
import { listRecords } from './record.ts'

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
  ended: { at: Date; why: 'revoked' | 'bad_case'; by: PersonView | null } | null
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
  const granted = grants.filter(({ endedAt }) => endedAt === null).map(({ kind, intent, language, mailboxId }) => ({ kind, intent, language, mailboxId }))
  // A grant of which nothing was decided since it began anew still stands.
  const known = new Set(records.map(({ combination }) => keyOf(combination)))
  const silent = granted.filter(combination => !known.has(keyOf(combination))).map(combination => ({ combination, record: noRecord }))
  return [...records, ...silent].map(({ combination, record }) => {
    const own = grants.filter(grant => keyOf(grant) === keyOf(combination))
    const standing = own.find(({ endedAt }) => endedAt === null)
    const last = own.findLast(({ endedAt }) => endedAt !== null)
    const ceiling = levelFor(deps, combination)
    return {
      combination,
      mailbox: mailboxes.find(({ id }) => id === combination.mailboxId)?.key ?? null,
      record,
      level: standing && ceiling !== 'ask' ? ceiling : 'ask',
      since: standing?.grantedAt ?? null,
      grantedBy: personOf(standing?.grantedById ?? null),
      asks: whyAsks(combination, record, ceiling, standing !== undefined),
      ended: last?.endedAt ? { at: last.endedAt, why: last.endReason as 'revoked', by: personOf(last.endedById) } : null,
    }
  })
}

const noRecord: RecordState = { n: 0, unchanged: 0, bound: 0, passedAt: null, nextLook: null }

const keyOf = ({ kind, intent, language, mailboxId }: Combination): string => `${kind} ${intent} ${language} ${mailboxId}`

function whyAsks(combination: Combination, record: RecordState, ceiling: AutonomyLevel, isGranted: boolean): AutonomyRow['asks'] {
  if (!canBeEarned(combination)) return 'always_person'
  if (ceiling === 'ask') return 'ceiling'
  if (isGranted) return null
  return record.passedAt === null ? 'not_earned' : 'to_grant'
}
