import { searchNumber } from '#ledger'
import type { Db } from '#platform'
import { assertedFrom, assertedIntents } from '#triage'
import type { ProposalsDeps } from './deps.ts'
import { answerTo, type PaidClaim } from './payment-answer.ts'
import type { ClaimView } from './proposal.ts'
import type { StoredProposal } from './store.ts'

/** What the bank's statements say now to the claim "already paid" of a proposal's mail; null when it makes none. */
export async function viewClaim(db: Db, { clock }: Pick<ProposalsDeps, 'clock'>, { debtorId, basis }: StoredProposal): Promise<ClaimView | null> {
  if (debtorId === null || !assertedIntents(basis.reading).includes('payment_made')) return null
  const claim = await claimOf(db, debtorId, basis.reading.facts)
  const { kind, bankDataUntil, payments, stillOpen } = await answerTo(db, debtorId, claim, clock.today('UTC').toString())
  return {
    kind,
    bankDataUntil,
    payments: payments.map(({ receivedOn, amount, currency, text }) => ({ receivedOn, amount: amount.toFixed(2), currency, text })),
    stillOpen,
  }
}

async function claimOf(db: Db, debtorId: number, all: StoredProposal['basis']['reading']['facts']): Promise<PaidClaim> {
  const facts = all.filter(({ confidence }) => confidence >= assertedFrom)
  const text = (kind: string) => facts.flatMap(fact => (fact.kind === kind && typeof fact.value === 'string' ? [fact.value] : []))
  const numbers = text('invoice_number').map(searchNumber)
  const invoices =
    numbers.length === 0
      ? []
      : await db.invoice.findMany({ where: { debtorId, searchNumber: { in: numbers } }, select: { id: true, number: true, currency: true } })
  const amount = facts.find(({ kind }) => kind === 'paid_amount')
  const [paid] = text('paid_amount')
  const [paidOn] = text('paid_date')
  const currency = amount?.currency ?? invoices[0]?.currency
  return {
    invoiceIds: invoices.map(({ id }) => id),
    invoices: invoices.map(({ number }) => number),
    ...(paid !== undefined && { paid }),
    ...(currency !== undefined && { currency }),
    ...(paidOn !== undefined && { paidOn }),
  }
}
