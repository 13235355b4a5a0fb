import { creditorReference, isCreditorReference, isPaymentReference, printedReference } from '#ledger/payment-references'

/** `printed`: as people read and type it. `rf`: the same bare, where machines read it (ISO 11649). */
export type PrintedReference = { printed: string; rf: string | undefined }

/**
 * What a payment of one invoice is to be told by: the reference that the ledger has, where its check digits hold, else its number as a creditor
 * reference; undefined where neither is to be had. `known`: of the invoice or its debtor.
 */
export function paymentReferenceOf(number: string, known: string | null): PrintedReference | undefined {
  const key = (known ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const reference = isPaymentReference(key) ? key : creditorReference(number)
  return reference === undefined ? undefined : { printed: printedReference(reference), rf: isCreditorReference(reference) ? reference : undefined }
}
