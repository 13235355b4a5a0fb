import type { Db } from '#platform'
import { searchName } from './search-name.ts'

export const partyTypes = ['debtor', 'prospect', 'supplier'] as const
export type PartyType = (typeof partyTypes)[number]

export type NewDebtor = {
  administrationId: number
  partyType: PartyType
  /** Empty: the next free one of Duncan's own, CS-1 and on. */
  number: string
  name: string
  country: string
  companyNumber: string | null
  companyNumberCourt: string | null
  vatNumber: string | null
  address: string | null
}

export type CreateOutcome = { kind: 'created'; debtorId: number; number: string } | { kind: 'number_taken' }

const ownPrefix = 'CS-'

/**
 * Adds a debtor, prospect or supplier that no import brought. When an import later brings the same number in the same administration, it
 * is that one; under another number it is a second one, which shows among the duplicates.
 */
export async function createDebtor(tx: Db, { number, address, ...given }: NewDebtor): Promise<CreateOutcome> {
  const { administrationId, name } = given
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('debtor numbers'), ${administrationId}::int)`
  const chosen = number.trim() || (await nextNumber(tx, administrationId))
  if ((await tx.debtor.count({ where: { administrationId, number: chosen } })) > 0) return { kind: 'number_taken' }
  const { id } = await tx.debtor.create({
    data: {
      ...given,
      number: chosen,
      searchName: searchName(name),
      companyNumberGiven: given.companyNumber,
      ...(address && { contacts: { create: { address, source: 'bureau' } } }),
    },
    select: { id: true },
  })
  return { kind: 'created', debtorId: id, number: chosen }
}

async function nextNumber(tx: Db, administrationId: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    SELECT COALESCE(max(substring(number FROM 4)::int), 0)::int AS last FROM "Debtor" WHERE "administrationId" = ${administrationId} AND number ~ '^CS-[0-9]{1,8}$'`
  return `${ownPrefix}${(row?.last ?? 0) + 1}`
}
