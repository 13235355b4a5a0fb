import type { DebtorMatch } from '#ledger'

export type LinkReason = 'sender' | 'contact_domain' | 'invoice_number' | 'payment_reference' | 'company_number' | 'name' | 'thread' | 'staff'

export type DebtorLink =
  | { kind: 'linked'; debtorId: number; reason: LinkReason; candidates: [] }
  | { kind: 'ambiguous'; candidates: { debtorId: number; reasons: LinkReason[] }[] }
  | { kind: 'unknown' }

/**
 * One thing in a mail that speaks for a debtor; for several when it does not tell them apart. Strong evidence must not
 * contradict; medium evidence links where nothing strong stands; a name links when it is the same and alone; weak
 * evidence only makes candidates.
 */
export type Evidence = { reason: LinkReason; strength: 'strong' | 'medium' | 'name' | 'weak'; debtors: readonly DebtorMatch[] }

const mostCandidates = 10
const bestReasons: LinkReason[] = ['sender', 'invoice_number', 'payment_reference', 'company_number', 'thread', 'contact_domain', 'name']

/** Links when exactly one debtor explains the evidence that counts; asks when several do, or when evidence contradicts. */
export function weighEvidence(evidence: readonly Evidence[]): DebtorLink {
  const counting = evidence.filter(({ strength }) => strength === 'strong' || strength === 'medium')
  if (counting.length > 0) return settle(counting)
  const names = evidence.filter(({ strength }) => strength === 'name')
  const one = explainers(names)
  const [only] = one
  if (names.length > 0 && one.length === 1 && only) return linked(only, names)
  return evidence.length > 0 ? ambiguous(evidence) : { kind: 'unknown' }
}

function settle(evidence: readonly Evidence[]): DebtorLink {
  const strong = evidence.filter(({ strength }) => strength === 'strong')
  const all = explainers(evidence)
  if (all.length === 1 && all[0]) return linked(all[0], evidence)
  const ofGroup = namedWithinGroup(evidence)
  if (ofGroup) return linked(ofGroup, evidence)
  // Two kinds of strong evidence that agree outweigh an older thread, a domain or the history below.
  const byStrong = explainers(strong)
  if (byStrong.length === 1 && byStrong[0] && new Set(strong.map(({ reason }) => reason)).size > 1) return linked(byStrong[0], strong)
  return ambiguous(evidence)
}

/** The debtors that every piece of the evidence speaks for. */
function explainers(evidence: readonly Evidence[]): DebtorMatch[] {
  const [first, ...rest] = evidence
  if (!first) return []
  const others = rest.map(({ debtors }) => new Set(debtors.map(({ debtorId }) => debtorId)))
  return first.debtors.filter(({ debtorId }) => others.every(ids => ids.has(debtorId)))
}

/** Within one group people write for each other: the member whose invoice or reference is named is meant. */
function namedWithinGroup(evidence: readonly Evidence[]): DebtorMatch | undefined {
  const groups = new Set(evidence.flatMap(({ debtors }) => debtors.map(({ groupId }) => groupId)))
  if (groups.size !== 1 || groups.has(null)) return undefined
  const named = evidence.filter(({ reason, strength }) => strength === 'strong' && (reason === 'invoice_number' || reason === 'payment_reference'))
  const members = explainers(named)
  return members.length === 1 ? members[0] : undefined
}

function linked({ debtorId }: DebtorMatch, evidence: readonly Evidence[]): DebtorLink {
  const speaking = new Set(evidence.filter(({ debtors }) => debtors.some(each => each.debtorId === debtorId)).map(({ reason }) => reason))
  const reason = bestReasons.find(each => speaking.has(each)) ?? 'name'
  return { kind: 'linked', debtorId, reason, candidates: [] }
}

/** Every debtor that something speaks for, those with most reasons first. */
function ambiguous(evidence: readonly Evidence[]): DebtorLink {
  const reasons = new Map<number, Set<LinkReason>>()
  for (const { reason, debtors } of evidence) {
    for (const { debtorId } of debtors) reasons.set(debtorId, (reasons.get(debtorId) ?? new Set()).add(reason))
  }
  const candidates = [...reasons].map(([debtorId, all]) => ({ debtorId, reasons: bestReasons.filter(reason => all.has(reason)) }))
  const ranked = candidates.toSorted((a, b) => b.reasons.length - a.reasons.length || a.debtorId - b.debtorId)
  return { kind: 'ambiguous', candidates: ranked.slice(0, mostCandidates) }
}
