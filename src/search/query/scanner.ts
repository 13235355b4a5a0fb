import type { Place, QueryFault, QueryProblem } from './problem.ts'

/** Ends the reading of a query; caught by `parseQuery` and nobody else. */
export class Stop extends Error {
  readonly problem: QueryProblem
  constructor(problem: QueryFault, place: Place) {
    super(problem.code)
    this.problem = { ...problem, ...place }
  }
}

/** A word or a quoted text, and where it stands. */
export type Piece = Place & { text: string; quoted: boolean }

const endOfWord = /[\s()|"“”„]/
// Chat programs and word processors turn straight quotation marks into these.
const closing: Record<string, string> = { '"': '"', '“': '”"', '”': '”"', '„': '“”"' }

/** Reads the text of a query from left to right. */
export class Scanner {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  peek(): string {
    return this.text[this.at] ?? ''
  }

  skipSpace(): void {
    while (!this.isAtEnd && /\s/.test(this.peek())) this.at++
  }

  /** Goes past this text when it stands here. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false
    this.at += expected.length
    return true
  }

  /** What stands here when the pattern (sticky) fits; it is gone past. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.at += found.length
    return found
  }

  get isAtQuote(): boolean {
    return Object.hasOwn(closing, this.peek())
  }

  quoted(): Piece {
    const start = this.at
    const ends = closing[this.peek()] ?? '"'
    let text = ''
    for (this.at++; !this.isAtEnd; this.at++) {
      if (ends.includes(this.peek())) {
        this.at++
        return { text, quoted: true, start, end: this.at }
      }
      if (this.peek() === '\\' && /["\\]/.test(this.text[this.at + 1] ?? '')) this.at++
      text += this.peek()
    }
    throw new Stop({ code: 'unclosed_quote' }, { start, end: start + 1 })
  }

  /** Up to the next space, parenthesis, bar or quotation mark, or one of the extra characters. */
  word(alsoEndsAt = ''): Piece {
    const start = this.at
    while (!this.isAtEnd && !endOfWord.test(this.peek()) && !alsoEndsAt.includes(this.peek())) this.at++
    return { text: this.text.slice(start, this.at), quoted: false, start, end: this.at }
  }
}
