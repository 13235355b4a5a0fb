import type { Db, Prisma } from '#platform'
import { checkCompanyNumber, checkVatNumber } from './company-number.ts'
import { asCountry } from './correct-debtor.ts'
import { postalContact } from './postal-address.ts'
import { searchName } from './search-name.ts'

/** What is known of a debtor beside what it owes. Its telephone is that of the first contact with one, its address that of its letters. */
export const masterFields = ['name', 'country', 'companyNumber', 'vatNumber', 'legalForm', 'phone', 'address'] as const
export type MasterField = (typeof masterFields)[number]
export type MasterData = Record<MasterField, string | null>

/** The master data of debtors as they stand, by debtor id. A register number stands with its court. */
export async function masterDataOf(db: Db, debtorIds: readonly number[]): Promise<Map<number, MasterData>> {
  const debtors = await db.debtor.findMany({ where: { id: { in: [...debtorIds] } }, include: { contacts: { orderBy: { id: 'asc' } } } })
  return new Map(
    debtors.map(({ id, name, country, companyNumber, companyNumberCourt, vatNumber, legalForm, contacts }) => [
      id,
      {
        name,
        country,
        companyNumber: [companyNumber, companyNumberCourt].filter(Boolean).join(', ') || null,
        vatNumber,
        legalForm,
        phone: contacts.find(({ phone }) => phone)?.phone ?? null,
        address: postalContact(contacts)?.address ?? null,
      },
    ]),
  )
}

/** The value as it would be kept; undefined where it is none, such as a number whose check digit is wrong. */
export function asMasterValue(field: MasterField, value: string, country: string | null): string | undefined {
  const text = value.replace(/\s+/g, ' ').trim()
  if (text === '') return undefined
  if (field === 'country') return asCountry(text)
  if (field === 'vatNumber') return numberIn(checkVatNumber(country, text))
  if (field !== 'companyNumber') return text
  const checked = checkCompanyNumber(country, text)
  return 'number' in checked ? [checked.number, checked.court].filter(Boolean).join(', ') : undefined
}

const numberIn = (checked: { number: string } | { problem: string }): string | undefined => ('number' in checked ? checked.number : undefined)

/**
 * Writes master data of a debtor; null takes a value away. What the import brought stays beside it, so that a change holds until the import
 * itself brings another value. A telephone or an address that no contact had stands with one of its own.
 */
export async function setMasterData(tx: Db, debtorId: number, changes: Partial<MasterData>): Promise<void> {
  const { phone, address, companyNumber, name, ...plain } = changes
  const debtor = await tx.debtor.findUniqueOrThrow({ where: { id: debtorId }, select: { country: true } })
  const data: Prisma.DebtorUpdateInput = { ...plain, ...(name && { name, searchName: searchName(name) }) }
  if (companyNumber !== undefined) {
    const checked = checkCompanyNumber(plain.country ?? debtor.country, companyNumber ?? '')
    const [number, court] = 'number' in checked ? [checked.number, checked.court ?? null] : [null, null]
    Object.assign(data, { companyNumber: number, companyNumberCourt: court, companyNumberGiven: companyNumber, companyNumberProblem: null })
  }
  await tx.debtor.update({ where: { id: debtorId }, data })
  for (const [field, value] of Object.entries({ phone, address }))
    if (value !== undefined) await setOnContact(tx, debtorId, field as 'phone' | 'address', value)
}

async function setOnContact(tx: Db, debtorId: number, field: 'phone' | 'address', value: string | null): Promise<void> {
  const orderBy = { id: 'asc' as const }
  const having = await tx.contact.findMany({ where: { debtorId, [field]: { not: null } }, orderBy })
  const standing = field === 'address' ? (postalContact(having) ?? having[0]) : having[0]
  const contact = standing ?? (await tx.contact.findFirst({ where: { debtorId, source: 'bureau' }, orderBy }))
  if (!contact) return void (await tx.contact.create({ data: { debtorId, source: 'bureau', [field]: value } }))
  const left = await tx.contact.update({ where: { id: contact.id }, data: { [field]: value } })
  const isEmpty = left.source === 'bureau' && !left.phone && !left.address && !left.email && !left.name
  if (isEmpty) await tx.contact.delete({ where: { id: contact.id } })
}
