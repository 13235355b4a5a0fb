import { type Db, Prisma, recordAudit } from '#platform'
import type { Finding } from './finding.ts'
import type { NewPayment } from './load-evidence.ts'
import { restateOpenAmounts } from './open-amounts.ts'
import { noteChanges } from './write-matches.ts'

/** What a bank may add to the amount of a direct debit that comes back, in the account's currency. */
export const returnCharges = 15

/** The payments that a person may say a negative line took back: of its account and currency, of its amount or less by the bank's charges. */
export function couldBeTakenBackBy({ administrationId, amount, currency }: { administrationId: number; amount: Prisma.Decimal; currency: string }) {
  const most = amount.neg()
  const least = Prisma.Decimal.max(most.sub(returnCharges), '0.001')
  return { administrationId, currency, source: 'bank', status: { not: 'reversed' }, amount: { gte: least, lte: most } } satisfies Prisma.PaymentWhereInput
}

const longestBack = 400 // days between a payment and its return: a direct debit can be taken back for 13 months

/**
 * Takes back what the bank took back: the payment into the same account with the same end-to-end reference, or the only one
 * of the amount whose text or payer's account is the same. Where that is not clear, a person is asked. Returns how many payments were taken back and of which debtors, and how many are asked about.
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

async function originalOf(
  tx: Db,
  { administrationId, amount, currency, receivedOn, endToEndId, text, payerIban, id }: NewPayment,
): Promise<number | undefined> {
  const found = await tx.$queryRaw<{ id: number; isNamed: boolean; isLike: boolean }[]>`
    SELECT p.id, COALESCE(p."endToEndId" = ${endToEndId}, false) AS "isNamed",
      COALESCE(p."payerIban" = ${payerIban}, false) OR (length(${text}) >= 8 AND (strpos(${text}, p.text) > 0 AND length(p.text) >= 8 OR strpos(p.text, ${text}) > 0)) AS "isLike"
    FROM "Payment" p WHERE p."administrationId" = ${administrationId} AND p.source = 'bank' AND p.amount = ${amount.neg()} AND p.currency = ${currency} AND p.status <> 'reversed' AND p.id <> ${id}
      AND ${accountOf(Prisma.sql`p.id`)} IS NOT DISTINCT FROM ${accountOf(Prisma.sql`${id}::int`)}
      AND p."receivedOn" BETWEEN ${receivedOn}::date - ${longestBack}::int AND ${receivedOn}::date`
  const named = found.filter(({ isNamed }) => isNamed)
  const like = found.filter(({ isLike }) => isLike)
  const [only] = named.length > 0 ? named : like
  return (named.length > 0 ? named : like).length === 1 ? only?.id : undefined
}

const accountOf = (paymentId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT s."accountId" FROM "Payment" of JOIN "BankStatement" s ON s.id = of."statementId" WHERE of.id = ${paymentId})`

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
