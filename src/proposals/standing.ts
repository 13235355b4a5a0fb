import { type Db, type Prisma, toPlainDate } from '#platform'

/** What stands of a debtor that a mail may be about once more. Days are ISO. */
export type Standing = {
  /** Open disputes, whose answer is due first at the top; without invoices: on nothing in particular. */
  disputes: { type: string; answerDue: string; owner: { id: number; name: string } | null; invoiceIds: number[] }[]
  promises: { promisedOn: string | null; amount: Prisma.Decimal | null; invoiceIds: number[] }[]
  /** The invoices that a payment plan stands on. */
  planned: number[]
}

export const nothingStands: Standing = { disputes: [], promises: [], planned: [] }

/** Open disputes and promises of a debtor, and what its payment plans are about. */
export async function whatStands(db: Db, debtorId: number): Promise<Standing> {
  const invoices = { select: { invoiceId: true }, orderBy: { invoiceId: 'asc' } } as const
  const disputes = await db.dispute.findMany({
    where: { debtorId, status: 'open' },
    orderBy: [{ answerDue: 'asc' }, { id: 'asc' }],
    select: { reason: true, answerDue: true, ownerId: true, invoices },
  })
  const owners = await db.staff.findMany({ where: { id: { in: disputes.map(({ ownerId }) => ownerId) } }, select: { id: true, name: true } })
  const promises = await db.promiseToPay.findMany({
    where: { debtorId, status: 'open' },
    orderBy: { id: 'asc' },
    select: { promisedOn: true, amount: true, invoices },
  })
  const planned = await db.paymentPlanInvoice.findMany({
    where: { plan: { debtorId, status: { in: ['running', 'at_risk'] } } },
    orderBy: { invoiceId: 'asc' },
    select: { invoiceId: true },
  })
  return {
    disputes: disputes.map(({ reason, answerDue, ownerId, invoices: links }) => ({
      type: reason,
      answerDue: toPlainDate(answerDue).toString(),
      owner: owners.find(({ id }) => id === ownerId) ?? null,
      invoiceIds: idsOf(links),
    })),
    promises: promises.map(({ promisedOn, amount, invoices: links }) => ({
      promisedOn: promisedOn && toPlainDate(promisedOn).toString(),
      amount,
      invoiceIds: idsOf(links),
    })),
    planned: idsOf(planned),
  }
}

const idsOf = (links: { invoiceId: number }[]): number[] => links.map(({ invoiceId }) => invoiceId)
