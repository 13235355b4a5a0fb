import { type Db, type DbClient, Prisma } from '#platform'
import { type JudgeDeps, judgePromises } from '../judge-promises.ts'
import { lockedTransaction, lockLedger } from '../ledger-lock.ts'
import { decideMatch, type MatchDecision } from './decide-match.ts'
import { loadEvidence, type NewPayment } from './load-evidence.ts'
import { takeBackReversed } from './reversals.ts'
import type { MatchingRules } from './rules.ts'
import { type Decided, writeMatches } from './write-matches.ts'

export type MatchCounts = Record<MatchDecision['kind'], number> & { reversed: number }

export type MatchDeps = JudgeDeps & { client: DbClient; rules: MatchingRules }

const batchSize = 3000

/**
 * Matches every bank payment that waits for it, oldest first, in batches that each stand for themselves. With `again`, also those
 * about which a person is still to decide: an import may have brought their invoice.
 */
export async function matchPayments(
  deps: MatchDeps,
  { again = false, onProgress }: { again?: boolean; onProgress?: (done: number) => void } = {},
): Promise<MatchCounts> {
  const counts: MatchCounts = { matched: 0, unapplied: 0, review: 0, reversed: 0 }
  let after: Place = { day: '0001-01-01', id: 0 }
  let done = 0
  for (;;) {
    const batch = await deps.client.$transaction(tx => matchBatch(tx, deps, { again, after }), lockedTransaction)
    if (!batch) return counts
    for (const kind of ['matched', 'unapplied', 'review', 'reversed'] as const) counts[kind] += batch.counts[kind]
    after = batch.last
    onProgress?.((done += batch.size))
  }
}

type Place = { day: string; id: number }

async function matchBatch(tx: Db, deps: MatchDeps, { again, after }: { again: boolean; after: Place }) {
  await lockLedger(tx)
  const statuses = again ? ['new', 'review', 'unapplied'] : ['new']
  // What a person left unapplied stays so, and nothing explains a line that may be another one but a person's word.
  const rows = await tx.$queryRaw<(NewPayment & { isReversal: boolean })[]>`
    SELECT id, "administrationId", amount, currency, "receivedOn"::text AS "receivedOn", charges, text, "payerName", "payerIban", "structuredReference", "endToEndId", amount < 0 AS "isReversal"
    FROM "Payment" WHERE source = 'bank' AND status = ANY(${statuses}) AND NOT COALESCE(finding ? 'by' OR finding->>'why' = 'seen_twice', false) AND ("receivedOn", id) > (${after.day}::date, ${after.id}::int)
    ORDER BY "receivedOn", id LIMIT ${batchSize}`
  const last = rows.at(-1)
  if (!last) return undefined
  const decided: Decided[] = []
  const incoming = Map.groupBy(
    rows.filter(({ isReversal }) => !isReversal),
    ({ administrationId }) => administrationId,
  )
  for (const [administrationId, payments] of incoming) decided.push(...(await decideAll(tx, administrationId, payments, deps.rules)))
  const counts = await writeMatches(tx, decided)
  const reversed = await takeBackReversed(
    tx,
    rows.filter(({ isReversal }) => isReversal),
  )
  const touched = decided.flatMap(({ decision }) => (decision.kind === 'matched' ? decision.shares.map(({ fit }) => fit.item.debtorId) : []))
  touched.push(...reversed.debtorIds)
  if (touched.length > 0) await judgePromises(tx, deps, { debtorIds: [...new Set(touched)] })
  return {
    counts: { ...counts, review: counts.review + reversed.asked, reversed: reversed.count },
    last: { day: last.receivedOn, id: last.id },
    size: rows.length,
  }
}

/** One after the other: what a payment takes of an item, the next one finds taken. */
async function decideAll(tx: Db, administrationId: number, payments: NewPayment[], rules: MatchingRules): Promise<Decided[]> {
  const evidence = await loadEvidence(tx, administrationId, payments)
  const taken = new Map<number, Prisma.Decimal>()
  return payments.flatMap(payment => {
    const found = evidence.get(payment.id)
    if (!found) return []
    const decision = decideMatch(withTaken(found, taken), rules)
    if (decision.kind === 'matched') {
      for (const { fit, amount, waived } of decision.shares) {
        const before = taken.get(fit.item.id) ?? new Prisma.Decimal(0)
        taken.set(fit.item.id, before.add(new Prisma.Decimal((amount + waived).toString()).div(1000)))
      }
    }
    return [{ paymentId: payment.id, decision }]
  })
}

function withTaken(evidence: Parameters<typeof decideMatch>[0], taken: Map<number, Prisma.Decimal>): typeof evidence {
  if (taken.size === 0) return evidence
  const left = <T extends { id: number; openAmount: Prisma.Decimal; covered: Prisma.Decimal }>(item: T): T => {
    const gone = taken.get(item.id)
    if (!gone) return item
    const open = item.openAmount.sub(gone)
    // What the ledger has settled already is not open: then only what is covered grows.
    const isUsedUp = open.isZero() || open.isNegative() !== item.openAmount.isNegative()
    return { ...item, covered: item.covered.add(gone), openAmount: isUsedUp ? new Prisma.Decimal(0) : open }
  }
  return {
    ...evidence,
    byReference: evidence.byReference.map(left),
    byNumber: evidence.byNumber.map(each => ({ ...each, item: left(each.item) })),
    items: evidence.items.map(left),
  }
}
