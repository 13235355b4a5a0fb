import { z } from 'zod'
import { tones } from '#ledger'

/** How a person wants the next one like it. Addresses in lower case; texts are paragraphs of a reply. */
const changes = {
  /** In replies to this debtor in this language, this paragraph instead of that one; '' leaves it out. */
  wording: z.object({ from: z.string(), to: z.string() }),
  /** Mails of this debtor with this intent: this kind of action stands without its tick. */
  left_out: z.object({ kind: z.string() }),
  /** Who is answered when this sender writes for this debtor. */
  recipients: z.object({ to: z.array(z.string()), cc: z.array(z.string()) }),
  /** How replies to this debtor about this intent sound. */
  tone: z.object({ tone: z.enum(tones) }),
  /** Who owns proposals of this debtor with this intent. */
  owner: z.object({ ownerId: z.int() }),
  /** Whose mail this sender's is: the debtor of the correction. */
  link: z.object({ sender: z.string() }),
}

const common = { id: z.int(), by: z.int(), at: z.string(), debtorId: z.int().nullable() }

/** `by`: who made it; `at`: ISO moment. */
export const correctionSchema = z.discriminatedUnion('rule', [
  z.object({ ...common, rule: z.literal('wording'), about: z.string(), change: changes.wording }),
  z.object({ ...common, rule: z.literal('left_out'), about: z.string(), change: changes.left_out }),
  z.object({ ...common, rule: z.literal('recipients'), about: z.string(), change: changes.recipients }),
  z.object({ ...common, rule: z.literal('tone'), about: z.string(), change: changes.tone }),
  z.object({ ...common, rule: z.literal('owner'), about: z.string(), change: changes.owner }),
  z.object({ ...common, rule: z.literal('link'), about: z.string(), change: changes.link }),
])
export type Correction = z.infer<typeof correctionSchema>
export type CorrectionRule = Correction['rule']

/** What a correction is before it is stored. */
export type Learned = {
  [R in CorrectionRule]: { rule: R; about: string; debtorId: number; change: Extract<Correction, { rule: R }>['change'] }
}[CorrectionRule]
