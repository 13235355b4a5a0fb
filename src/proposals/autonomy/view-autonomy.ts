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
  /** `bound`: lower end of the 95% interval for the share of cases that are right, 0 to 1. */
  records: { kind: ActionKind; cases: number; bound: number }[]
}

/** A correction with the names of people. */
export type LearnedView = {
  [R in CorrectionRule]: Omit<Extract<Correction, { rule: R }>, 'by'> & { by: string; owner: PersonView | null }
}[CorrectionRule]

/** What a card shows of autonomy; null for a proposal of a release that did not know of it. */
export function viewAutonomy({ autonomy }: StoredProposal): AutonomyView | null {
  if (!autonomy) return null
  const { level, asks, sampled, calledBack = null, facts } = autonomy
  const granted = facts.actions.filter(({ grantId }) => grantId !== null)
  return { level, asks, sampled, calledBack, records: granted.map(({ kind, n, bound }) => ({ kind: kind as ActionKind, cases: n, bound })) }
}

/** A correction as people read it. */
export const viewLearned = (correction: Correction, personOf: (id: number) => PersonView): LearnedView => ({
  ...correction,
  by: personOf(correction.by).name,
  owner: correction.rule === 'owner' ? personOf(correction.change.ownerId) : null,
})
