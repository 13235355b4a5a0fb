import { createHash } from 'node:crypto'
import { z } from 'zod'
import { intents } from '#triage'
import { canBeEarned, lowest } from './combination.ts'

const level = z.enum(['ask', 'send_after_undo', 'act'])

/** Why a person is asked. */
const askReasons = [
  'quarantine',
  'needs_person',
  'always_person',
  'engines_differ',
  'unsure',
  'several_matters',
  'merged',
  'warnings',
  'free_text',
  'nothing_to_do',
  'above_limit',
  'second_vote',
  'not_sendable',
  'not_earned',
  'sampled',
] as const
export type AskReason = (typeof askReasons)[number]

/** Everything that decides whether Duncan decides a proposal alone; plain values, so that the same can be asked again later. */
const autonomyFactsSchema = z.object({
  proposalId: z.int(),
  quarantine: z.boolean(),
  needsPerson: z.boolean(),
  intents: z.array(z.object({ intent: z.enum(intents), confidence: z.number() })),
  /** The least sure of the facts that something may rest on; 1 without any. */
  factConfidence: z.number(),
  disagreements: z.int(),
  warnings: z.int(),
  /** Undecided proposals that it took over, and whether it stands in for one that was called back. */
  merged: z.boolean(),
  /** What is at stake is above what Duncan may decide, or cannot be told. */
  aboveLimit: z.boolean(),
  needsSecondVote: z.boolean(),
  /** Its mails could not leave as they stand. */
  mailProblems: z.int(),
  /** What would run. */
  actions: z.array(
    z.object({
      actionId: z.int(),
      kind: z.string(),
      intent: z.string().nullable(),
      fixedText: z.boolean(),
      /** What is granted, within what the settings allow. */
      level,
      grantId: z.int().nullable(),
      n: z.int(),
      bound: z.number(),
    }),
  ),
})
export type AutonomyFacts = z.infer<typeof autonomyFactsSchema>

/** `level`: at which it is decided alone; `ask` with the reasons otherwise. */
export type AutonomyVerdict = { level: z.infer<typeof level>; asks: AskReason[]; sampled: boolean }

/** How sure the reading must be of what it asserts. */
const sureFrom = 0.8
/** How many of those that could be decided alone are asked all the same, so that the record stays alive. */
const sampledShare = 0.05

/** Whether a proposal is one of the sample that is asked about: by its number alone, so that nobody can choose. */
export const isSampled = (proposalId: number): boolean =>
  createHash('sha256').update(`autonomy sample ${proposalId}`).digest().readUInt32BE(0) / 2 ** 32 < sampledShare

/** Whether Duncan decides alone, and if not, every reason why a person is asked. Looks at nothing but these facts. */
export function judgeProposal(facts: AutonomyFacts): AutonomyVerdict {
  const { actions } = facts
  const found: Record<Exclude<AskReason, 'sampled'>, boolean> = {
    quarantine: facts.quarantine,
    needs_person: facts.needsPerson,
    always_person: facts.intents.some(({ intent }) => !canBeEarned({ intent })),
    engines_differ: facts.disagreements > 0,
    unsure: facts.factConfidence < sureFrom || facts.intents.some(({ confidence }) => confidence < sureFrom),
    several_matters: actions.some(({ intent }) => intent === null),
    merged: facts.merged,
    warnings: facts.warnings > 0,
    free_text: actions.some(({ fixedText }) => !fixedText),
    nothing_to_do: actions.length === 0,
    above_limit: facts.aboveLimit,
    second_vote: facts.needsSecondVote,
    not_sendable: facts.mailProblems > 0,
    not_earned: actions.some(action => action.level === 'ask'),
  }
  const asks = askReasons.filter(reason => reason !== 'sampled' && found[reason])
  if (asks.length > 0) return { level: 'ask', asks, sampled: false }
  if (isSampled(facts.proposalId)) return { level: 'ask', asks: ['sampled'], sampled: true }
  return { level: lowest(actions.map(action => action.level)), asks: [], sampled: false }
}

/** What a proposal keeps of this. `calledBack`: why what was decided alone came back to people. */
export const autonomySchema = z.object({
  facts: autonomyFactsSchema,
  level,
  asks: z.array(z.enum(askReasons)),
  sampled: z.boolean(),
  calledBack: z.object({ why: z.enum(['mail', 'payment']), at: z.string() }).optional(),
})
export type Autonomy = z.infer<typeof autonomySchema>
