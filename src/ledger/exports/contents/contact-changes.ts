import { debtorColumns, type ExportContent, text, withDebtor } from '../content.ts'

const isNew = 'k.imported IS NULL'
const differs = (field: string) => `(k.imported ? '${field}' AND k.imported ->> '${field}' IS DISTINCT FROM k.${field})`
const isChanged = `(${['email', 'name', 'phone'].map(differs).join(' OR ')} OR k.address IS NOT NULL)`
const isBounced = `k."emailStatus" = 'bounced'`

/**
 * What Duncan knows better than the ledger program: contacts that a person approved, values that were changed here, addresses that
 * bounced for good. A row goes when the ledger's own file has taken the change over.
 */
export const contactChanges: ExportContent = {
  row: 'contact_change',
  columns: [
    ...debtorColumns,
    text('contact', 'k.id'),
    text('what', `CASE WHEN ${isNew} THEN 'new' WHEN ${isChanged} THEN 'changed' ELSE 'bounced' END`),
    text('contact_name', 'k.name'),
    text('email', 'k.email'),
    text('phone', 'k.phone'),
    text('address', 'k.address'),
    text('email_status', 'k."emailStatus"'),
    text('email_problem', 'k."emailProblem"'),
    text('ledger_contact_name', `k.imported ->> 'name'`),
    text('ledger_email', `k.imported ->> 'email'`),
    text('ledger_phone', `k.imported ->> 'phone'`),
  ],
  key: ['administration', 'debtor_number', 'contact'],
  id: 'k.id',
  from: withDebtor('Contact', 'k'),
  where: `k.verified AND (${isNew} OR ${isChanged} OR ${isBounced})`,
}
