/** Letters and digits only, in capitals: how numbers are compared. */
export const bare = (number: string | undefined): string => (number ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')

// What registers and bureaus leave out of a company's number, or add to it.
const keys: Record<string, (number: string) => string> = {
  // The SIREN: the first nine digits of a seat's SIRET, the last nine of a VAT number.
  FR: number => (number.startsWith('FR') ? number.slice(-9) : number.slice(0, 9)),
  // Seen: identifiers have lost the enterprise number's leading zero.
  BE: number => number.replace(/^BE/, '').replace(/^0/, ''),
  // Assumed: a branch has twelve digits, of which the first eight are the company's.
  NL: number => (/^\d{12}$/.test(number) ? number.slice(0, 8) : number),
  GB: number => (/^\d{1,8}$/.test(number) ? number.padStart(8, '0') : number),
  PL: number => number.replace(/^PL/, ''),
}

/** A company's number, registration or VAT, in the one form in which it is compared; `country` is ISO 3166-1. */
export const companyKey = (country: string, number: string | undefined): string => (keys[country] ?? String)(bare(number))

/** Whether a company that was found has a number. */
export function hasNumber(country: string, number: string, found: { registrationNumber: string | undefined; vatNumbers: readonly string[] }): boolean {
  const key = companyKey(country, number)
  return key !== '' && [found.registrationNumber, ...found.vatNumbers].some(each => companyKey(country, each) === key)
}
