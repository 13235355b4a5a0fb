import { hasNumber } from '../../company-key.ts'
import type { NumberRules } from '../../number-rules.ts'
import { type Country, insolvencyByStatus } from './country.ts'
import { france } from './france.ts'
import { belgium, netherlands } from './low-countries.ts'
import { germany, poland } from './register-countries.ts'
import { unitedKingdom } from './united-kingdom.ts'

const countries: Record<string, Country> = { BE: belgium, DE: germany, FR: france, GB: unitedKingdom, NL: netherlands, PL: poland }

/** The rules of a country (ISO 3166-1); of one without rules of its own the number is looked up as it stands, and the status alone tells of an insolvency. */
export const countryOf = (country: string): Country => countries[country] ?? elsewhere(country)

const elsewhere = (country: string): Country => ({
  byNumber: number => ({ country, registrationNumber: number }),
  read: insolvencyByStatus,
})

/** How debtors are looked up at Creditsafe. */
export const creditsafeNumbers: NumberRules = {
  keyOf: (country, { companyNumber, vatNumber }) => companyNumber ?? (countryOf(country).byVatNumber ? (vatNumber ?? undefined) : undefined),
  query: (country, key) => countryOf(country).byNumber(key),
  isSame: hasNumber,
  isShared: country => countryOf(country).isNumberShared ?? false,
}
