import { type Db, Prisma } from '#platform'
import { writtenForms } from './references/payment-references.ts'

/** A debtor that a look-up found, by the key that found it. */
export type DebtorMatch = { key: string; debtorId: number; administrationId: number; groupId: number | null }
export type NameMatch = DebtorMatch & { similarity: number }

// Every look-up takes the keys of a whole batch of mails and is one statement.

/** Debtors that have a contact with one of these addresses (lower case). */
export async function matchContacts(db: Db, addresses: readonly string[]): Promise<DebtorMatch[]> {
  if (addresses.length === 0) return []
  return db.$queryRaw<DebtorMatch[]>`
    SELECT DISTINCT c.email AS key, d.id AS "debtorId", d."administrationId", d."groupId"
    FROM "Contact" c JOIN "Debtor" d ON d.id = c."debtorId"
    WHERE c.email = ANY(${[...addresses]}) AND NOT d.archived`
}

const mostOfDomain = 20

/** Debtors that have a contact at one of these domains (lower case); at most 20 a domain, which is ambiguous anyway. */
export async function matchContactDomains(db: Db, domains: readonly string[]): Promise<DebtorMatch[]> {
  if (domains.length === 0) return []
  return db.$queryRaw<DebtorMatch[]>`
    SELECT wanted.key, found.* FROM unnest(${[...domains]}::text[]) AS wanted(key)
    CROSS JOIN LATERAL (
      SELECT DISTINCT d.id AS "debtorId", d."administrationId", d."groupId"
      FROM "Contact" c JOIN "Debtor" d ON d.id = c."debtorId"
      WHERE split_part(c.email, '@', 2) = wanted.key AND NOT d.archived
      LIMIT ${mostOfDomain}
    ) AS found`
}

/** Debtors of the invoices with one of these numbers (as `searchNumber` makes them). */
export async function matchInvoiceNumbers(db: Db, numbers: readonly string[]): Promise<DebtorMatch[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<DebtorMatch[]>`
    SELECT DISTINCT i."searchNumber" AS key, d.id AS "debtorId", d."administrationId", d."groupId"
    FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId"
    WHERE i."searchNumber" = ANY(${[...numbers]}) AND NOT d.archived`
}

/** Debtors whose own or whose invoices' payment reference is one of these (letters and digits only, upper case). */
export async function matchPaymentReferences(db: Db, references: readonly string[]): Promise<DebtorMatch[]> {
  if (references.length === 0) return []
  const written = references.flatMap(reference => writtenForms(reference).map(form => ({ form, reference })))
  const forms = written.map(({ form }) => form)
  const keys = written.map(({ reference }) => reference)
  return db.$queryRaw<DebtorMatch[]>`
    WITH wanted AS (SELECT * FROM unnest(${forms}::text[], ${keys}::text[]) AS w(form, key))
    SELECT w.key, d.id AS "debtorId", d."administrationId", d."groupId"
    FROM wanted w JOIN "Debtor" d ON d."paymentReference" = w.form WHERE NOT d.archived
    UNION
    SELECT w.key, d.id, d."administrationId", d."groupId"
    FROM wanted w JOIN "Invoice" i ON i."paymentReference" = w.form JOIN "Debtor" d ON d.id = i."debtorId" WHERE NOT d.archived`
}

/** Debtors with one of these company or VAT numbers (letters and digits only, upper case). */
export async function matchCompanyNumbers(db: Db, numbers: readonly string[]): Promise<DebtorMatch[]> {
  if (numbers.length === 0) return []
  return db.$queryRaw<DebtorMatch[]>`
    SELECT d."companyNumber" AS key, d.id AS "debtorId", d."administrationId", d."groupId"
    FROM "Debtor" d WHERE d."companyNumber" = ANY(${[...numbers]}) AND NOT d.archived
    UNION
    SELECT d."vatNumber", d.id, d."administrationId", d."groupId"
    FROM "Debtor" d WHERE d."vatNumber" = ANY(${[...numbers]}) AND NOT d.archived`
}

const mostOfName = 5
export const nameThreshold = 0.5

/**
 * Debtors whose name is like one of these (as `searchName` makes them), best first: trigram similarity from 0.5 to 1. Where a
 * debtor has the very name, no others are looked for.
 */
export async function matchNames(db: Db, names: readonly string[]): Promise<NameMatch[]> {
  if (names.length === 0) return []
  // OFFSET 0 keeps the limit out of the planner's sight: for the first few by id it would walk all debtors in that order.
  const exact = await db.$queryRaw<NameMatch[]>`
    SELECT wanted.key, found.* FROM unnest(${[...names]}::text[]) AS wanted(key)
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT d.id AS "debtorId", d."administrationId", d."groupId", 1::float8 AS similarity
        FROM "Debtor" d WHERE d."searchName" = wanted.key AND NOT d.archived OFFSET 0
      ) AS same ORDER BY "debtorId" LIMIT ${mostOfName}
    ) AS found`
  const known = new Set(exact.map(({ key }) => key))
  const others = names.filter(name => !known.has(name))
  return [...exact, ...(await matchSimilarNames(db, others))]
}

/** Debtors whose name is like one of these (as `searchName` makes them), best first: trigram similarity from 0.5. */
export async function matchSimilarNames(db: Db, names: readonly string[]): Promise<NameMatch[]> {
  if (names.length === 0) return []
  const threshold = new Prisma.Decimal(nameThreshold)
  // The index looks at the session's threshold, 0.3 by default, which lets through ten times as many: raised for this statement only.
  return db.$queryRaw<NameMatch[]>`
    WITH wanted AS MATERIALIZED (
      SELECT key, set_config('pg_trgm.similarity_threshold', ${String(nameThreshold)}, true) FROM unnest(${[...names]}::text[]) AS w(key)
    )
    SELECT wanted.key, found.* FROM wanted
    CROSS JOIN LATERAL (
      SELECT d.id AS "debtorId", d."administrationId", d."groupId", similarity(d."searchName", wanted.key)::float8 AS similarity
      FROM "Debtor" d
      WHERE d."searchName" % wanted.key AND similarity(d."searchName", wanted.key) >= ${threshold} AND NOT d.archived
      ORDER BY similarity DESC, d.id LIMIT ${mostOfName}
    ) AS found`
}

/** Which group each of these debtors belongs to, with its administration. */
export async function matchDebtors(db: Db, debtorIds: readonly number[]): Promise<DebtorMatch[]> {
  if (debtorIds.length === 0) return []
  return db.$queryRaw<DebtorMatch[]>`
    SELECT d.id::text AS key, d.id AS "debtorId", d."administrationId", d."groupId"
    FROM "Debtor" d WHERE d.id = ANY(${[...debtorIds]}) AND NOT d.archived`
}
