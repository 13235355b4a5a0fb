import { type Db, Prisma } from '#platform'
import type { Finding } from '../matching/finding.ts'
import { noteChanges } from '../matching/write-matches.ts'

/**
 * Looks for new lines of a statement that another statement of the account told of already, where no reference of the bank says so: the
 * same day, amount and currency. What also leaves the same balance and says the same is the same line and goes; what only looks like it
 * is left to a person. Statements that follow each other by their balances share no line. Returns how many went and how many are asked about.
 */
export async function sortOutSeenLines(tx: Db, statementId: number): Promise<{ gone: number; asked: number }> {
  const found = await tx.$queryRaw<{ id: number; isSame: boolean }[]>`
    SELECT n.id, bool_or(pair."isAlike" AND pair."isSameBalance" AND NOT pair.follows) AS "isSame"
    FROM "Payment" n JOIN "BankStatement" ns ON ns.id = n."statementId"
      JOIN "BankStatement" os ON os."accountId" = ns."accountId" AND os.currency = ns.currency AND os.id <> ns.id
      JOIN "Payment" o ON o."statementId" = os.id AND o."receivedOn" = n."receivedOn" AND o.amount = n.amount
      CROSS JOIN LATERAL (SELECT ${isAlike} AS "isAlike", COALESCE(o."balanceAfter" = n."balanceAfter", false) AS "isSameBalance",
        COALESCE((os.closing = ns.opening AND os."closedOn" <= ns."closedOn") OR (ns.closing = os.opening AND ns."closedOn" <= os."closedOn"), false) AS follows) pair
    WHERE n."statementId" = ${statementId} AND n.status = 'new'
      AND (pair."isSameBalance" OR pair."isAlike") AND (NOT pair.follows OR (pair."isSameBalance" AND pair."isAlike"))
    GROUP BY n.id`
  const same = found.filter(({ isSame }) => isSame).map(({ id }) => id)
  const unsure = found.filter(({ isSame }) => !isSame).map(({ id }) => id)
  if (same.length > 0) await tx.payment.deleteMany({ where: { id: { in: same } } })
  if (unsure.length > 0) {
    const finding: Finding = { kind: 'review', why: 'seen_twice', candidates: [] }
    await tx.payment.updateMany({ where: { id: { in: unsure } }, data: { status: 'review', finding, version: { increment: 1 } } })
    await noteChanges(tx, unsure)
  }
  return { gone: same.length, asked: unsure.length }
}

/** Nothing that both lines say differs, and something is the same, or one of them says nothing at all. */
const isAlike = Prisma.sql`(
  COALESCE(o."endToEndId" = n."endToEndId", true) AND COALESCE(o."structuredReference" = n."structuredReference", true) AND COALESCE(o."payerIban" = n."payerIban", true)
  AND COALESCE(o."bankReference" = n."bankReference", true)
  AND (COALESCE(o."endToEndId" = n."endToEndId" OR o."structuredReference" = n."structuredReference" OR o."payerIban" = n."payerIban", false)
    OR COALESCE(o.text, '') = '' OR COALESCE(n.text, '') = '' OR strpos(lower(o.text), lower(n.text)) > 0 OR strpos(lower(n.text), lower(o.text)) > 0))`
