import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import { type Problem, problemsSchema } from '../problem.ts'

const level = z.enum(['ask', 'send_after_undo', 'act'])

/**
 * Why a person is asked about a step that the settings let leave alone. `stopped`: nothing is decided alone now; `not_granted`: the ceiling of
 * the settings is lower, or what was granted ended; `always_person`: texts with charges or before a legal step; `day_is_full`: enough left
 * alone today.
 */
const stepAskReasons = [
  'stopped',
  'not_granted',
  'always_person',
  'not_sendable',
  'others_wait',
  'debtor_stopped',
  'above_limit',
  'second_vote',
  'day_is_full',
  'sampled',
] as const
type StepAskReason = (typeof stepAskReasons)[number]

/**
 * What an entry keeps of it. `grantId`: of the step; null without one. `calledBack`: why what was to leave alone came back to people; of an
 * older release a sentence. `wrongBy`: who called it wrong after it had left.
 */
export const stepAutonomySchema = z.object({
  level,
  asks: z.array(z.enum(stepAskReasons)),
  sampled: z.boolean(),
  grantId: z.int().nullable(),
  calledBack: z.union([problemsSchema, z.string().transform((text): Problem[] => [{ code: 'said', text }])]).nullable(),
  wrongBy: z.int().optional(),
})
export type StepAutonomy = z.infer<typeof stepAutonomySchema>

/** Everything that decides whether a step leaves alone, as plain values. `granted`: the lowest of its behaviour, its grant and the ceiling. */
export type StepFacts = {
  actionId: number
  isOn: boolean
  granted: AutonomyLevel
  grantId: number | null
} & Record<'alwaysPerson' | 'nobodyToWriteTo' | 'othersWait' | 'debtorStopped' | 'aboveLimit' | 'needsSecondVote' | 'dayIsFull', boolean>

/** How many of those that might leave alone are asked all the same, so that people go on seeing them. */
const sampledShare = 0.05

/** Whether a step is one of the sample that is asked about: by the number of its action alone. */
export const isSampledStep = (actionId: number): boolean =>
  createHash('sha256').update(`reminder sample ${actionId}`).digest().readUInt32BE(0) / 2 ** 32 < sampledShare

/** Whether a step leaves alone, and if not, every reason why a person is asked. Looks at nothing but these facts. */
export function judgeStep(facts: StepFacts): StepAutonomy {
  const { granted, grantId } = facts
  const found: Record<Exclude<StepAskReason, 'sampled'>, boolean> = {
    stopped: !facts.isOn,
    not_granted: facts.isOn && granted === 'ask',
    always_person: facts.alwaysPerson,
    not_sendable: facts.nobodyToWriteTo,
    others_wait: facts.othersWait,
    debtor_stopped: facts.debtorStopped,
    above_limit: facts.aboveLimit,
    second_vote: facts.needsSecondVote,
    day_is_full: facts.dayIsFull,
  }
  const asks = stepAskReasons.filter(reason => reason !== 'sampled' && found[reason])
  const shared = { grantId, calledBack: null }
  if (asks.length > 0) return { level: 'ask', asks, sampled: false, ...shared }
  if (isSampledStep(facts.actionId)) return { level: 'ask', asks: ['sampled'], sampled: true, ...shared }
  return { level: granted, asks: [], sampled: false, ...shared }
}
