import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db } from '#platform'
import { type InsuredItem, insuredItems } from './insured-items.ts'

const day = z.iso.date()

/**
 * What giving time to insured items would do to their cover. `extension`: the money is to come after the last day of the maximum extension;
 * `report`: these are overdue, not reported, and must be before it comes, or had to be (`late`). Days are ISO; invoices by their numbers.
 */
export const policyWarningSchema = z.object({
  insurer: z.string(),
  policy: z.string(),
  extension: z.object({ until: day, moneyOn: day, invoices: z.array(z.string()) }).optional(),
  report: z.object({ by: day, late: z.boolean(), invoices: z.array(z.string()) }).optional(),
})
export type PolicyWarning = z.infer<typeof policyWarningSchema>

/** What is asked of an insured item here, as plain values. */
export type InsuredTerms = {
  invoiceId: number
  number: string
  insurer: string
  policy: string
  /** ISO days; left out where the policy has no such term, or it is reported already. */
  extendUntil?: string
  report?: { since: string; by: string }
}

/** What policies ask of the insured open items of a debtor. */
export async function insuredTermsOf(db: Db, today: Temporal.PlainDate, debtorId: number): Promise<InsuredTerms[]> {
  return (await insuredItems(db, today, { debtorIds: [debtorId] })).map(asTerms)
}

const asTerms = ({ invoiceId, number, policy, deadlines, report }: InsuredItem): InsuredTerms => ({
  invoiceId,
  number,
  insurer: policy.insurer,
  policy: policy.number,
  ...(deadlines.extendUntil && { extendUntil: deadlines.extendUntil.toString() }),
  ...(deadlines.report && report !== 'done' && { report: { since: deadlines.report.since.toString(), by: deadlines.report.by.toString() } }),
})

/** What waiting for the money of these items until `moneyOn` would cost of their cover; undefined where it costs nothing. */
export function policyWarning(
  items: readonly InsuredTerms[],
  { invoiceIds, moneyOn, today }: { invoiceIds: readonly number[]; moneyOn: string; today: string },
): PolicyWarning | undefined {
  const named = items.filter(({ invoiceId }) => invoiceIds.includes(invoiceId))
  const extended = named.flatMap(({ number, extendUntil }) => (extendUntil !== undefined && moneyOn > extendUntil ? [{ number, on: extendUntil }] : []))
  const unreported = named.flatMap(({ number, report }) => (report && today > report.since && moneyOn > report.by ? [{ number, on: report.by }] : []))
  const [first] = named
  if (!first || extended.length + unreported.length === 0) return undefined
  const [until, by] = [earliest(extended), earliest(unreported)]
  return {
    insurer: first.insurer,
    policy: first.policy,
    ...(until && { extension: { until, moneyOn, invoices: extended.map(({ number }) => number) } }),
    ...(by && { report: { by, late: today > by, invoices: unreported.map(({ number }) => number) } }),
  }
}

/** ISO days sort as texts. */
const earliest = (days: readonly { on: string }[]): string | undefined => days.map(({ on }) => on).toSorted()[0]
