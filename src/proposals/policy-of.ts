import type { Temporal } from 'temporal-polyfill'
import { type InsuredTerms, type PolicyWarning, policyWarning } from '#credit'

type Asked = { insured?: readonly InsuredTerms[]; today: Temporal.PlainDate }

/** What waiting for the money of these invoices until an ISO day costs of their insurance, as a payload holds it; nothing where it costs nothing. */
export function policyOf({ insured = [], today }: Asked, invoiceIds: readonly number[], moneyOn: string | undefined): { insurance?: PolicyWarning } {
  const insurance = moneyOn === undefined ? undefined : policyWarning(insured, { invoiceIds, moneyOn, today: today.toString() })
  return insurance ? { insurance } : {}
}

/** The last day of instalments. */
export const lastDayOf = (instalments: readonly { dueOn: string }[]): string | undefined => instalments.at(-1)?.dueOn
