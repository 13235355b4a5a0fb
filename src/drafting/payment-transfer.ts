import type { Transfer } from './payment-qr.ts'
import { paymentReferenceOf } from './payment-reference.ts'

export type Payee = { name: string; accountName: string | null; iban: string | null; bic: string | null }
/** `printed`: how people are told what the transfer is for. */
export type PrintedTransfer = Transfer & { printed: string }

const longestNumbers = 100

/**
 * What one transfer would pay all of it: by the reference of the only invoice or of the debtor, else by the numbers of the invoices. Undefined
 * without an account of ours.
 */
export function transferFor(
  payee: Payee,
  debtor: { number: string; paymentReference: string | null },
  items: readonly { number: string; paymentReference: string | null }[],
  sum: { amount: string; currency: string },
): PrintedTransfer | undefined {
  const { iban, bic, accountName, name } = payee
  if (iban === null) return undefined
  const [only, ...more] = items
  const reference =
    only && more.length === 0
      ? paymentReferenceOf(only.number, only.paymentReference ?? debtor.paymentReference)
      : paymentReferenceOf('', debtor.paymentReference)
  const numbers = items.map(({ number }) => number).join(', ')
  const printed = reference?.printed ?? (numbers.length > longestNumbers ? debtor.number : numbers)
  const told = reference?.rf === undefined ? { text: printed } : { reference: reference.rf }
  return { name: accountName ?? name, iban, ...(bic !== null && { bic }), ...sum, ...told, printed }
}
