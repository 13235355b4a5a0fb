import type { Db, Prisma } from '#platform'
import { checkCompanyNumber, checkVatNumber, type NumberFault } from './company-number.ts'

/** As somebody typed it; an empty text takes the value away. The court of a German number stands behind it. */
export type TypedIdentity = { country: string; companyNumber: string; vatNumber: string }

export type CorrectionOutcome =
  /** `before` and `after`: of what changed. */
  | { kind: 'corrected'; before: Partial<TypedIdentity>; after: Partial<TypedIdentity> }
  | { kind: 'invalid'; field: keyof TypedIdentity; fault: NumberFault }
  | { kind: 'not_found' }

/** Country and numbers of a debtor as a person would type them. */
export function identityOf(debtor: IdentityColumns): TypedIdentity {
  const { country, companyNumber, companyNumberCourt, companyNumberGiven, vatNumber } = debtor
  const number = [companyNumber, companyNumberCourt].filter(Boolean).join(', ')
  const vatGiven = (debtor.imported as { vatNumber?: string | null } | null)?.vatNumber
  return { country: country ?? '', companyNumber: number || (companyNumberGiven ?? ''), vatNumber: vatNumber ?? vatGiven ?? '' }
}

type IdentityColumns = {
  country: string | null
  companyNumber: string | null
  companyNumberCourt: string | null
  companyNumberGiven: string | null
  vatNumber: string | null
  imported: unknown
}

/**
 * Sets a debtor's country and numbers, each checked by the rule of its country; what was typed as it stood stays as it is. The imported
 * values beside them stay, so that the change holds until the import itself brings another value.
 */
export async function correctDebtor(tx: Db, debtorId: number, typed: TypedIdentity): Promise<CorrectionOutcome> {
  const debtor = await tx.debtor.findUnique({ where: { id: debtorId } })
  if (!debtor) return { kind: 'not_found' }
  const standing = identityOf(debtor)
  const given = { country: asCountry(typed.country) ?? '', companyNumber: typed.companyNumber.trim(), vatNumber: typed.vatNumber.trim() }
  const isOther = (field: keyof TypedIdentity): boolean => given[field] !== standing[field]
  if (given.country === '' && typed.country.trim() !== '') return { kind: 'invalid', field: 'country', fault: 'country' }
  const country = given.country || null
  const data: Prisma.DebtorUpdateInput = { country }
  if (isOther('companyNumber') || isOther('country')) {
    const checked = given.companyNumber === '' ? undefined : checkCompanyNumber(country, given.companyNumber)
    if (checked && 'fault' in checked) return { kind: 'invalid', field: 'companyNumber', fault: checked.fault }
    data.companyNumber = checked?.number ?? null
    data.companyNumberCourt = checked?.court ?? null
    data.companyNumberGiven = given.companyNumber || null
    data.companyNumberProblem = null
  }
  if (isOther('vatNumber')) {
    const checked = given.vatNumber === '' ? undefined : checkVatNumber(country, given.vatNumber)
    if (checked && 'fault' in checked) return { kind: 'invalid', field: 'vatNumber', fault: checked.fault }
    data.vatNumber = checked?.number ?? null
  }
  await tx.debtor.update({ where: { id: debtorId }, data })
  const changed = (['country', 'companyNumber', 'vatNumber'] as const).filter(isOther)
  const of = (identity: TypedIdentity) => Object.fromEntries(changed.map(field => [field, identity[field]]))
  return { kind: 'corrected', before: of(standing), after: of(given) }
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The ISO 3166-1 code of a country that somebody typed as two letters, `UK` as `GB`; undefined for what is none. */
export function asCountry(typed: string): string | undefined {
  const code = typed.trim().toUpperCase()
  const isKnown = /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && regions.of(code) !== undefined
  return isKnown ? new Intl.Locale(`und-${code}`).region : undefined
}
