import { searchNumber } from '../search-number.ts'

const mostKeys = 150
const word = /[\p{L}\p{N}]+/gu

/**
 * What in the text of a payment may be a number of the ledger, as the ledger matches on it: single words with a digit, up to four
 * neighbours together (`FV/12/2026`, `2026 0117`), and what is left without letters at either end (`FACT20260117`).
 */
export function numbersInText(text: string): string[] {
  const words = [...text.slice(0, 2000).matchAll(word)].map(match => ({ text: match[0], from: match.index, to: match.index + match[0].length }))
  const keys = new Set<string>()
  const add = (written: string) => {
    const key = searchNumber(written)
    if (key.length < 3 || key.length > 30 || !/\d/.test(key)) return
    keys.add(key)
    const digits = key.replace(/^[A-Z]+|[A-Z]+$/g, '')
    if (digits.length >= 4) keys.add(digits)
  }
  for (const [index, start] of words.entries()) {
    let joined = start.text
    add(joined)
    for (let next = index + 1; next <= index + 3 && keys.size < mostKeys; next++) {
      const [before, after] = [words[next - 1], words[next]]
      // One sign between: `2026-0117`, `2026 0117`; ", " ends a number.
      if (!before || !after || after.from - before.to !== 1) break
      joined += after.text
      add(joined)
    }
    if (keys.size >= mostKeys) break
  }
  return [...keys]
}

/** Whether a number is long enough to mean an invoice by itself: "117" may be a house number. */
export const isDistinctive = (key: string): boolean => key.length >= 5 && key.replaceAll(/\D/g, '').length >= 4
