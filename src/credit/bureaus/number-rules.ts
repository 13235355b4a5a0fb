import type { CompanyQuery, FoundCompany } from './bureau.ts'

/** Which of a debtor's numbers is its company's, and how one is looked up; each bureau has its own. Countries are ISO 3166-1 codes. */
export type NumberRules = {
  /** The number that the company is looked up by; undefined when the debtor has none of the right kind. */
  keyOf: (country: string, debtor: { companyNumber: string | null; vatNumber: string | null }) => string | undefined
  query: (country: string, key: string) => CompanyQuery
  /** Whether a company that was found has the key's number. */
  isSame: (country: string, key: string, found: Pick<FoundCompany, 'registrationNumber' | 'vatNumbers'>) => boolean
  /** Whether several companies of the country may have one number. */
  isShared: (country: string) => boolean
}
