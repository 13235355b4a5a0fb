import { checkCompanyNumber, checkVatNumber } from '#ledger'
import type { CompanyQuery } from '../bureaus/bureau.ts'
import type { NumberRules } from '../bureaus/number-rules.ts'

/** What somebody typed to find a company by: its number, or its name with a postcode. `country` is ISO 3166-1. */
export type TypedCompany = { country: string; text: string; postalCode?: string | undefined }

/** One set of criteria for what was typed: by the company's number where it is a valid one of the country, else by the name. */
export function companyQuery(numbers: NumberRules, { country, text, postalCode }: TypedCompany): CompanyQuery {
  const company = /\d{4}/.test(text.replace(/[\s.]/g, '')) ? checkCompanyNumber(country, text) : undefined
  const vat = company ? checkVatNumber(country, text) : undefined
  // A register number without its court finds the companies of all courts: a person chooses among them.
  if (company && 'fault' in company && company.fault === 'court') return numbers.query(country, text)
  const key = numbers.keyOf(country, {
    companyNumber: company && 'number' in company ? company.number : null,
    vatNumber: vat && 'number' in vat ? vat.number : null,
  })
  if (key) return numbers.query(country, key)
  return vat && 'number' in vat ? { country, vatNumber: vat.number } : { country, name: text.trim(), ...(postalCode && { postalCode }) }
}
