/** A stretch of the text, in UTF-16 units: `text.slice(start, end)` is the stretch itself. */
export type Span = { start: number; end: number }

const abbreviations = new Set(
  'nr no nrs dhr mevr mvr mr mrs ms dr st bv nv tel ref fact inv art bijv incl excl evt resp ca dd jl ggf bzw inkl zzgl str vgl abs hr fr mme m ul al pkt tj np tzw zal sp woj sr sra sig dott ing c p'.split(
    ' ',
  ),
)
const boundary = /[.!?…]+(?=\s)|\n+/gu
const longLine = 60

/** The sentences of a text as exact spans, trimmed; a line break ends one unless the line was wrapped by a mail program. */
export const splitSentences = (text: string): Span[] => {
  const sentences: Span[] = []
  let start = 0
  for (const match of text.matchAll(boundary)) {
    const end = match.index + (match[0].startsWith('\n') ? 0 : match[0].length)
    if (!endsSentence(text, start, match.index, match[0])) continue
    push(sentences, text, start, end)
    start = match.index + match[0].length
  }
  push(sentences, text, start, text.length)
  return sentences
}

const endsSentence = (text: string, start: number, at: number, mark: string): boolean => {
  const next = text[at + mark.length] ?? ''
  if (mark === '\n') {
    const lineStart = Math.max(start, text.lastIndexOf('\n', at - 1) + 1)
    return !(at - lineStart > longLine && /\p{Ll}/u.test(next))
  }
  if (mark !== '.') return true
  const word = /(\p{L}+|\d+)$/u.exec(text.slice(Math.max(start, at - 12), at))?.[1]
  if (word === undefined) return true
  const following = text.slice(at + 1).trimStart()[0] ?? ''
  // "15. Mai" and "nr. 2026-04" go on; "op de 15. Daarna" is rare enough to lose.
  if (/^\d{1,2}$/.test(word)) return !/[\p{L}\d]/u.test(following)
  return !abbreviations.has(word.toLowerCase())
}

const push = (sentences: Span[], text: string, from: number, to: number) => {
  let [start, end] = [from, to]
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  if (end > start) sentences.push({ start, end })
}

const isSpace = (code: number) => code <= 32 || code === 0xa0

const tokenPattern =
  /([\w.+-]+@[\w-]+\.[\w.-]*\w)|(https?:\/\/\S+|www\.\S+)|(\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)|(\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4}|\.)?(?![\d,]))|((?:€|£|\$|\b(?:eur|pln|gbp|usd|chf)\b) ?\d[\d.,' ]*|\b\d[\d.,' ]*(?:€|£|(?:eur|euros?|pln|zł|zl|gbp|usd|chf)\b)|\b\d{1,3}(?:[. ]\d{3})*,\d{2}\b)|(\b[A-Z]{0,5}[-/]?\d[\dA-Z]*(?:[-/]\d[\dA-Z]*)+\b|\b\p{L}{1,4}\d{3,}\b|\b\d{5,}\b)|(\d+)|(\p{L}+(?:['’]t\b)?)|(\?)/giu
/** What each group of the pattern stands for; the eighth is a word. */
const groupTokens = ['#mail', '#link', '#iban', '#date', '#amount', '#reference', '#number']
const wordGroup = groupTokens.length + 1

/** The words of a text, folded for comparison; numbers, dates, amounts and addresses stand as placeholders such as `#date`. */
export const tokenize = (text: string): string[] => {
  const tokens: string[] = []
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (isBetween(code) || (code === 46 && !(text.charCodeAt(at + 1) > 32))) {
      at++
      continue
    }
    if (code === 63) {
      tokens.push('#ask')
      at++
      continue
    }
    const end = plainWordEnd(text, at)
    if (end > at) {
      tokens.push(foldKnown(text.slice(at, end)))
      at = end
      continue
    }
    // Whatever is no plain word: numbers, addresses, rare letters.
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (match === null) break
    tokens.push(tokenOf(match))
    at = tokenPattern.lastIndex
  }
  return tokens
}

/** What stands between words and begins nothing: blanks, commas, colons, brackets, quotes. */
const isBetween = (code: number): boolean =>
  code <= 32 || code === 44 || code === 58 || code === 59 || code === 40 || code === 41 || code === 33 || code === 34 || code === 39

const isPlainLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x17f && code !== 0xd7 && code !== 0xf7)
const isDigit = (code: number): boolean => code >= 48 && code <= 57

/**
 * Where the word that begins at a place ends, when nothing around it can make it part of an address, a link, a number or an
 * amount; the place itself when only the pattern can tell. It is nine words in ten, without the pattern's eight tries.
 */
const plainWordEnd = (text: string, start: number): number => {
  let end = start
  while (isPlainLetter(text.charCodeAt(end))) end++
  if (end === text.length) return end
  const next = text.charCodeAt(end)
  const following = text.charCodeAt(end + 1)
  // "eur 500"
  if (next === 32) return end - start === 3 && isDigit(following) ? start : end
  // "don't" is one word, "l'avoir" two.
  if (next === 39) return following === 84 || following === 116 ? start : end
  if (next === 46 || next === 58) return end + 1 === text.length || following <= 32 ? end : start
  return next === 10 || next === 44 || next === 63 || next === 33 || next === 41 || next === 59 ? end : start
}

const tokenOf = (match: RegExpExecArray): string => {
  const word = match[wordGroup]
  if (word !== undefined) return foldKnown(word)
  for (const [at, token] of groupTokens.entries()) if (match[at + 1] !== undefined) return token
  return '#ask'
}

const foldedWords = new Map<string, string>()
/** Words that are remembered; a mail of nonsense must not fill the memory. */
export const mostWordsRemembered = 20_000

/** `fold`, remembered: most words were met before. */
export const foldKnown = (word: string): string => {
  const known = foldedWords.get(word)
  if (known !== undefined) return known
  if (foldedWords.size >= mostWordsRemembered) foldedWords.clear()
  const folded = fold(word)
  foldedWords.set(word, folded)
  return folded
}

const ascii = /^[a-z]+$/

/** A word in lower case without accents, the way hurried people type it ("zapłacę" and "zaplace" are one). */
const fold = (word: string): string => {
  const lower = word.toLowerCase()
  if (ascii.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
}
