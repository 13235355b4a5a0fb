import { Prisma } from '#platform'
import { among, column, optionalColumn, type SearchField, type ValueField } from './field.ts'

const administration: ValueField = among(
  { name: 'administration', type: 'code', help: 'code or name of the administration', example: 'administration:NL01' },
  () => ({
    debtorId: Prisma.sql`b.id`,
    value: Prisma.sql`named.value`,
    from: Prisma.sql`"Debtor" b JOIN "Administration" a ON a.id = b."administrationId" CROSS JOIN LATERAL (VALUES (a.code), (a.name)) AS named(value)`,
    where: Prisma.sql`TRUE`,
  }),
)

/** What the ledger's master data say of a debtor. */
export const debtorFields: readonly SearchField[] = [
  {
    ...column({ name: 'name', type: 'name', help: 'part of the name', example: 'name:"acme"' }, () => Prisma.sql`d."searchName"`),
    own: () => Prisma.sql`d.name`,
  },
  column({ name: 'number', type: 'code', help: 'debtor number', example: 'number:100*' }, () => Prisma.sql`d.number`),
  optionalColumn({ name: 'country', type: 'code', help: 'two letters', example: 'country:BE,NL' }, () => Prisma.sql`d.country`),
  optionalColumn({ name: 'language', type: 'code', help: 'language of the debtor', example: 'language:fr' }, () => Prisma.sql`d.language`),
  optionalColumn({ name: 'legal_form', type: 'code', help: 'as the ledger writes it', example: 'legal_form:BV,NV' }, () => Prisma.sql`d."legalForm"`),
  column(
    { name: 'party', type: 'choice', choices: ['debtor', 'prospect', 'supplier'], help: 'kind of party', example: 'party:prospect' },
    () => Prisma.sql`d."partyType"`,
  ),
  optionalColumn({ name: 'collector', type: 'code', help: 'short name of the colleague', example: 'collector:jan' }, () => Prisma.sql`d.collector`),
  optionalColumn(
    { name: 'group', type: 'text', help: 'name of the debtor group', example: 'group:northwind' },
    () => Prisma.sql`(SELECT g.name FROM "DebtorGroup" g WHERE g.id = d."groupId")`,
  ),
  administration,
  optionalColumn(
    { name: 'company_number', type: 'document', help: 'registration number', example: 'company_number:0403019261' },
    () => Prisma.sql`d."companyNumber"`,
  ),
  optionalColumn({ name: 'vat', type: 'document', help: 'VAT number', example: 'vat:NL123456789B01' }, () => Prisma.sql`d."vatNumber"`),
]
