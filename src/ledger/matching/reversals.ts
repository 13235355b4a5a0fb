import { type Db, recordAudit } from '#platform'
import type { Finding } from './finding.ts'
import type { NewPayment } from './load-evidence.ts'
import { restateOpenAmounts } from './open-amounts.ts'
import { noteChanges } from './write-matches.ts'

const longestBack = 400 // days between a payment and its return: a direct debit can be taken back for 13 months

/**
 * Takes back what the bank took back: the payment with the same end-to-end reference, or the only one of the amount whose text or
 * account is the same. Where that is not clear, a person is asked. Returns how many payments were taken back and of which debtors, and how many are asked about.
 */
export async function takeBackReversed(tx: Db, reversals: NewPayment[]): Promise<{ count: number; asked: number; debtorIds: number[] }> {
  const debtorIds: number[] = []
  let [count, asked] = [0, 0]
  for (const reversal of reversals) {
    const original = await originalOf(tx, reversal)
    if (original === undefined) {
      const finding: Finding = { kind: 'review', why: 'reversal', candidates: [] }
      const { count: isNew } = await tx.payment.updateMany({
        where: { id: reversal.id, status: 'new' },
        data: { status: 'review', finding, version: { increment: 1 } },
      })
      if (isNew > 0) await noteChanges(tx, [reversal.id])
      asked += isNew
      continue
    }
    debtorIds.push(...(await reversePayment(tx, original, reversal.id, 'duncan')))
    count++
  }
  return { count, asked, debtorIds }
}

async function originalOf(tx: Db, { administrationId, amount, receivedOn, endToEndId, text, payerIban, id }: NewPayment): Promise<number | undefined> {
  const found = await tx.$queryRaw<{ id: number; isNamed: boolean; isLike: boolean }[]>`
    SELECT p.id, COALESCE(p."endToEndId" = ${endToEndId}, false) AS "isNamed",
      COALESCE(p."payerIban" = ${payerIban}, false) OR (length(${text}) >= 8 AND (strpos(${text}, p.text) > 0 AND length(p.text) >= 8 OR strpos(p.text, ${text}) > 0)) AS "isLike"
    FROM "Payment" p WHERE p."administrationId" = ${administrationId} AND p.source = 'bank' AND p.amount = ${amount.neg()} AND p.status <> 'reversed' AND p.id <> ${id}
      AND p."receivedOn" BETWEEN ${receivedOn}::date - ${longestBack}::int AND ${receivedOn}::date`
  const named = found.filter(({ isNamed }) => isNamed)
  const like = found.filter(({ isLike }) => isLike)
  const [only] = named.length > 0 ? named : like
  return (named.length > 0 ? named : like).length === 1 ? only?.id : undefined
}

/** Marks a payment and its reversal as settling each other; whatever the payment was allocated to is open again. Returns whose invoices that were. */
export async function reversePayment(tx: Db, paymentId: number, reversalId: number, actor: string): Promise<number[]> {
  const allocations = await tx.paymentAllocation.findMany({ where: { paymentId }, select: { invoiceId: true, invoice: { select: { debtorId: true } } } })
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId)
  await tx.paymentAllocation.deleteMany({ where: { paymentId } })
  await restateOpenAmounts(tx, { invoiceIds })
  const original = await tx.payment.findUniqueOrThrow({ where: { id: paymentId }, select: { debtorId: true } })
  const by = actor === 'duncan' ? {} : { by: actor }
  const settle = (id: number, other: number) => {
    const finding: Finding = { kind: 'reversed', payments: [other], ...by }
    return tx.payment.update({ where: { id }, data: { status: 'reversed', finding, debtorId: original.debtorId, version: { increment: 1 } } })
  }
  await settle(paymentId, reversalId)
  await settle(reversalId, paymentId)
  await noteChanges(tx, [paymentId, reversalId])
  await recordAudit(tx, { actor, event: 'payment.reversed', subject: `payment:${paymentId}`, detail: { by: reversalId, invoices: invoiceIds } })
  return allocations.map(({ invoice }) => invoice.debtorId)
}
