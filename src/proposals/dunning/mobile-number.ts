// How mobile numbers begin, by the calling code of their country (the numbering plans of its regulators); elsewhere any number is tried.
const mobiles: Record<string, RegExp> = {
  '31': /^6\d{8}$/,
  '32': /^4\d{8}$/,
  '33': /^[67]\d{8}$/,
  '44': /^7\d{9}$/,
  '48': /^(?:45|5[0137]|6[069]|7[2389]|88)\d{7}$/,
  '49': /^1[567]\d{8,9}$/,
}
const callingCodes: Record<string, string> = { NL: '31', BE: '32', FR: '33', GB: '44', PL: '48', DE: '49' }

/**
 * A phone number as somebody wrote it as the mobile number that it is, with its country: "06 1234 5678" in NL is +31612345678. Undefined
 * where it is none, or its country cannot be told. `country`: of its owner (ISO 3166-1).
 */
export function mobileNumber(written: string, country: string): string | undefined {
  const digits = written
    .replace(/\(0\)/, '')
    .replaceAll(/[\s().\-/]/g, '')
    .replace(/^00/, '+')
  if (!/^\+?\d{8,15}$/.test(digits)) return undefined
  const own = callingCodes[country]
  if (!digits.startsWith('+')) return own && mobiles[own]?.test(digits.replace(/^0/, '')) ? `+${own}${digits.replace(/^0/, '')}` : undefined
  const code = Object.keys(mobiles).find(each => digits.startsWith(`+${each}`))
  return code === undefined || mobiles[code]?.test(digits.slice(1 + code.length)) ? digits : undefined
}
