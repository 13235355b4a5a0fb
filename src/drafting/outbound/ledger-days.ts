import type { Db } from '#platform'

const mostMails = 200

/** The days that stand in the ledger about debtors: of their invoices, payments, promises, plans, disputes and mails, as ISO days. */
export async function ledgerDays(db: Db, debtorIds: readonly number[]): Promise<string[]> {
  const where = { debtorId: { in: [...debtorIds] } }
  const [invoices, payments, promises, instalments, disputes, mails] = [
    await db.invoice.findMany({ where, select: { invoiceDate: true, dueDate: true } }),
    await db.payment.findMany({ where, select: { receivedOn: true } }),
    await db.promiseToPay.findMany({ where, select: { promisedOn: true } }),
    await db.instalment.findMany({ where: { plan: where }, select: { dueOn: true } }),
    await db.dispute.findMany({ where, select: { answerDue: true, creditExpectedAt: true } }),
    await db.message.findMany({ where, select: { receivedAt: true }, orderBy: { receivedAt: 'desc' }, take: mostMails }),
  ]
  const days = [...invoices, ...payments, ...promises, ...instalments, ...disputes, ...mails].flatMap(row => Object.values(row))
  return [...new Set(days.flatMap(day => day?.toISOString().slice(0, 10) ?? []))]
}
