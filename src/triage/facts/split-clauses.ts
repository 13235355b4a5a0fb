/** A stretch of a text, end exclusive. */
export type Span = { start: number; end: number }

const maxSentences = 2000
const abbreviation =
  /(?:^|[\s(.])(?:nr|no|[a-z]|st|dr|mr|mrs|ms|dhr|mevr|ca|bijv|z|b|d|h|o|m|i|v|a|p|e|g|str|ul|tel|inkl|incl|excl|zzgl|bzw|ggf|usw|etc|art|ref|rech|fact|fakt|fra|inv|max|min|evtl|tys|tsd|mln|mio|godz|wg|np|bzgl|evt|nl|jl|ww|dd|dn|al|szt|stk|no)$/i

/** The sentences of a text, as spans: at full stops, question and exclamation marks, blank lines and list items. */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = []
  let start = 0
  const close = (end: number) => {
    if (text.slice(start, end).trim() !== '' && spans.length < maxSentences) spans.push(trimmed(text, start, end))
    start = end
  }
  for (const match of text.matchAll(/[.!?;]+(?=\s|$)|\n[ \t>]*(?=\n)|\n(?=[ \t]*(?:[-*•·o–]\s|\d{1,2}[.)]\s))|\n/g)) {
    const end = match.index + match[0].length
    if (match[0] === '\n' ? isHardBreak(text, start, match.index) : !match[0].startsWith('.') || match[0].includes(';') || isFullStop(text, match.index))
      close(end)
  }
  close(text.length)
  return spans
}

function trimmed(text: string, start: number, end: number): Span {
  const inside = text.slice(start, end)
  const lead = inside.length - inside.trimStart().length
  return { start: start + lead, end: start + inside.trimEnd().length }
}

// Mail programs wrap at some 72 characters: a line that ends earlier, before a capital, was ended on purpose.
function isHardBreak(text: string, start: number, at: number): boolean {
  const lineStart = Math.max(start, text.lastIndexOf('\n', at - 1) + 1)
  const next = /^[ \t]*(\S)/.exec(text.slice(at + 1, at + 40))?.[1] ?? ''
  if (next === '-' || next === '*' || next === '•') return true
  return at - lineStart < 55 && /[\p{Lu}\d]/u.test(next)
}

function isFullStop(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at)
  const next = /^[.!?;]*\s+(\S+)/.exec(text.slice(at, at + 30))?.[1] ?? ''
  if (abbreviation.test(before)) return false
  if (!/\d$/.test(before)) return true
  // "am 30. November", "bis 30.11. überweisen": a number's own dot.
  return /^[\p{Lu}]/u.test(next) && !/^(?:Jan|Feb|M[äa]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[kc]t|Nov|De[zc]|KW|Kalenderwoche)/.test(next)
}

/** The parts of a sentence between commas, dashes, colons and the language's words for "and" or "but", none within `unbroken`. */
export function splitParts(folded: string, sentence: Span, joiners: string, unbroken: readonly Span[] = []): Span[] {
  const text = folded.slice(sentence.start, sentence.end)
  const breaks = new RegExp(String.raw`,(?=\s)|;|\s-\s|:(?=\s)|\(|\)|\s(?=(?:${joiners})\s)`, 'g')
  const ends = [...text.matchAll(breaks)]
    .filter(({ index }) => !unbroken.some(span => index + sentence.start > span.start && index + sentence.start < span.end))
    .map(match => match.index + match[0].length)
  let start = 0
  return [...ends, text.length].flatMap(end => {
    const part = { start: sentence.start + start, end: sentence.start + end }
    start = end
    return part.end > part.start ? [part] : []
  })
}

/** Whether a span begins inside another. */
export const isWithin = (span: Span, outer: Span): boolean => span.start >= outer.start && span.start < outer.end
