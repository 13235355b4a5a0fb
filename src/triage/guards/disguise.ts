import { foldText } from '../facts/fold-text.ts'

/** Letters of other alphabets that look like Latin ones. */
const homoglyphs: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', ё: 'e', һ: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', ԛ: 'q', с: 'c', ѕ: 's', т: 't', у: 'y', ԝ: 'w', х: 'x', ԁ: 'd', ӏ: 'l',
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', ϲ: 'c', ϳ: 'j',
  ո: 'n', օ: 'o', ս: 'u', ց: 'g', ɡ: 'g', ı: 'i', ɩ: 'i', ʀ: 'r', ᴏ: 'o',
} // biome-ignore format: a table reads better in rows

const unseen = /[\p{Mn}\p{Me}\p{Cf}]/gu

/** Latin letters for those that only look like them. */
export const latinOf = (lower: string): string => lower.replace(/[\u0131\u0250-\u058f\u1d00-\u1d7f]/g, letter => homoglyphs[letter] ?? letter)

/** Text as a reader sees it, folded: no unseen letters, no fancy ones, and one space or line end where there were several. */
export function seenText(text: string): string {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : latinOf(text.normalize('NFKD').replace(unseen, '').toLowerCase())
  // Quoted lines are joined like others: an instruction may be folded anywhere.
  return foldText(plain)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s>|]*/g, '\n')
}

const digitLetters: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i', '|': 'i' }
const isMixed = /[a-z][0134579@$!|]{1,3}[a-z]|(?<![\w@])[0134579@$][a-z]{2}|[a-z]{3}\$(?!\w)/
const setApart = /(?<![a-z])[a-z](?:[ ._*/-]{1,3}[a-z]){4}(?![a-z])/
const brokenLines = /(?:^|\n)[a-z ]{1,16}(?:\n[a-z ]{1,16}){3,40}/
const rot13Words = /(?<![a-z])(?:vtaber|vtabevre|qvfertneq|sbetrg|bireevqr|vafgehpgvba|flfgrz cebzcg|artrre|iretvff|vtaberm|mvtabehw|vtaben)/
const reversedWords = /(?<![a-z])(?:snoitcurtsni|seitcurtsni|negnusiewna|sengisnoc|ejckurtsni|tpmorp)(?![a-z])/

/** What else a program that looks closer could read in a text, whose `seen` text is given: words in digits, joined, turned round or encoded. */
export function* undisguised(text: string, seen: string): Generator<string> {
  if (/[a-z][_-][a-z]/.test(seen)) yield seen.replace(/(?<=[a-z])[_-]+(?=[a-z])/g, ' ')
  if (/[a-z]-\n[a-z]/.test(seen)) yield seen.replaceAll('-\n', '')
  if (/[a-z][A-Z][a-z]+[A-Z]/.test(text)) yield seenText(text.replace(/(?<=[a-z])(?=[A-Z])/g, ' '))
  if (isMixed.test(seen))
    yield seen.replace(/(?<=[a-z])[013457@$!|]+|[013457@$!|]+(?=[a-z])/g, run => Array.from(run, sign => digitLetters[sign] ?? sign).join(''))
  if (rot13Words.test(seen)) yield seen.replace(/[a-z]/g, letter => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97))
  if (reversedWords.test(seen)) yield Array.from(seen).toReversed().join('')
  if (/[a-z](?:%20|\+)[a-z]{1,20}(?:%20|\+)/.test(seen)) yield seen.replace(/%20|\+/g, ' ')
  if (/&#x?[0-9a-f]/.test(seen)) yield seenText(text.replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex, code) => letterOf(Number.parseInt(code, hex ? 16 : 10))))
  if (mayBeEncoded.test(text)) for (const decoded of decodedParts(text)) yield seenText(decoded)
}

/** The letters of a text whose letters are set apart from each other, or whose words are broken over short lines; undefined for any other. */
export function squeezedLetters(seen: string): string | undefined {
  const broken = setApart.test(seen) ? seen : brokenLines.exec(seen)?.[0]
  return broken?.replace(/[^a-z]+/g, '')
}

const mayBeEncoded = /[A-Za-z0-9+/_-]{16}|%[0-9a-f]{2}%|&#x?[0-9a-f]|\\[ux][0-9a-f]|(?:[0-9a-f]{2}[ :]){9}|[01]{8}\s[01]{8}/i
const mostParts = 40
const codings: readonly (readonly [pattern: RegExp, decode: (part: string) => string])[] = [
  [
    /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,4000}(?:\r?\n[A-Za-z0-9+/_-]{1,76}){0,60}={0,2}/g,
    part => Buffer.from(part.replace(/\s/g, ''), 'base64').toString('utf8'),
  ],
  [/(?<![0-9a-z])[0-9a-f]{2}(?:[ :]?[0-9a-f]{2}){9,2000}(?![0-9a-f])/gi, part => Buffer.from(part.replace(/[^0-9a-f]/gi, ''), 'hex').toString('utf8')],
  [/(?:%[0-9a-f]{2}){6,2000}/gi, part => Buffer.from(part.replaceAll('%', ''), 'hex').toString('utf8')],
  [
    /(?:&#(?:x[0-9a-f]{1,5}|\d{1,6});\s?){6,2000}/gi,
    part => part.replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex, code) => letterOf(Number.parseInt(code, hex ? 16 : 10))),
  ],
  [/(?:\\u[0-9a-f]{4}|\\x[0-9a-f]{2}){6,2000}/gi, part => part.replace(/\\[ux]([0-9a-f]{2,4})/gi, (_, code) => letterOf(Number.parseInt(code, 16)))],
  [/(?<!\d)[01]{8}(?:\s?[01]{8}){5,2000}(?!\d)/g, part => part.replace(/\s/g, '').replace(/[01]{8}/g, bits => letterOf(Number.parseInt(bits, 2)))],
]

const letterOf = (code: number): string => (code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : ' ')

function* decodedParts(text: string): Generator<string> {
  for (const [pattern, decode] of codings) {
    let count = 0
    for (const [part] of text.matchAll(pattern)) {
      const decoded = decode(part)
      // What is not written text by nature decodes to noise.
      if (/[a-z]{3,}/i.test(decoded) && !/[^\P{Cc}\t\n\r]|\ufffd/u.test(decoded)) yield decoded
      if (++count >= mostParts) break
    }
  }
}
