import { asMasterValue, type MasterData, type MasterField, masterDataOf, searchName } from '#ledger'
import { type Db, toInstant } from '#platform'
import { criterionValueSchema } from '../values/criteria.ts'
import { identitySchema } from '../values/history.ts'

/** Where a bureau knows more of a debtor than the ledger does. */
export type Completion = {
  debtorId: number
  bureau: string
  reportedAt: Date
  /** ISO day of the report (UTC). */
  toldOn: string
  /** `from` null: the ledger has nothing there. */
  changes: { field: MasterField; from: string | null; to: string }[]
}

const pageSize = 200
// Telephone numbers and legal forms are written in many ways: of them only what is missing is worth a question.
const compared: MasterField[] = ['name', 'vatNumber', 'companyNumber', 'address']

/**
 * Pages of the debtors of an administration of which the newest report tells what is missing in the ledger, with what it tells otherwise; a
 * difference alone counts where it is new at the bureau: a new name or address. Those that owe most come first.
 */
export async function* completions(db: Db, administrationId: number): AsyncIterable<Completion[]> {
  const linked = await db.$queryRaw<{ debtorId: number; companyId: number }[]>`
    SELECT d.id AS "debtorId", c.id AS "companyId" FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    JOIN "CreditLink" l ON l."debtorId" = d.id JOIN "CreditCompany" c ON c.id = l."companyId"
    WHERE d."administrationId" = ${administrationId} AND NOT d.archived AND c."reportedAt" IS NOT NULL
    ORDER BY (SELECT COALESCE(sum(i."openAmount"), 0) FROM "Invoice" i WHERE i."debtorId" = d.id AND i.status = 'open' AND i.currency = a.currency) DESC, d.id`
  for (let from = 0; from < linked.length; from += pageSize) yield completionsOf(db, linked.slice(from, from + pageSize))
}

async function completionsOf(db: Db, linked: { debtorId: number; companyId: number }[]): Promise<Completion[]> {
  const standing = await masterDataOf(
    db,
    linked.map(({ debtorId }) => debtorId),
  )
  const companies = await readCompanies(
    db,
    linked.map(({ companyId }) => companyId),
  )
  return linked.flatMap(({ debtorId, companyId }) => {
    const [ours, company] = [standing.get(debtorId), companies.get(companyId)]
    if (!ours || !company) return []
    const changes = differences(ours, company.told)
    const isWorthIt = changes.some(({ field, from }) => from === null || company.renewed.has(field))
    const { bureau, reportedAt } = company
    const toldOn = toInstant(reportedAt).toZonedDateTimeISO('UTC').toPlainDate().toString()
    return isWorthIt ? [{ debtorId, bureau, reportedAt, toldOn, changes }] : []
  })
}

type KnownCompany = { bureau: string; reportedAt: Date; told: Partial<Record<MasterField, string | undefined>>; renewed: Set<string> }

async function readCompanies(db: Db, ids: number[]): Promise<Map<number, KnownCompany>> {
  const rows = await db.creditCompany.findMany({ where: { id: { in: ids } }, include: { values: { where: { criterion: 'address' } } } })
  const changes = await db.creditChange.findMany({
    where: { companyId: { in: ids }, criterion: { in: ['name', 'address'] }, before: { not: {} } },
    select: { companyId: true, criterion: true, at: true },
  })
  return new Map(
    rows.flatMap(({ id, bureau, country, reportedAt, identity, values }) => {
      if (!reportedAt) return []
      const { name, registrationNumber, court, vatNumber, legalForm, telephone: phone } = identitySchema.parse(identity)
      const address = values.map(({ value }) => criterionValueSchema.parse(value)).find(value => value.is === 'text')?.text
      const companyNumber = registrationNumber && [registrationNumber, court].filter(Boolean).join(', ')
      const told = { name, country, companyNumber, vatNumber, legalForm, phone, address }
      // Told by the newest report, or by the list that made it due.
      const renewed = changes.filter(({ companyId, at }) => companyId === id && reportedAt.getTime() - at.getTime() < 86_400_000)
      return [[id, { bureau, reportedAt, told, renewed: new Set(renewed.map(({ criterion }) => criterion)) }] as const]
    }),
  )
}

function differences(ours: MasterData, told: KnownCompany['told']): Completion['changes'] {
  const country = ours.country ?? told.country ?? null
  return (Object.keys(ours) as MasterField[]).flatMap(field => {
    const to = asMasterValue(field, told[field] ?? '', country)
    const from = ours[field]
    const isOther = from === null || (compared.includes(field) && to !== undefined && !isSame(field, from, to))
    return to !== undefined && isOther ? [{ field, from, to }] : []
  })
}

/** A name with another legal form, or an address with another comma, is the same one. */
function isSame(field: MasterField, ours: string, told: string): boolean {
  if (field === 'name') return searchName(ours) === searchName(told)
  // A register number stands with its court here and without it there, or the other way round.
  return field === 'companyNumber' ? bare(told).startsWith(bare(ours)) || bare(ours).startsWith(bare(told)) : bare(ours) === bare(told)
}

const bare = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
