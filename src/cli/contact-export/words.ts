import { Prisma } from '#platform'

/** Addresses and full names by which texts name a person. */
export type Words = {
  /** An SQL condition on an expression that is a text. */
  inText: (text: string) => Prisma.Sql
  /** The same on one that is JSON. */
  inJson: (json: string) => Prisma.Sql
  /** The places of a text where it names the person, without the rest of what was written there. */
  excerpts: (text: string) => string[]
}

const around = 120 // characters on either side

/** How these terms are found: as words of their own, since an address within a longer one, or a name within another, is somebody else's. */
export function wordsOf(terms: string[]): Words {
  const known = terms.filter(term => /[\p{L}\p{N}]/u.test(term))
  const rough = known.map(term => longest(term.toLowerCase().split(/\s+/)))
  const exact = known.map(term => patternOf(term.toLowerCase(), '[[:alnum:]_]'))
  const places = known.map(term => new RegExp(patternOf(term, '[\\p{L}\\p{N}_]'), 'iu'))
  // Looking for the words themselves first spares nearly every text the pattern.
  const inText = (text: string) => Prisma.sql`EXISTS (SELECT FROM unnest(${rough}::text[], ${exact}::text[]) AS t(rough, exact)
    WHERE position(t.rough IN lower(${Prisma.raw(text)})) > 0 AND lower(${Prisma.raw(text)}) ~ t.exact)`
  return {
    inText,
    // A line end inside JSON is a backslash and a letter, which the next word must not be taken to begin with.
    inJson: json => inText(`regexp_replace(${json}::text, '\\\\[nrt]', ' ', 'g')`),
    excerpts: text =>
      places.flatMap(place => {
        const found = place.exec(text)
        return found ? [text.slice(Math.max(0, found.index - around), found.index + found[0].length + around).toWellFormed()] : []
      }),
  }
}

const longest = (parts: string[]): string => parts.reduce((one, other) => (other.length > one.length ? other : one), '')

/** Understood by PostgreSQL and by JavaScript alike, but for what a letter is. */
function patternOf(term: string, letter: string): string {
  const parts = term.trim().split(/\s+/)
  const body = parts.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+')
  return term.includes('@') ? `(?<!${letter}|[.%+-])${body}(?!${letter}|[.%+-]${letter})` : `(?<!${letter})${body}(?!${letter})`
}
