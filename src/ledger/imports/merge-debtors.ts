import { bulk, count, type Merge } from './merge.ts'
import { findChangedLimits, mergeLimits } from './merge-limits.ts'

/** Debtor columns beside their key in `imported` and their staged column; the last four follow the company number. */
const owned = [
  { key: 'name', column: 'name', staged: 's.name' },
  { key: 'name', column: 'searchName', staged: 's.search_name' },
  { key: 'country', column: 'country', staged: 's.country' },
  { key: 'language', column: 'language', staged: 's.language' },
  { key: 'vatNumber', column: 'vatNumber', staged: 's.vat_number' },
  { key: 'legalForm', column: 'legalForm', staged: 's.legal_form' },
  { key: 'paymentReference', column: 'paymentReference', staged: 's.payment_reference' },
  { key: 'collector', column: 'collector', staged: 's.collector' },
  { key: 'group', column: 'groupId', staged: 'g.id' },
  { key: 'companyNumber', column: 'companyNumber', staged: 's.company_number' },
  { key: 'companyNumber', column: 'companyNumberCourt', staged: 's.company_court' },
  { key: 'companyNumber', column: 'companyNumberGiven', staged: 's.company_given' },
  { key: 'companyNumber', column: 'companyNumberProblem', staged: 's.company_problem' },
]

/** Brings the staged debtors into the ledger. A field that Duncan changed stays until its imported value is another than last time. */
export async function mergeDebtors(merge: Merge): Promise<void> {
  const { tx, table, counts, now } = merge
  const stage = table('debtor')
  await bulk(
    tx,
    `DELETE FROM ${stage} s USING (SELECT adm, number, max(line) AS line FROM ${stage} GROUP BY adm, number HAVING count(*) > 1) newest
    WHERE s.adm = newest.adm AND s.number = newest.number AND s.line < newest.line`,
  )
  counts.groupsCreated += await bulk(
    tx,
    `INSERT INTO "DebtorGroup" (name) SELECT DISTINCT group_name FROM ${stage} s
    WHERE group_name IS NOT NULL AND NOT EXISTS (SELECT FROM "DebtorGroup" g WHERE g.name = s.group_name)`,
  )

  const from = `FROM ${stage} s LEFT JOIN "DebtorGroup" g ON g.name = s.group_name`
  const join = `${from} JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.number WHERE NOT d.imported @> s.imported`
  await merge.sample(
    'debtor',
    'changed',
    `SELECT d.number AS key, (SELECT jsonb_object_agg(key, d.imported -> key) FROM jsonb_each(s.imported)) AS old, s.imported AS new ${join}`,
  )
  await findChangedLimits(merge)
  const set = owned.map(
    ({ key, column, staged }) =>
      `"${column}" = CASE WHEN s.imported ? '${key}' AND s.imported -> '${key}' IS DISTINCT FROM d.imported -> '${key}' THEN ${staged} ELSE d."${column}" END`,
  ) // prettier-ignore
  counts.debtorsChanged += await bulk(
    tx,
    `UPDATE "Debtor" d SET ${set.join(', ')}, imported = d.imported || s.imported, "updatedAt" = '${now}' ${from}
     WHERE d."administrationId" = s.adm AND d.number = s.number AND NOT d.imported @> s.imported`,
  )
  const missing = `${from} WHERE NOT EXISTS (SELECT FROM "Debtor" d WHERE d."administrationId" = s.adm AND d.number = s.number)`
  await merge.sample('debtor', 'created', `SELECT s.number AS key, NULL::jsonb AS old, s.imported AS new ${missing}`)
  counts.debtorsCreated += await bulk(
    tx,
    `INSERT INTO "Debtor" ("administrationId", number, imported, "createdAt", "updatedAt", ${owned.map(({ column }) => `"${column}"`).join(', ')})
     SELECT s.adm, s.number, s.imported, '${now}', '${now}', ${owned.map(({ staged }) => staged).join(', ')} ${missing}`,
  )
  await mergeLimits(merge)
  await mergeContacts(merge)
  counts.debtorsUnchanged = (await count(tx, `SELECT count(*)::int AS n FROM ${stage}`)) - counts.debtorsChanged - counts.debtorsCreated
}

/** The new value of a contact's field: the imported one if that changed, else the one that stands. */
const ownedField = (key: string, column: string) =>
  `"${column}" = CASE WHEN c.imported IS NULL THEN COALESCE(c."${column}", f.${key}) WHEN f.imported ? '${key}' AND f.imported -> '${key}' IS DISTINCT FROM c.imported -> '${key}' THEN f.${key} ELSE c."${column}" END`

/**
 * Brings the staged debtors' contacts in. A contact is recognised by its address as last imported; an address that is new takes
 * the place of one that is gone, so that its absence, stand-in and other facts stay.
 */
async function mergeContacts({ tx, table, counts, now }: Merge): Promise<void> {
  const found = 'pg_temp.staged_contact'
  await bulk(
    tx,
    `CREATE TEMP TABLE staged_contact ON COMMIT DROP AS
    SELECT d.id AS debtor, c.position, c.email, c.name, c.phone, c.address, c.imported, NULL::int AS contact
    FROM ${table('debtor')} s JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.number,
      jsonb_to_recordset(s.contacts) AS c(position int, email text, name text, phone text, address text, imported jsonb)`,
  )
  await bulk(tx, `ANALYZE ${found}`)
  await bulk(tx, `UPDATE ${found} f SET contact = c.id FROM "Contact" c WHERE c."debtorId" = f.debtor AND c.imported ->> 'email' = f.email`)
  const isFree = `NOT EXISTS (SELECT FROM ${found} other WHERE other.contact = c.id)`
  // A person whom Duncan knew first.
  await bulk(
    tx,
    `UPDATE ${found} f SET contact = known.id FROM (SELECT min(c.id) AS id, c."debtorId", c.email FROM "Contact" c WHERE ${isFree} GROUP BY 2, 3) known
    WHERE f.contact IS NULL AND known."debtorId" = f.debtor AND known.email = f.email`,
  )
  await bulk(
    tx,
    `UPDATE ${found} f SET contact = pair.contact FROM (
      SELECT waiting.debtor, waiting.position, gone.contact
      FROM (SELECT debtor, position, row_number() OVER (PARTITION BY debtor ORDER BY position) AS place FROM ${found} WHERE contact IS NULL) waiting
      JOIN (SELECT c.id AS contact, c."debtorId" AS debtor, row_number() OVER (PARTITION BY c."debtorId" ORDER BY c.id) AS place
            FROM "Contact" c WHERE c.imported IS NOT NULL AND ${isFree} AND c."debtorId" IN (SELECT debtor FROM ${found} WHERE contact IS NULL)) gone
      USING (debtor, place)) pair
    WHERE f.debtor = pair.debtor AND f.position = pair.position`,
  )

  // Another address for post than last time counts for the debtor, whoever had a newer one than the import.
  await bulk(
    tx,
    `UPDATE "Contact" other SET address = NULL FROM ${found} f JOIN "Contact" c ON c.id = f.contact
    WHERE other."debtorId" = f.debtor AND other.id <> c.id AND other.address IS NOT NULL AND other.imported IS NULL
      AND f.imported ? 'address' AND c.imported ? 'address' AND f.imported -> 'address' IS DISTINCT FROM c.imported -> 'address'`,
  )
  const newAddress = `f.imported ? 'email' AND c.imported IS NOT NULL AND f.imported -> 'email' IS DISTINCT FROM c.imported -> 'email' AND f.email IS DISTINCT FROM c.email`
  counts.contactsChanged += await bulk(
    tx,
    `UPDATE "Contact" c SET ${ownedField('email', 'email')}, ${ownedField('name', 'name')}, ${ownedField('phone', 'phone')}, ${ownedField('address', 'address')}, verified = true,
      "emailStatus" = CASE WHEN ${newAddress} THEN 'ok' ELSE c."emailStatus" END, "emailProblem" = CASE WHEN ${newAddress} THEN NULL ELSE c."emailProblem" END,
      imported = COALESCE(c.imported, '{}') || f.imported
    FROM ${found} f WHERE f.contact = c.id AND NOT COALESCE(c.imported, '{}') @> f.imported`,
  )
  // Addresses that left the export: what only the import knew goes; what a person changed since is now that person's.
  const left = `c.imported IS NOT NULL AND c.imported ? 'email' AND ${isFree}
    AND EXISTS (SELECT FROM ${found} f WHERE f.debtor = c."debtorId" AND f.imported ? 'email')`
  counts.contactsRemoved += await bulk(
    tx,
    `DELETE FROM "Contact" c WHERE ${left} AND c.source = 'import' AND c.email IS NOT DISTINCT FROM c.imported ->> 'email'`,
  )
  await bulk(tx, `UPDATE "Contact" c SET imported = NULL, source = 'staff' WHERE ${left}`)
  counts.contactsCreated += await bulk(
    tx,
    `INSERT INTO "Contact" ("debtorId", name, email, phone, address, source, imported, "createdAt")
    SELECT debtor, name, email, phone, address, 'import', imported, '${now}' FROM ${found}
    WHERE contact IS NULL AND COALESCE(email, name, phone, address) IS NOT NULL`,
  )
}
