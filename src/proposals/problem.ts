import { z } from 'zod'
import { outboundProblemSchema } from '#drafting'
import { mailProblemSchema } from '#mail'
import { DuncanError } from '#platform'
import type { EntryProblem } from './entries/entry.ts'

/** What needs no more than its code. */
const plainProblems = [
  // A mail that stood approved is not what it was.
  'new_mail',
  'answered_meanwhile',
  'answered_by_colleague',
  'grant_ended',
  'hours_over',
  'moved_away',
  'insolvent',
  'other_recipients',
  'figures_changed',
  'stale_ledger',
  'consumer_law',
  'nothing_open',
  'not_as_it_stands',
  // A mail cannot be approved, or written, so.
  'greeting_only',
  'plan_not_ticked',
  'drafted_anew',
  'old_amounts',
  'answers_another',
  'no_mailbox',
  'no_recipient',
  'recipient_malformed',
  // A decision does not fit what stands.
  'changed',
  'not_alone',
  'not_editable',
  'no_first_vote',
  'second_vote_edit',
  'second_vote_snooze',
  'reason_missing',
  'snooze_past',
  'owner',
  'no_such_debtor',
  'too_late',
  // Facts that were changed do not fit each other.
  'instalments_none',
  'instalment_amount',
  'instalment_over',
  'instalment_order',
  'contested_invoices',
  // An action cannot be carried out.
  'unlinked',
  'foreign_invoices',
  'no_dispute_owner',
  'dispute_changed',
  'plan_exists',
  'restored_reply',
  // A letter, an SMS or a file for collection did not leave.
  'sms_unanswered',
  'fault',
] as const

/**
 * Why something was refused, stopped, or did not leave, as facts that are put into words where somebody reads them. A row holds a list of them.
 * Days are ISO; `fault`: the code of the system.
 */
export const problemSchema = z.discriminatedUnion('code', [
  ...outboundProblemSchema.options,
  ...mailProblemSchema.options,
  z.object({ code: z.enum(plainProblems) }),
  /** An address of ours, or one to which mail bounced. */
  z.object({ code: z.literal('recipient_barred'), address: z.string() }),
  z.object({ code: z.literal('recipient_unknown'), address: z.string() }),
  z.object({ code: z.literal('foreign_attachment'), file: z.string() }),
  z.object({ code: z.literal('too_many_copies'), most: z.int() }),
  z.object({ code: z.literal('no_copy'), number: z.string() }),
  z.object({ code: z.literal('not_an_invoice'), number: z.string() }),
  z.object({ code: z.literal('too_many_instalments'), most: z.int() }),
  z.object({ code: z.literal('day_over'), day: z.iso.date() }),
  /** What was typed into a field is nothing that it can hold. */
  z.object({ code: z.literal('field'), field: z.string() }),
  z.object({ code: z.literal('file_not_written'), fault: z.string() }),
  z.object({ code: z.literal('sms_refused'), status: z.int() }),
  z.object({ code: z.literal('sms_fault'), status: z.int() }),
  z.object({ code: z.literal('sms_unreachable'), fault: z.string() }),
])
export type Problem = z.infer<typeof problemSchema>

export const problemsSchema = z.array(problemSchema)

/** The problems that a row keeps; none where it keeps none. */
export const readProblems = (stored: unknown): Problem[] => problemsSchema.parse(stored ?? [])

/** What floors below refuse in their own way. */
const known: Record<string, Problem['code'] & (typeof plainProblems)[number]> = {
  'plan.exists': 'plan_exists',
  'mail.recipient': 'recipient_malformed',
}

/** A fault that carries why something must not be done. */
export class Refused extends DuncanError {
  readonly problems: readonly Problem[]

  constructor(...problems: Problem[]) {
    super(`refused.${problems[0]?.code}`, `It was refused: ${problems.map(({ code }) => code).join(', ')}.`, 'Its card says more.')
    this.problems = problems
  }
}

/** What was thrown, as a person is told of it. */
export function problemsOf(error: DuncanError): readonly Problem[] {
  if (error instanceof Refused) return error.problems
  const code = known[error.code]
  return [code === undefined ? { code: 'said', text: `${error.message} ${error.remedy}` } : { code }]
}

/** Why the mail of an entry must not leave, where its kind would not write it any more. */
export function problemsOfEntry(problem: EntryProblem): readonly Problem[] {
  switch (problem.code) {
    case 'mail_refused':
      return problem.problems
    case 'consumer_law':
    case 'stale_ledger':
    case 'nothing_open':
      return [{ code: problem.code }]
    default:
      return [{ code: 'not_as_it_stands' }]
  }
}
