import type { Db } from '#platform'

export type AccountStatus = {
  account: string
  administration: string
  statements: number
  /** ISO day of the newest statement. */
  until: string | null
  gaps: { number: string; closedOn: string; problem: string }[]
  /** Payments of its administration that a person is to decide about, and those with money that is allocated to nothing. */
  review: number
  unapplied: number
}

/** How the bank stands, account by account. */
export async function statementStatus(db: Db): Promise<AccountStatus[]> {
  const accounts = await db.$queryRaw<(Omit<AccountStatus, 'gaps'> & { id: number })[]>`
    SELECT a.id, a.number AS account, d.code AS administration, count(s.id)::int AS statements, max(s."closedOn")::text AS until,
      (SELECT count(*)::int FROM "Payment" p WHERE p."administrationId" = d.id AND p.source = 'bank' AND p.status = 'review') AS review,
      (SELECT count(*)::int FROM "Payment" p WHERE p."administrationId" = d.id AND p.source = 'bank' AND p.status IN ('matched', 'unapplied')
        AND p.amount <> COALESCE((SELECT sum(l.amount) FROM "PaymentAllocation" l WHERE l."paymentId" = p.id), 0)) AS unapplied
    FROM "BankAccount" a JOIN "Administration" d ON d.id = a."administrationId" LEFT JOIN "BankStatement" s ON s."accountId" = a.id
    GROUP BY a.id, d.id ORDER BY d.code, a.number`
  const gaps = await db.bankStatement.findMany({
    where: { gap: { not: null } },
    orderBy: { closedOn: 'asc' },
    select: { accountId: true, number: true, closedOn: true, gap: true },
  })
  return accounts.map(({ id, ...account }) => ({
    ...account,
    gaps: gaps
      .filter(({ accountId }) => accountId === id)
      .map(({ number, closedOn, gap }) => ({ number, closedOn: closedOn.toISOString().slice(0, 10), problem: gap ?? '' })),
  }))
}
