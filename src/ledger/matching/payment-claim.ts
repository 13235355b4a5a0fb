import { type Db, Prisma } from '#platform'

/** What a debtor says to have paid. Without invoices, an amount; amounts in the given currency. */
export type PaymentClaim = {
  debtorId: number
  invoiceIds: number[]
  amount?: Prisma.Decimal | undefined
  currency?: string | undefined
  paidOn?: string | undefined
}

/** A line of a bank statement that speaks for a claim. `allocated`: what of it covers the claimed invoices. */
export type PaymentEvidence = {
  paymentId: number
  receivedOn: string
  amount: Prisma.Decimal
  currency: string
  text: string | null
  allocated: Prisma.Decimal
}

/**
 * `matched`: all of it is there, or the ledger has it as paid. `partial`: some. `not_found`: the statements reach beyond the day and have nothing. `unknown`: they do
 * not reach so far, or there are none. `bankDataUntil`: ISO day of the newest statement.
 */
export type PaymentClaimAnswer = {
  kind: 'matched' | 'partial' | 'not_found' | 'unknown'
  bankDataUntil: string | null
  payments: PaymentEvidence[]
  /** What of the claimed invoices is still open, per currency, as decimal strings. */
  stillOpen: { currency: string; amount: string }[]
}

/** Days that a transfer takes at most to reach the account. */
const arrival = 3
/** How far back a claim without a day looks. */
const longestAgo = 120

/** Compares a claim "already paid" with the bank's statements as they are imported (N25: evidence and freshness). `today` is ISO. */
export async function checkPaymentClaim(db: Db, claim: PaymentClaim, today: string): Promise<PaymentClaimAnswer> {
  const { administrationId } = await db.debtor.findUniqueOrThrow({ where: { id: claim.debtorId }, select: { administrationId: true } })
  const newest = await db.bankStatement.aggregate({ where: { account: { administrationId } }, _max: { closedOn: true } })
  const bankDataUntil = newest._max.closedOn?.toISOString().slice(0, 10) ?? null
  const payments = claim.invoiceIds.length > 0 ? await paymentsOfInvoices(db, claim.invoiceIds) : await paymentsOfAmount(db, claim, today)
  const stillOpen = await openOf(db, claim.invoiceIds)
  const answer = { bankDataUntil, payments, stillOpen }
  if (stillOpen.length === 0 && (payments.length > 0 || (await arePaid(db, claim.invoiceIds)))) return { ...answer, kind: 'matched' }
  // What came long before the day that the debtor names is another payment: the one that is meant may still be on its way.
  const { paidOn } = claim
  const meant = paidOn === undefined ? payments : payments.filter(({ receivedOn }) => receivedOn >= addDays(paidOn, -arrival))
  if (meant.length > 0) return { ...answer, payments: meant, kind: 'partial' }
  const expected = addDays(claim.paidOn ?? today, claim.paidOn === undefined ? 0 : arrival)
  return { ...answer, kind: bankDataUntil !== null && bankDataUntil >= expected ? 'not_found' : 'unknown' }
}

/** Whether the ledger itself has all of these as paid, by whatever way the money came. */
async function arePaid(db: Db, invoiceIds: number[]): Promise<boolean> {
  if (invoiceIds.length === 0) return false
  return (await db.invoice.count({ where: { id: { in: invoiceIds }, NOT: { status: 'closed', closedReason: 'paid' } } })) === 0
}

const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

function paymentsOfInvoices(db: Db, invoiceIds: number[]): Promise<PaymentEvidence[]> {
  return db.$queryRaw<PaymentEvidence[]>`
    SELECT p.id AS "paymentId", p."receivedOn"::text AS "receivedOn", p.amount, p.currency, p.text, sum(a.amount) AS allocated
    FROM "PaymentAllocation" a JOIN "Payment" p ON p.id = a."paymentId" AND p.source = 'bank'
    WHERE a."invoiceId" = ANY(${invoiceIds}::int[]) GROUP BY p.id ORDER BY p."receivedOn", p.id`
}

/** Payments of the debtor of exactly the claimed amount. */
function paymentsOfAmount(db: Db, { debtorId, amount, currency, paidOn }: PaymentClaim, today: string): Promise<PaymentEvidence[]> {
  if (!amount) return Promise.resolve([])
  const from = addDays(paidOn ?? today, paidOn === undefined ? -longestAgo : -1)
  return db.$queryRaw<PaymentEvidence[]>`
    SELECT p.id AS "paymentId", p."receivedOn"::text AS "receivedOn", p.amount, p.currency, p.text, COALESCE((SELECT sum(a.amount) FROM "PaymentAllocation" a WHERE a."paymentId" = p.id), 0) AS allocated
    FROM "Payment" p WHERE p."debtorId" = ${debtorId} AND p.source = 'bank' AND p.status IN ('matched', 'unapplied') AND p.amount = ${amount}
      AND (${currency ?? null}::text IS NULL OR p.currency = ${currency ?? null}) AND p."receivedOn" >= ${from}::date ORDER BY p."receivedOn", p.id`
}

async function openOf(db: Db, invoiceIds: number[]): Promise<PaymentClaimAnswer['stillOpen']> {
  if (invoiceIds.length === 0) return []
  const rows = await db.invoice.groupBy({
    by: ['currency'],
    where: { id: { in: invoiceIds }, status: 'open' },
    _sum: { openAmount: true },
    orderBy: { currency: 'asc' },
  })
  return rows.map(({ currency, _sum }) => ({ currency, amount: (_sum.openAmount ?? new Prisma.Decimal(0)).toFixed() }))
}
