import { bare } from '../../company-key.ts'
import { type Country, insolvencyByStatus } from './country.ts'

/**
 * The key is HRA or HRB and a number, which is unique only together with its court: the number links only together with the name, else a person looks.
 * Reports are ordered with a reason: 3 stands for existing business with a credit risk.
 */
export const germany: Country = {
  byNumber: number => ({ country: 'DE', registrationNumber: bare(number) }), // assumed: the search takes it as regNo, without spaces
  isNumberShared: true,
  hasIndex: true, // the interface's own words leave it open: assumed
  read: insolvencyByStatus,
  orderWith: { customData: 'de_reason_code::3' },
}

// NIP and KRS both have ten digits; a KRS number starts with zeros.
const isNip = (number: string): boolean => /^[1-9]\d{9}$/.test(number)

/** The key is the NIP, which is the VAT number too, or the KRS or REGON number. Assumed: which field of the search takes which; no sample was seen. */
export const poland: Country = {
  byVatNumber: true,
  byNumber: number => {
    const digits = bare(number).replace(/^PL/, '')
    return isNip(digits) ? { country: 'PL', vatNumber: `PL${digits}` } : { country: 'PL', registrationNumber: digits }
  },
  read: insolvencyByStatus,
}
