/** Structured payment references in a text whose check digits hold; the key has letters and digits only. */
export function findPaymentReferences(text: string): { key: string; weak: boolean }[] {
  return [...belgian(text), ...creditorReferences(text), ...digitReferences(text)].map(key => ({ key, weak: false }))
}

/**
 * Whether a reference (letters and digits only, upper case) is one of the kinds that carry check digits, and they hold: Belgian
 * OGM/VCS, ISO 11649, Dutch betalingskenmerk, Swiss QR reference.
 */
export const isPaymentReference = (key: string): boolean => isBelgian(key) || isCreditorReference(key) || isDutch(key) || isSwiss(key)

/** How an export may write a reference: bare, in groups of four, or as a Belgian OGM. */
export function writtenForms(reference: string): string[] {
  const inFours = reference.replaceAll(/(.{4})(?=.)/g, '$1 ')
  if (!/^\d{12}$/.test(reference)) return [reference, inFours]
  const ogm = `${reference.slice(0, 3)}/${reference.slice(3, 7)}/${reference.slice(7)}`
  return [reference, inFours, ogm, `+++${ogm}+++`, `***${ogm}***`]
}

/** A reference as it stands on paper: a Belgian OGM between its plus signs, a Swiss one in fives, any other in groups of four. */
export function printedReference(key: string): string {
  if (isBelgian(key)) return `+++${key.slice(0, 3)}/${key.slice(3, 7)}/${key.slice(7)}+++`
  if (isSwiss(key)) return `${key.slice(0, 2)} ${key.slice(2).replaceAll(/(.{5})(?=.)/g, '$1 ')}`
  return key.replaceAll(/(.{4})(?=.)/g, '$1 ')
}

/** Whether it is one of the kind that every bank in the euro area reads by machine (ISO 11649). */
export const isCreditorReference = (key: string): boolean => /^RF\d{2}[A-Z0-9]{1,21}$/.test(key) && remainder97(`${key.slice(4)}${key.slice(0, 4)}`) === 1

/** The creditor reference (ISO 11649) of an invoice number's letters and digits; undefined where there are none, or more than 21. */
export function creditorReference(invoiceNumber: string): string | undefined {
  const body = invoiceNumber.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (body === '' || body.length > 21) return undefined
  return `RF${String(98 - remainder97(`${body}RF00`)).padStart(2, '0')}${body}`
}

/** Belgian OGM/VCS: +++ddd/dddd/ddddd+++, the last two digits are the first ten modulo 97 (0 becomes 97). */
function belgian(text: string): string[] {
  return [...text.matchAll(/[+*]{3}\s?(\d{3})\s?\/\s?(\d{4})\s?\/\s?(\d{5})|\b(\d{3})\/(\d{4})\/(\d{5})\b/g)]
    .map(match => match.slice(1).join(''))
    .filter(isBelgian)
}

const isBelgian = (digits: string): boolean => /^\d{12}$/.test(digits) && (Number(digits.slice(0, 10)) % 97 || 97) === Number(digits.slice(10))

/** ISO 11649: RF, two check digits, up to 21 letters and digits, often in groups of four. */
function creditorReferences(text: string): string[] {
  return [...text.matchAll(/\bRF\d{2}(?: ?[A-Z0-9]{1,4}){1,6}\b/gi)].flatMap(([written]) => {
    // A word that follows may have been taken along: drop trailing groups until the check digits hold.
    const groups = written.toUpperCase().split(' ')
    for (let count = groups.length; count > 0; count--) {
      const bare = groups.slice(0, count).join('')
      if (isCreditorReference(bare)) return [bare]
    }
    return []
  })
}

/** Runs of digits, in groups or not: a Dutch betalingskenmerk (16) or a Swiss QR reference (27). Shorter kenmerken are any number. */
function digitReferences(text: string): string[] {
  return [...text.matchAll(/(?<![\d+])\d(?:[ .]?\d){8,26}(?![\d])/g)]
    .map(([written]) => written.replaceAll(/\D/g, ''))
    .filter(digits => (digits.length === 16 && isDutch(digits)) || isSwiss(digits) || isBelgian(digits))
}

const dutchWeights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]
/** The second digit of a kenmerk of 9 to 14 digits says how long its number is: 7, 8, 9, 10, 11 or 12 digits. */
const dutchLengths: Record<number, string> = { 9: '7', 10: '8', 11: '9', 12: '0', 13: '1', 14: '2' }

/** Betaalvereniging's betalingskenmerk: the first digit checks the rest by weights from the right, modulo 11. (Those of 7 digits have no check.) */
function isDutch(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false
  const hasLength = digits.length >= 9 && digits.length <= 14
  if (digits.length !== 16 && !hasLength) return false
  if (hasLength && digits[1] !== dutchLengths[digits.length]) return false
  const body = digits
    .slice(hasLength ? 2 : 1)
    .split('')
    .toReversed()
  const sum = body.reduce((total, digit, at) => total + Number(digit) * (dutchWeights[at % 10] ?? 0), 0)
  const check = 11 - (sum % 11)
  return Number(digits[0]) === (check === 10 ? 1 : check === 11 ? 0 : check)
}

/** Swiss QR reference: recursive modulo 10. */
function isSwiss(digits: string): boolean {
  if (!/^\d{27}$/.test(digits)) return false
  const table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
  const carry = digits
    .slice(0, 26)
    .split('')
    .reduce((rest, digit) => table[(rest + Number(digit)) % 10] ?? 0, 0)
  return (10 - carry) % 10 === Number(digits[26])
}

/** Whether an account number (without spaces, upper case) is an IBAN whose check digits hold (ISO 13616). */
export const isIban = (number: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number) && remainder97(`${number.slice(4)}${number.slice(0, 4)}`) === 1

/** ISO 7064 mod 97-10 of letters (A = 10) and digits. */
function remainder97(text: string): number {
  let rest = 0
  for (const char of text) {
    const value = Number.parseInt(char, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
