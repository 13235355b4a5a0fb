import { countrySpecs, isValidIBAN } from 'ibantools'
import { foldText } from '../facts/fold-text.ts'

export type Account = { start: number; end: number; iban: string | undefined }

/** One letter for each that is written, without those that are not seen: where account numbers are looked for. */
export const legible = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '')

const opening = /(?<![A-Za-z0-9])[A-Za-z]{2}[\s./_()-]{0,3}\d{2}(?=[\s./_()-]{0,3}[A-Za-z0-9])/g
/** Account numbers as they are written at home: 26 digits in Poland, with a sort code in Britain, a routing number in America; and wallets. */
const homeForms =
  /(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)|\bsort(?:[ -]?code)?\b\D{0,20}\d{2}[ -]?\d{2}[ -]?\d{2}(?!\d)(?:\D{1,30}\d{8}(?!\d))?|(?<![\d-])\d{2}-\d{2}-\d{2}[ ,;]{1,3}\d{8}(?!\d)|\b(?:routing|aba|bsb)\b\D{0,20}\d{3}[ -]?\d{3}\d{0,3}(?!\d)(?:\D{1,30}\d{6,12}(?!\d))?|(?<!\w)(?:bc1[a-z0-9]{25,60}|0x[0-9a-f]{40})(?!\w)/gi
const mostAccounts = 50

/** The account numbers in a legible text, also with letters that stand for digits; `iban` is missing where the number is mistyped or only its home form is known. */
export function findWrittenAccounts(text: string): Account[] {
  const found: Account[] = []
  for (const { index } of text.matchAll(opening)) {
    if (found.length >= mostAccounts) break
    if (index < (found.at(-1)?.end ?? 0)) continue
    const length = countrySpecs[text.slice(index, index + 2).toUpperCase()]?.chars
    const taken = typeof length === 'number' ? take(text, index, length) : undefined
    const iban = taken && asIban(taken.written)
    if (taken && (iban || (/^[A-Z]{2}/.test(text.slice(index)) && isShaped(taken.written)))) found.push({ start: index, end: taken.end, iban })
  }
  for (const match of text.matchAll(homeForms)) {
    if (found.length >= mostAccounts) break
    found.push({ start: match.index, end: match.index + match[0].length, iban: undefined })
  }
  return found
}

function take(text: string, start: number, length: number): { written: string; end: number } | undefined {
  let written = ''
  for (let at = start; at < Math.min(text.length, start + length * 3); at++) {
    const unit = text.charAt(at)
    if (/[A-Za-z0-9]/.test(unit)) written += unit.toUpperCase()
    else if (!/[\s./_()-]/.test(unit)) return undefined
    if (written.length === length) return /[A-Za-z0-9]/.test(text.charAt(at + 1)) ? undefined : { written, end: at + 1 }
  }
  return undefined
}

const asDigits = (text: string): string => text.replaceAll('O', '0').replace(/[IL]/g, '1')

/** Long enough and built as the country builds them: a wrong check digit leaves it an account number to who reads it. */
const isShaped = (written: string): boolean => {
  const { bban_regexp: pattern } = countrySpecs[written.slice(0, 2)] ?? {}
  return written.length >= 18 && typeof pattern === 'string' && new RegExp(pattern).test(written.slice(4))
}

/** The valid number that is written, or meant where O and I stand for digits; its bank may be named by letters. */
const asIban = (written: string): string | undefined =>
  [written, ...[8, 6, 4].map(head => written.slice(0, head) + asDigits(written.slice(head)))].find(candidate => isValidIBAN(candidate))

/** The same text with every account number in it covered but for its country and last two digits; it keeps its length. */
export function maskAccounts(text: string): string {
  const seen = legible(text)
  const accounts = findWrittenAccounts(seen)
  if (accounts.length === 0) return text
  // Where letters are left out that nobody sees, the places of the others are not known: every digit is covered.
  return seen.length === text.length ? accounts.reduce(cover, text) : text.replace(/\p{N}/gu, digit => '•'.repeat(digit.length))
}

function cover(text: string, { start, end, iban }: Account): string {
  const head = iban ? 2 : 0
  const middle = text.slice(start + head, end - 2).replace(/[A-Za-z0-9]/g, '•')
  return `${text.slice(0, start + head)}${middle}${text.slice(end - 2)}`
}

/** The countries of account numbers. */
export const countriesOf = (ibans: readonly string[]): ReadonlySet<string> => new Set(ibans.map(iban => foldText(iban).slice(0, 2)))
