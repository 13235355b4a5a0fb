import { z } from 'zod'

const bare = <Code extends string>(code: Code) => z.object({ code: z.literal(code) })
const address = z.string()
const invoices = z.array(z.string())
/** Who insures, and the number of the policy. */
const insured = { insurer: z.string(), policy: z.string() }

/** Why a credit bureau did not tell of a debtor. */
const riskProblems = ['off', 'not_linked', 'not_monitored', 'over_quota', 'failed', 'unanswered'] as const
export type RiskProblem = (typeof riskProblems)[number]

/** What a task of Duncan's is about, as facts that are told in each reader's language. Days are ISO; invoices by their numbers. */
export const taskAboutSchema = z.discriminatedUnion('code', [
  bare('mail_came_back'),
  z.object({ code: z.literal('find_address'), address }),
  /** A mail of ours that its server refused for itself (`refused`), or gave up. */
  z.object({ code: z.literal('send_again'), address, refused: z.boolean() }),
  bare('contact_details'),
  z.object({ code: z.literal('pdf_missing'), invoices }),
  bare('insolvency_check'),
  bare('insolvency_claim'),
  bare('legal_letter'),
  bare('question'),
  bare('bank_details'),
  bare('payment_plan'),
  bare('po_unread'),
  z.object({ code: z.literal('po_unassigned'), poNumber: z.string() }),
  z.object({ code: z.literal('promise_not_open'), promisedOn: z.iso.date(), invoices }),
  /** A statement of account that was not drafted: the ledger is too old, or it has too many items (`items`) for a mail. */
  z.object({ code: z.literal('statement'), items: z.int().nullable() }),
  /** `found`: why the mail is not to be trusted, as its reading says (src/triage/quarantine.ts). */
  z.object({ code: z.literal('suspicious_mail'), found: z.array(z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]))).default([]) }),
  z.object({ code: z.literal('dispute_again'), type: z.string() }),
  bare('call_promise'),
  bare('call_claim'),
  bare('call_instalment'),
  bare('call_dispute'),
  bare('call_reminder'),
  /** Money that a debtor paid by a link: what is odd about it. A decimal string. */
  z.object({
    code: z.literal('online_payment'),
    what: z.enum(['taken_back', 'paid_twice', 'charges_paid', 'not_in_ledger']),
    amount: z.string(),
    currency: z.string(),
  }),
  /** A step of a dunning workflow that a person takes; `type`: of the step. */
  z.object({
    code: z.literal('dunning_step'),
    type: z.enum(['letter', 'sms', 'internal', 'task', 'hand_over', 'risk_check']),
    step: z.string(),
    title: z.string().optional(),
    workflow: z.string(),
    /** Of a look at the credit risk: why the bureau did not tell of it. */
    problem: z.enum(riskProblems).optional(),
  }),
  /** By a day of a credit insurance policy: overdue items that must be reported, or handed over for collection. */
  z.object({ code: z.literal('insurance_report'), ...insured, by: z.iso.date(), invoices }),
  z.object({ code: z.literal('insurance_hand_over'), ...insured, by: z.iso.date(), invoices }),
  /** Bad news that the insurer must be told; `criterion`: of the credit bureau. */
  z.object({ code: z.literal('insurance_event'), ...insured, criterion: z.string() }),
])
export type TaskAbout = z.infer<typeof taskAboutSchema>

/** What a task asks for: in somebody's own words (`title`), else by what it is about. */
export type TaskSubject = { title?: string | null | undefined; about?: TaskAbout | null | undefined }

/** A task as it is stored, with what it is about. */
export const withAbout = <Row extends { about: unknown }>(row: Row): Omit<Row, 'about'> & { about: TaskAbout | null } => ({
  ...row,
  about: row.about === null ? null : taskAboutSchema.parse(row.about),
})
