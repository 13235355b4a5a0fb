import { countrySpecs, isValidIBAN } from 'ibantools'
import { legible } from './legible.ts'

/** An account number without what separates its parts, in upper case. */
export const spaceless = (text: string) => text.replaceAll(/[ ./_()*-]/g, '').toUpperCase()

/** What is shaped like an IBAN of a country that has them, valid or not: a mistyped one misleads as well. */
export function findIbans(text: string): string[] {
  const shaped = [...legible(text).matchAll(/(?<![a-z0-9])[a-z][ ./_-]?[a-z][ ./_()*-]{0,3}\d[ ./_-]?\d(?:[ ./_()*-]{0,3}[a-z0-9]){8,60}/gi)].map(([found]) =>
    spaceless(found),
  )
  return shaped.flatMap(found => {
    const { chars, bban_regexp: pattern } = countrySpecs[found.slice(0, 2)] ?? {}
    if (typeof chars !== 'number' || !pattern || found.length < chars - 1) return []
    const account = found.slice(4, chars)
    const iban = found.slice(0, chars)
    const digits = account.replaceAll(/\D/g, '').length / account.length
    // "de 30 dagen ..." is no German account, and "by 30 June 2026. If the ..." none of Belarus: the digits stand where that country has digits
    // and are most of it, or there is hardly anything else.
    const isAccount = digits >= 0.75 || (new RegExp(pattern).test(account) && (digits >= 0.5 || isValidIBAN(iban)))
    return isAccount ? [iban] : []
  })
}

/** Account numbers as they are written at home: 26 digits in Poland, with a sort code in Britain, beside the word for one; and wallets. */
const homeAccounts = new RegExp(
  [
    String.raw`(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)`,
    String.raw`\bsort[ -]?code\b\D{0,20}\d{2}[ -]?\d{2}[ -]?\d{2}(?!\d)|(?<![\d-])\d{2}-\d{2}-\d{2}[ ,;]{1,3}\d{8}(?!\d)`,
    String.raw`\b(?:bank ?account|bankrekening|rekening(?:nummer)?|kontonummer|konto-?nr|numer konta|numer rachunku|nr konta|nr rachunku|compte bancaire|rib|routing|blz|bankleitzahl)\b[^\d\n]{0,12}\d(?:[ .-]?\d){6,22}(?!\d)`,
    String.raw`(?<!\w)(?:bc1[a-z0-9]{25,60}|0x[0-9a-f]{40})(?!\w)`,
  ].join('|'),
  'gi',
)

/** Every account number in a text, however it is written. */
export const findAccounts = (text: string): string[] => [...findIbans(text), ...[...legible(text).matchAll(homeAccounts)].map(([found]) => found)]
