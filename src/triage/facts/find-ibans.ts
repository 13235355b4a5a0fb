import { countrySpecs, isValidIBAN } from 'ibantools'
import type { Span } from './split-clauses.ts'

/** The valid account numbers (ISO 13616) in a text, as written with spaces, dots or dashes, or without. */
export function findIbans(text: string): (Span & { iban: string })[] {
  const found: (Span & { iban: string })[] = []
  for (const match of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}[\s\u200b-\u200f]?\d{2}/g)) {
    if (match.index < (found.at(-1)?.end ?? 0)) continue
    const length = countrySpecs[match[0].slice(0, 2).toUpperCase() as keyof typeof countrySpecs]?.chars
    const read = length ? takeAlphanumerics(text, match.index, length) : undefined
    if (read && isValidIBAN(read.iban)) found.push({ start: match.index, ...read })
    if (found.length === 50) break
  }
  return found
}

function takeAlphanumerics(text: string, start: number, length: number): { iban: string; end: number } | undefined {
  let iban = ''
  for (let at = start; at < Math.min(text.length, start + length * 2); at++) {
    const unit = text.charAt(at)
    if (/[A-Za-z0-9]/.test(unit)) iban += unit.toUpperCase()
    else if (!/[\s.\-\u200b-\u200f\u2060\ufeff]/.test(unit)) return undefined
    if (iban.length === length) return { iban, end: at + 1 }
  }
  return undefined
}
