import { countrySpecs } from 'ibantools'
import { legible } from './legible.ts'

/** An account number without what separates its parts, in upper case. */
export const spaceless = (text: string) => text.replaceAll(/[ ./_-]/g, '').toUpperCase()

/** What is shaped like an IBAN of a country that has them, valid or not: a mistyped one misleads as well. */
export function findIbans(text: string): string[] {
  const shaped = [...legible(text).matchAll(/(?<![a-z0-9])[a-z]{2}[ ./_-]{0,3}\d{2}(?:[ ./_-]{0,3}[a-z0-9]){8,60}/gi)].map(([found]) => spaceless(found))
  return shaped.flatMap(found => {
    const { chars, bban_regexp: pattern } = countrySpecs[found.slice(0, 2)] ?? {}
    if (typeof chars !== 'number' || !pattern || found.length < chars - 1) return []
    const account = found.slice(4, chars)
    // "de 30 dagen ..." is no German account: the digits stand where that country has digits, or there is hardly anything else.
    const isAccount = new RegExp(pattern).test(account) || account.replaceAll(/\D/g, '').length >= account.length * 0.75
    return isAccount ? [found.slice(0, chars)] : []
  })
}

/** Account numbers as they are written at home: 26 digits in Poland, with a sort code in Britain. */
const homeAccounts = /(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)|\bsort[ -]?code\b\D{0,20}\d{2}[ -]?\d{2}[ -]?\d{2}(?!\d)/gi

/** Every account number in a text, however it is written. */
export const findAccounts = (text: string): string[] => [...findIbans(text), ...[...legible(text).matchAll(homeAccounts)].map(([found]) => found)]
