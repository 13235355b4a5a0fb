import { Prisma } from '#platform'
import type { MatchCandidate, MatchReason, ReviewReason } from './finding.ts'
import { type Fit, fitsOf, fromThousandths, inFull, inOrder, type Share, subsetOf, thousandths, totalOf } from './fit-amounts.ts'
import type { AllocatableItem } from './open-amounts.ts'
import type { MatchingRules } from './rules.ts'

/** What was found in the ledger for one incoming payment, before anything is concluded. */
export type Evidence = {
  payment: { amount: Prisma.Decimal; currency: string; receivedOn: string; charges: Prisma.Decimal | null }
  /** Items whose own structured reference the payment carries. */
  byReference: AllocatableItem[]
  /** Items whose number stands in its text; `distinctive`: the number means them by itself. */
  byNumber: { item: AllocatableItem; distinctive: boolean }[]
  /** Debtors whose account, reference or number it carries: the first kind that names any. */
  payers: { debtorIds: number[]; by: 'reference' | 'account' | 'debtor_number' } | undefined
  /** Debtors whose name is like the payer's; 1 is the very name. */
  names: { debtorId: number; similarity: number }[]
  /** Items that may be meant of all these debtors and their groups. */
  items: AllocatableItem[]
  /** Digits of at least four that stand in its text by themselves. */
  tails: string[]
  /** Its text has a number of the ledger's form that is no invoice there: one that is still to come, perhaps. */
  hasUnknownNumber: boolean
}

export type MatchDecision =
  | { kind: 'matched'; reason: MatchReason; debtorId: number; shares: Share[]; rest: bigint }
  | { kind: 'unapplied'; debtorId: number }
  | { kind: 'review'; why: ReviewReason; debtorId: number | null; candidates: MatchCandidate[] }

const mostCandidates = 5

/** What is to be done with one payment: allocated when there is one reading of it, else asked. It guesses nothing. */
export function decideMatch(evidence: Evidence, rules: MatchingRules): MatchDecision {
  const { byReference, byNumber, payers } = evidence
  const named = byReference.length > 0 ? byReference : trusted(evidence)
  if (named.length > 0) return decideNamed(evidence, named, rules)
  if (payers) return decideKnownPayer(evidence, payers.debtorIds, rules)
  return byName(
    evidence,
    byNumber.map(({ item }) => item),
  )
}

/** The items that its text names: by a number that means them alone, or by a short one when the payer is known besides. */
function trusted({ byNumber, payers, names }: Evidence): AllocatableItem[] {
  const known = new Set([...(payers?.debtorIds ?? []), ...names.filter(({ similarity }) => similarity === 1).map(({ debtorId }) => debtorId)])
  return byNumber.filter(({ item, distinctive }) => distinctive || known.has(item.debtorId)).map(({ item }) => item)
}

const inCurrency = (items: AllocatableItem[], currency: string): AllocatableItem[] => items.filter(item => item.currency === currency)

/** Debtors of one group are one owner: one of them may pay for all. */
const ownerOf = ({ groupId, debtorId }: AllocatableItem): string => (groupId === null ? `debtor ${debtorId}` : `group ${groupId}`)

function decideNamed(evidence: Evidence, named: AllocatableItem[], rules: MatchingRules): MatchDecision {
  const { payment, items } = evidence
  const amount = thousandths(payment.amount)
  const own = inCurrency(named, payment.currency)
  if (own.length === 0) return review('currency', named[0]?.debtorId ?? null, [])
  const fits = fitsOf(own, payment.receivedOn)
  if (fits.length === 0) {
    const others = fitsOf(inCurrency(items, payment.currency), payment.receivedOn).filter(({ item }) => own.some(each => ownerOf(each) === ownerOf(item)))
    return review(
      'already_paid',
      own[0]?.debtorId ?? null,
      others.filter(({ capacity }) => capacity === amount).map(fit => candidate(inFull([fit]), amount, ['amount'])),
    )
  }
  const owners = Map.groupBy(fits, ({ item }) => ownerOf(item))
  if (owners.size === 1 || totalOf(fits) === amount) return decideFits(evidence, fits, rules)
  // A date or a customer's own number may look like another debtor's invoice: the one whose numbers make the amount is meant.
  const exact = [...owners.values()].filter(each => totalOf(each) === amount)
  const [only] = exact
  if (exact.length === 1 && only) return decideFits(evidence, only, rules)
  return review(
    'several_debtors',
    null,
    [...owners.values()].map(each => candidate(inOrder(each, amount), amount, ['number'])),
  )
}

/** The named items of one owner against the amount. */
function decideFits(evidence: Evidence, fits: Fit[], rules: MatchingRules): MatchDecision {
  const { payment, byReference } = evidence
  const amount = thousandths(payment.amount)
  const total = totalOf(fits)
  const debtorId = debtorOf(evidence, fits)
  const isReference = byReference.length > 0
  const matched = (reason: MatchReason, shares: Share[] | undefined): MatchDecision | undefined =>
    shares && { kind: 'matched', reason, debtorId, shares, rest: amount - spent(shares) }
  const ask = (why: ReviewReason, ...shares: (Share[] | undefined)[]): MatchDecision =>
    review(
      why,
      debtorId,
      shares.map(each => candidate(each, amount, [isReference ? 'reference' : 'number'])),
    )
  if (total === amount) return matched(isReference ? 'reference' : 'numbers', inFull(fits)) ?? ask('amount_differs')
  if (total <= 0n) return ask('amount_differs')

  const [difference, tolerance] = [total - amount, thousandths(new Prisma.Decimal(rules.roundingTolerance))]
  const isCorroborated = isReference || isPayerOf(evidence, fits)
  if (difference > 0n && difference <= tolerance) return matched('numbers_rounding', inFull(fits, difference)) ?? ask('amount_differs', inOrder(fits, amount))
  const discounted = withDiscount(fits, rules)
  if (discounted && spent(discounted) === amount) return matched('discount', discounted) ?? ask('amount_differs')
  if (difference < 0n) {
    const shares = inFull(fits)
    return (-difference <= tolerance || isCorroborated ? matched('over_payment', shares) : undefined) ?? ask('over_payment', shares)
  }

  const subset = fits.length > 1 ? subsetOf(fits, amount) : undefined
  if (subset && subset !== 'several') return matched('numbers_subset', inFull(subset)) ?? ask('amount_differs')
  const charges = payment.charges === null ? 0n : thousandths(payment.charges)
  if (difference === charges || difference <= thousandths(new Prisma.Decimal(rules.bankChargesUpTo)))
    return ask('charges', inFull(fits, difference), inOrder(fits, amount))
  if (fits.length === 1 && isCorroborated) return matched('part_payment', inOrder(fits, amount)) ?? ask('part_payment')
  return ask(fits.length === 1 ? 'part_payment' : 'amount_differs', inOrder(fits, amount))
}

/** Whether anything but the numbers says that the payer is the items' owner: an account, a debtor number, the name. */
function isPayerOf({ payers, names }: Evidence, fits: Fit[]): boolean {
  const known = [...(payers?.debtorIds ?? []), ...names.map(({ debtorId }) => debtorId)]
  return fits.some(({ item }) => known.includes(item.debtorId))
}

/** Whose payment it is: the payer's when they own one of the items, else the first item's debtor's. */
function debtorOf({ payers, names }: Evidence, fits: Fit[]): number {
  const owners = fits.map(({ item }) => item.debtorId)
  const known = [...(payers?.debtorIds ?? []), ...names.map(({ debtorId }) => debtorId)]
  return known.find(id => owners.includes(id)) ?? owners[0] ?? 0
}

/** Each item less the agreed discount, rounded half up to cents. */
function withDiscount(fits: Fit[], { discountPercent: percent }: MatchingRules): Share[] | undefined {
  if (percent === 0) return undefined
  return fits.map(fit => {
    const waived = thousandths(new Prisma.Decimal(fromThousandths(fit.capacity)).mul(percent).div(100).toDecimalPlaces(2, Prisma.Decimal.ROUND_HALF_UP))
    return { fit, amount: fit.capacity - waived, waived }
  })
}

function decideKnownPayer(evidence: Evidence, debtorIds: number[], rules: MatchingRules): MatchDecision {
  const { payment, items, tails } = evidence
  const amount = thousandths(payment.amount)
  const groups = new Set(items.filter(({ debtorId }) => debtorIds.includes(debtorId)).flatMap(({ groupId }) => groupId ?? []))
  const own = inCurrency(items, payment.currency).filter(({ debtorId, groupId }) => debtorIds.includes(debtorId) || (groupId !== null && groups.has(groupId)))
  const fits = fitsOf(own, payment.receivedOn)
  const [only] = debtorIds
  const isOne =
    debtorIds.length === 1 || (groups.size === 1 && items.filter(({ debtorId }) => debtorIds.includes(debtorId)).every(({ groupId }) => groupId !== null))
  if (!isOne || only === undefined) return review('several_debtors', null, singles(fits, amount, ['payer', 'amount']))
  if (fits.length === 0) return { kind: 'unapplied', debtorId: only }

  const tailed = fits.filter(({ item }) => tails.some(tail => item.searchNumber.endsWith(tail)))
  if (tailed.length > 0 && totalOf(tailed) === amount) return decideFits({ ...evidence, byReference: [] }, tailed, rules)
  if (evidence.hasUnknownNumber) return review('unknown_number', only, singles(fits, amount, ['payer', 'amount']))
  const exact = fits.filter(({ capacity }) => capacity === amount)
  const [single] = exact
  if (exact.length === 1 && single)
    return { kind: 'matched', reason: 'known_payer_amount', debtorId: single.item.debtorId, shares: inFull([single]) ?? [], rest: 0n }
  if (exact.length > 1) return review('several_fit', only, singles(fits, amount, ['payer', 'amount']))
  const open = fits.filter(({ item }) => !item.openAmount.isZero())
  if (open.length > 1 && totalOf(open) === amount) return { kind: 'matched', reason: 'known_payer_all', debtorId: only, shares: inFull(open) ?? [], rest: 0n }
  if (open.length === 0) return { kind: 'unapplied', debtorId: only }
  const subset = subsetOf(open, amount)
  return review('which_invoices', only, [
    ...(subset && subset !== 'several' ? [candidate(inFull(subset), amount, ['payer', 'amounts'])] : []),
    candidate(inOrder(open, amount), amount, ['payer', 'oldest']),
  ])
}

/** Nothing names the payer but a name, and perhaps an item by a number that could be anything. */
function byName(evidence: Evidence, weak: AllocatableItem[]): MatchDecision {
  const { payment, names, items } = evidence
  const amount = thousandths(payment.amount)
  const exact = names.filter(({ similarity }) => similarity === 1)
  const [only] = exact
  const fits = fitsOf(inCurrency(items, payment.currency), payment.receivedOn)
  const fitting = (debtorId: number) => fits.filter(({ item, capacity }) => item.debtorId === debtorId && capacity === amount)
  if (only && exact.length === 1) {
    const [single, ...more] = fitting(only.debtorId)
    if (single && more.length === 0 && !evidence.hasUnknownNumber)
      return { kind: 'matched', reason: 'name_amount', debtorId: only.debtorId, shares: inFull([single]) ?? [], rest: 0n }
    const own = fits.filter(({ item }) => item.debtorId === only.debtorId)
    return review(evidence.hasUnknownNumber ? 'unknown_number' : 'which_invoices', only.debtorId, [
      ...singles(own, amount, ['name', 'amount']),
      candidate(inOrder(own, amount), amount, ['name', 'oldest']),
    ])
  }
  const candidates = [
    ...weak
      .flatMap(item => fits.filter(fit => fit.item.id === item.id && fit.capacity === amount))
      .map(fit => candidate(inFull([fit]), amount, ['number', 'amount'])),
    ...names.flatMap(({ debtorId }) => fitting(debtorId)).map(fit => candidate(inFull([fit]), amount, ['name', 'amount'])),
    ...singles(fits, amount, ['amount']),
  ]
  return review(names.length > 0 ? 'similar_name' : 'unknown_payer', null, candidates)
}

const singles = (fits: Fit[], amount: bigint, reasons: string[]): (MatchCandidate | undefined)[] =>
  fits.filter(({ capacity }) => capacity === amount).map(fit => candidate(inFull([fit]), amount, reasons))

const spent = (shares: Share[]): bigint => shares.reduce((sum, { amount }) => sum + amount, 0n)

function candidate(shares: Share[] | undefined, amount: bigint, reasons: string[]): MatchCandidate | undefined {
  const [first] = shares ?? []
  if (!shares || !first || spent(shares) > amount) return undefined
  return {
    debtorId: first.fit.item.debtorId,
    allocations: shares.map(({ fit, amount: share, waived }) => ({ invoiceId: fit.item.id, amount: fromThousandths(share), waived: fromThousandths(waived) })),
    rest: fromThousandths(amount - spent(shares)),
    reasons,
  }
}

/** The candidates once each, the best first. */
function review(why: ReviewReason, debtorId: number | null, candidates: (MatchCandidate | undefined)[]): MatchDecision {
  const known = candidates.flatMap(each => each ?? [])
  const distinct = [...new Map(known.toReversed().map(each => [JSON.stringify(each.allocations), each])).values()].toReversed()
  return { kind: 'review', why, debtorId, candidates: distinct.slice(0, mostCandidates) }
}
