import { remainder97 } from '../find-references.ts'

/** Structured payment references whose check digits hold; the key has letters and digits only. */
export function findPaymentReferences(text: string): { key: string; weak: boolean }[] {
  return [...belgian(text), ...creditorReferences(text), ...digitReferences(text)].map(key => ({ key, weak: false }))
}

/** Belgian OGM/VCS: +++ddd/dddd/ddddd+++, the last two digits are the first ten modulo 97 (0 becomes 97). */
function belgian(text: string): string[] {
  return [...text.matchAll(/[+*]{3}\s?(\d{3})\s?\/\s?(\d{4})\s?\/\s?(\d{5})|\b(\d{3})\/(\d{4})\/(\d{5})\b/g)]
    .map(match => match.slice(1).join(''))
    .filter(isBelgian)
}

const isBelgian = (digits: string): boolean => digits.length === 12 && (Number(digits.slice(0, 10)) % 97 || 97) === Number(digits.slice(10))

/** ISO 11649: RF, two check digits, up to 21 letters and digits, often in groups of four. */
function creditorReferences(text: string): string[] {
  return [...text.matchAll(/\bRF\d{2}(?: ?[A-Z0-9]{1,4}){1,6}\b/gi)].flatMap(([written]) => {
    // A word that follows may have been taken along: drop trailing groups until the check digits hold.
    const groups = written.toUpperCase().split(' ')
    for (let count = groups.length; count > 0; count--) {
      const bare = groups.slice(0, count).join('')
      if (bare.length >= 5 && bare.length <= 25 && remainder97(`${bare.slice(4)}${bare.slice(0, 4)}`) === 1) return [bare]
    }
    return []
  })
}

/** Runs of digits, in groups or not: a Dutch betalingskenmerk (16) or a Swiss QR reference (27). */
function digitReferences(text: string): string[] {
  return [...text.matchAll(/(?<![\d+])\d(?:[ .]?\d){8,26}(?![\d])/g)]
    .map(([written]) => written.replaceAll(/\D/g, ''))
    .filter(digits => (digits.length === 16 && isDutch(digits)) || (digits.length === 27 && isSwiss(digits)) || isBelgian(digits))
}

/** Betaalvereniging's 16-digit kenmerk: the first digit checks the other fifteen by weights from the right, modulo 11. */
function isDutch(digits: string): boolean {
  const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]
  const body = digits.slice(1).split('').toReversed()
  const sum = body.reduce((total, digit, at) => total + Number(digit) * (weights[at % 10] ?? 0), 0)
  const check = 11 - (sum % 11)
  return Number(digits[0]) === (check === 10 ? 1 : check === 11 ? 0 : check)
}

/** Swiss QR reference: recursive modulo 10. */
function isSwiss(digits: string): boolean {
  const table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
  const carry = digits
    .slice(0, 26)
    .split('')
    .reduce((rest, digit) => table[(rest + Number(digit)) % 10] ?? 0, 0)
  return (10 - carry) % 10 === Number(digits[26])
}
