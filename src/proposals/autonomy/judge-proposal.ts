import { createHash } from 'node:crypto'
import { z } from 'zod'
import { assertedFrom, intents } from '#triage'
import { canBeEarned, lowest } from './combination.ts'

const level = z.enum(['ask', 'send_after_undo', 'act'])

/** Why a person is asked. */
const askReasons = [
  'quarantine',
  'needs_person',
  'always_person',
  'engines_differ',
  'unsure',
  'not_all_read',
  'several_matters',
  'merged',
  'others_wait',
  'debtor_stopped',
  'stale_ledger',
  'warnings',
  'free_text',
  'left_open',
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
  /** What the reading asserts, and what it does not rule out. */
  intents: z.array(z.object({ intent: z.enum(intents), confidence: z.number() })),
  /** The least sure of the facts that something may rest on; 1 without any. */
  factConfidence: z.number(),
  disagreements: z.int(),
  warnings: z.int(),
  /** It came with a file, or a part of it could not be read: there may be more to it than was read. */
  notAllRead: z.boolean().default(false),
  /** It took over an undecided proposal of its conversation. */
  merged: z.boolean(),
  /** Other proposals of the debtor wait for a person. */
  othersWait: z.boolean().default(false),
  /** An insolvency, also by the bureau's word, a legal matter or a suspicion stands on the debtor. */
  debtorStopped: z.boolean().default(false),
  /** The newest import is too old to rest anything on. */
  staleLedger: z.boolean().default(false),
  /** Actions stand without their tick: a decision would pass over them. */
  leftOpen: z.boolean().default(false),
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
      /** It needs no grant of its own. */
      filing: z.boolean().default(false),
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

/** How sure the reading must be of what it asserts, and that there is nothing else. */
const sureFrom = 0.8
/** From where on an intent is not ruled out. */
export const possibleFrom = 1 - sureFrom
/** How many of those that could be decided alone are asked all the same, so that the record stays alive. */
const sampledShare = 0.05

/** Whether a proposal is one of the sample that is asked about: by its number alone, so that nobody can choose. */
export const isSampled = (proposalId: number): boolean =>
  createHash('sha256').update(`autonomy sample ${proposalId}`).digest().readUInt32BE(0) / 2 ** 32 < sampledShare

/** Whether Duncan decides alone, and if not, every reason why a person is asked. Looks at nothing but these facts. */
export function judgeProposal(facts: AutonomyFacts): AutonomyVerdict {
  const { actions } = facts
  const granted = actions.filter(action => action.level !== 'ask')
  const found: Record<Exclude<AskReason, 'sampled'>, boolean> = {
    quarantine: facts.quarantine,
    needs_person: facts.needsPerson,
    always_person: facts.intents.some(({ intent, confidence }) => confidence >= assertedFrom && !canBeEarned({ intent })),
    engines_differ: facts.disagreements > 0,
    unsure: facts.factConfidence < sureFrom || facts.intents.some(({ confidence }) => confidence < sureFrom),
    not_all_read: facts.notAllRead,
    several_matters: actions.some(({ intent, filing }) => intent === null && !filing),
    merged: facts.merged,
    others_wait: facts.othersWait,
    debtor_stopped: facts.debtorStopped,
    stale_ledger: facts.staleLedger,
    warnings: facts.warnings > 0,
    free_text: actions.some(({ fixedText }) => !fixedText),
    left_open: facts.leftOpen,
    nothing_to_do: actions.length === 0,
    above_limit: facts.aboveLimit,
    second_vote: facts.needsSecondVote,
    not_sendable: facts.mailProblems > 0,
    // What changes or sends anything must be granted, all of it: half a decision would confirm what is not done. A note alone is no decision.
    not_earned: actions.some(action => action.level === 'ask' && (!action.filing || granted.length === 0)),
  }
  const asks = askReasons.filter(reason => reason !== 'sampled' && found[reason])
  if (asks.length > 0) return { level: 'ask', asks, sampled: false }
  if (isSampled(facts.proposalId)) return { level: 'ask', asks: ['sampled'], sampled: true }
  return { level: lowest(granted.map(action => action.level)), asks: [], sampled: false }
}

/** Why what was decided alone came back: a mail or a payment came, or what it was granted on ended. */
const callBackReasons = ['mail', 'payment', 'grant'] as const
export type CallBackReason = (typeof callBackReasons)[number]

/** What a proposal keeps of this. `calledBack`: why what was decided alone came back to people. */
export const autonomySchema = z.object({
  facts: autonomyFactsSchema,
  level,
  asks: z.array(z.enum(askReasons)),
  sampled: z.boolean(),
  calledBack: z.object({ why: z.enum(callBackReasons), at: z.string() }).optional(),
})
export type Autonomy = z.infer<typeof autonomySchema>
