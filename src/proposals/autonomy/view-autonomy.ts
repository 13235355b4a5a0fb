import type { Db } from '#platform'
import type { ActionKind } from '../action.ts'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { Correction, CorrectionRule } from '../corrections/correction.ts'
import type { PersonView } from '../proposal.ts'
import type { StoredProposal } from '../store.ts'
import type { AskReason, CallBackReason } from './judge-proposal.ts'

/** Whether Duncan decided alone, by which records, or why people are asked. */
export type AutonomyView = {
  level: AutonomyLevel
  asks: AskReason[]
  /** It could have been decided alone and is asked about all the same. */
  sampled: boolean
  /** Why what was decided alone came back to people; `at`: ISO moment. */
  calledBack: { why: CallBackReason; at: string } | null
  /** `bound`: lower end of the 95% interval for the share of cases that are right, 0 to 1. `grantedAt`: ISO moment. */
  records: { kind: ActionKind; cases: number; bound: number; grantedBy: string; grantedAt: string }[]
  /** What would have to be granted first. */
  ungranted: ActionKind[]
}

/** A correction with the names of people. */
export type LearnedView = {
  [R in CorrectionRule]: Omit<Extract<Correction, { rule: R }>, 'by'> & { by: string; owner: PersonView | null }
}[CorrectionRule]

/** What a card shows of autonomy; null for a proposal of a release that did not know of it. */
export async function viewAutonomy(db: Db, { autonomy }: StoredProposal, personOf: (id: number) => PersonView): Promise<AutonomyView | null> {
  if (!autonomy) return null
  const { level, asks, sampled, calledBack = null, facts } = autonomy
  const ids = facts.actions.flatMap(({ grantId }) => grantId ?? [])
  const grants = ids.length > 0 ? await db.autonomyGrant.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } }) : []
  const records = facts.actions.flatMap(({ kind, n, bound, grantId }) => {
    const grant = grants.find(({ id }) => id === grantId)
    if (!grant) return []
    const { name: grantedBy } = personOf(grant.grantedById)
    return [{ kind: kind as ActionKind, cases: n, bound, grantedBy, grantedAt: grant.grantedAt.toISOString() }]
  })
  const ungranted = facts.actions.filter(action => action.level === 'ask' && !action.filing).map(({ kind }) => kind as ActionKind)
  return { level, asks, sampled, calledBack, records, ungranted: [...new Set(ungranted)] }
}

/** A correction as people read it. */
export const viewLearned = (correction: Correction, personOf: (id: number) => PersonView): LearnedView => ({
  ...correction,
  by: personOf(correction.by).name,
  owner: correction.rule === 'owner' ? personOf(correction.change.ownerId) : null,
})
