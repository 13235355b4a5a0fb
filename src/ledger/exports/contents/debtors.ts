import { debtorColumns, type ExportContent, text } from '../content.ts'

/** Facts of a debtor beside its number and name, under the names that the ledger import gives them. */
export const debtorFacts = [
  text('country', 'd.country'),
  text('language', 'd.language'),
  text('email', 'c.emails'),
  text('phone', 'c.phone'),
  text('contact_name', 'c.name'),
  text('company_number', 'd."companyNumberGiven"'),
  text('vat_number', 'd."vatNumber"'),
  text('legal_form', 'd."legalForm"'),
  text('group', 'g.name'),
  text('collector', 'd.collector'),
]

/** Group and contacts of the debtor `d`. The first contact is the named one; addresses that nobody approved stay out. */
export const debtorTables = `LEFT JOIN "DebtorGroup" g ON g.id = d."groupId"
  LEFT JOIN (SELECT "debtorId", string_agg(email, '; ' ORDER BY id) AS emails, (array_agg(name ORDER BY id))[1] AS name, (array_agg(phone ORDER BY id))[1] AS phone
    FROM "Contact" WHERE verified GROUP BY "debtorId") c ON c."debtorId" = d.id`

/** Where letters to the debtor `d` go, a line each: as `postalContact` chooses, an address that a person approved before the import's. */
const postalAddress = `(SELECT address FROM "Contact" p, LATERAL (SELECT p.imported->>'address' IS NOT DISTINCT FROM p.address AS "isImported") o
    WHERE p."debtorId" = d.id AND p.verified AND trim(p.address) <> '' ORDER BY "isImported", CASE WHEN "isImported" THEN p.id ELSE -p.id END LIMIT 1)`

export const debtors: ExportContent = {
  row: 'debtor',
  columns: [
    ...debtorColumns,
    ...debtorFacts,
    text('payment_reference', 'd."paymentReference"'),
    text('party_type', 'd."partyType"'),
    text('address', postalAddress),
  ],
  key: ['administration', 'debtor_number'],
  id: 'd.id',
  from: `"Debtor" d JOIN "Administration" a ON a.id = d."administrationId" ${debtorTables}`,
  where: 'NOT d.archived',
}
