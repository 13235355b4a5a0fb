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
  /(?<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)|(?<link>https?:\/\/\S+|www\.\S+)|(?<iban>\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)|(?<date>\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4}|\.)?(?![\d,]))|(?<amount>(?:€|£|\$|\b(?:eur|pln|gbp|usd|chf)\b) ?\d[\d.,' ]*|\b\d[\d.,' ]*(?:€|£|(?:eur|euros?|pln|zł|zl|gbp|usd|chf)\b)|\b\d{1,3}(?:[. ]\d{3})*,\d{2}\b)|(?<reference>\b[A-Z]{0,5}[-/]?\d[\dA-Z]*(?:[-/]\d[\dA-Z]*)+\b|\b\p{L}{1,4}\d{3,}\b|\b\d{5,}\b)|(?<number>\d+)|(?<word>\p{L}+(?:['’]t\b)?)|(?<ask>\?)/giu

/** The words of a text, folded for comparison; numbers, dates, amounts and addresses stand as placeholders such as `#date`. */
export const tokenize = (text: string): string[] => {
  const tokens: string[] = []
  for (const match of text.matchAll(tokenPattern)) tokens.push(tokenOf(match.groups ?? {}))
  return tokens
}

const tokenOf = (groups: Record<string, string | undefined>): string => {
  if (groups.word !== undefined) return fold(groups.word)
  for (const kind of ['mail', 'link', 'iban', 'date', 'amount', 'reference', 'number', 'ask']) if (groups[kind] !== undefined) return `#${kind}`
  return '#other'
}

const ascii = /^[a-z]+$/

/** A word in lower case without accents, the way hurried people type it ("zapłacę" and "zaplace" are one). */
export const fold = (word: string): string => {
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
