import { z } from 'zod'
import { checkPaymentClaim, type PaymentClaimAnswer } from '#ledger'
import { type Db, Prisma } from '#platform'
import type { ReplySection } from './proposal.ts'

/** What a debtor says to have paid, as a section of the reply keeps it; `paid` is a decimal string. */
const claimSchema = z.object({
  invoiceIds: z.array(z.int()),
  invoices: z.array(z.string()),
  paid: z.string().optional(),
  currency: z.string().optional(),
  paidOn: z.iso.date().optional(),
})
export type PaidClaim = z.infer<typeof claimSchema>

/** What the imported bank statements say to a claim. `today`: ISO day. */
export const answerTo = (db: Db, debtorId: number, { invoiceIds, paid, currency, paidOn }: PaidClaim, today: string): Promise<PaymentClaimAnswer> =>
  checkPaymentClaim(db, { debtorId, invoiceIds, amount: paid === undefined ? undefined : new Prisma.Decimal(paid), currency, paidOn }, today)

/**
 * What the reply says about a claim "already paid": received, received in part (with what is open, on a fresh ledger only), not found
 * although the statements reach so far, or noted as long as nobody knows.
 */
export function paymentSection(answer: PaymentClaimAnswer, claim: PaidClaim, isStale: boolean): ReplySection {
  const { invoices, paidOn } = claim
  const receivedOn = answer.payments.at(-1)?.receivedOn
  if (answer.kind === 'matched') return { template: 'payment_received', slots: { invoices, receivedOn, claim } }
  if (answer.kind === 'partial' && !isStale) return { template: 'payment_partly_received', slots: { invoices, receivedOn, open: answer.stillOpen, claim } }
  if (answer.kind === 'not_found' || invoices.length === 0) return { template: 'payment_proof_request', slots: { claim } }
  return { template: 'payment_noted', slots: { invoices, ...(paidOn !== undefined && { paidOn }), claim } }
}

/** A section about a claim as the bank's statements stand now; the same one when nothing else is to be said. */
export async function paymentSectionAsOfNow(db: Db, debtorId: number, section: ReplySection, today: string): Promise<ReplySection> {
  const claim = claimSchema.safeParse(section.slots.claim).data
  if (!claim) return section
  const fresh = paymentSection(await answerTo(db, debtorId, claim, today), claim, false)
  const isSame = fresh.template === section.template && JSON.stringify(fresh.slots.open) === JSON.stringify(section.slots.open)
  return isSame ? section : fresh
}
