import { type Db, recordAudit } from '#platform'
import type { MatchDecision } from './decide-match.ts'
import type { Finding } from './finding.ts'
import { fromThousandths } from './fit-amounts.ts'
import { restateOpenAmounts } from './open-amounts.ts'

export type Decided = { paymentId: number; decision: MatchDecision }

/**
 * Writes what was decided about a batch of payments, in the caller's transaction, with one audit entry; open amounts follow. A
 * payment whose outcome is what it was before is left alone. Returns how many of each outcome are new.
 */
export async function writeMatches(tx: Db, decided: Decided[]): Promise<Record<MatchDecision['kind'], number>> {
  const shares = decided.flatMap(({ paymentId, decision }) =>
    decision.kind === 'matched'
      ? decision.shares.map(({ fit, amount, waived }) => ({
          payment: paymentId,
          invoice: fit.item.id,
          amount: fromThousandths(amount),
          waived: fromThousandths(waived),
        }))
      : [],
  )
  if (shares.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "PaymentAllocation" ("paymentId", "invoiceId", amount, waived)
      SELECT payment, invoice, amount, waived FROM jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) AS r(payment int, invoice int, amount numeric, waived numeric)`
    await restateOpenAmounts(tx, { invoiceIds: [...new Set(shares.map(({ invoice }) => invoice))] })
  }
  const rows = decided.map(({ paymentId, decision }) => ({ id: paymentId, status: decision.kind, debtor: decision.debtorId, finding: findingOf(decision) }))
  const changed = await tx.$queryRaw<{ id: number; status: MatchDecision['kind'] }[]>`
    UPDATE "Payment" p SET status = r.status, "debtorId" = r.debtor, finding = r.finding, version = p.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id int, status text, debtor int, finding jsonb)
    WHERE p.id = r.id AND (p.status, p."debtorId", p.finding) IS DISTINCT FROM (r.status, r.debtor, r.finding) RETURNING p.id, p.status`
  await noteChanges(
    tx,
    changed.map(({ id }) => id),
  )
  const counts = { matched: 0, unapplied: 0, review: 0 }
  for (const { status } of changed) counts[status]++
  if (changed.length > 0) {
    const allocations = shares.map(({ payment, invoice }) => [payment, invoice])
    await recordAudit(tx, { actor: 'duncan', event: 'payments.matched', subject: 'payments', detail: { ...counts, allocations } })
  }
  return counts
}

/** Notes payments whose consequences are to be followed: cards, promises, mails that wait. */
export async function noteChanges(tx: Db, paymentIds: number[]): Promise<void> {
  if (paymentIds.length > 0) await tx.$executeRaw`INSERT INTO "PaymentChange" ("paymentId") SELECT * FROM unnest(${paymentIds}::int[]) ON CONFLICT DO NOTHING`
}

function findingOf(decision: MatchDecision): Finding {
  switch (decision.kind) {
    case 'matched':
      return { kind: 'matched', reason: decision.reason, rest: fromThousandths(decision.rest) }
    case 'unapplied':
      return { kind: 'unapplied', reason: 'nothing_open' }
    default:
      return { kind: 'review', why: decision.why, candidates: decision.candidates }
  }
}
