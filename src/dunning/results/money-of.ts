import { Prisma } from '#platform'

/**
 * Common table expressions that end in `money(invoice, day, amount)`: when how much of each invoice of the table `asked` (column `invoice`) was
 * settled, in its currency. Of what the bank and the ERP's own payments both tell, the larger counts, never their sum. What is gone without a
 * payment counts from the day on which the ledger first said so: of an open item that a full export no longer holds, too. What was credited is
 * no money.
 */
export const moneyOf = (asked: Prisma.Sql): Prisma.Sql => Prisma.sql`
  named AS MATERIALIZED (SELECT DISTINCT invoice FROM ${asked}),
  told AS MATERIALIZED (
    SELECT l."invoiceId" AS invoice, p."receivedOn" AS day, p.source, sum(l.amount + l.waived) AS amount
    FROM named n JOIN "PaymentAllocation" l ON l."invoiceId" = n.invoice JOIN "Payment" p ON p.id = l."paymentId"
    WHERE COALESCE(p.status, '') NOT IN ('not_ours', 'reversed') GROUP BY 1, 2, 3),
  teller AS (
    SELECT DISTINCT ON (invoice) invoice, source, total FROM (SELECT invoice, source, sum(amount) AS total FROM told GROUP BY 1, 2) AS t
    ORDER BY invoice, total DESC, source),
  money AS MATERIALIZED (
    SELECT t.invoice, t.day, t.amount FROM told t JOIN teller w USING (invoice, source)
    UNION ALL
    SELECT i.id, COALESCE(i."closedOn", i."ledgerOpenSince"), i.amount - i."openAmount" - COALESCE(w.total, 0)
    FROM named n JOIN "Invoice" i ON i.id = n.invoice LEFT JOIN teller w ON w.invoice = i.id
    WHERE COALESCE(i."closedReason", '') <> 'credited' AND COALESCE(i."closedOn", i."ledgerOpenSince") IS NOT NULL
      AND i.amount - i."openAmount" > COALESCE(w.total, 0))`

/** A table expression `known(id, "timeZone", until)`: up to which day payments of each administration are known, by its newest statement or import. */
export const moneyKnown = Prisma.sql`
  known AS MATERIALIZED (
    SELECT d.id, d."timeZone", GREATEST((d."importedAt" AT TIME ZONE d."timeZone")::date, b.until) AS until FROM "Administration" d
    LEFT JOIN (SELECT c."administrationId", max(s."closedOn") AS until FROM "BankStatement" s JOIN "BankAccount" c ON c.id = s."accountId" GROUP BY 1) AS b
      ON b."administrationId" = d.id)`
