/** Openings have two characters: a digit is `#`, white space a blank, a letter beyond ASCII `~`; one that is shorter is a whole match. */
const length = 2
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')

/** The opening that a text has at a place, as `openingsOf` writes them. */
export const openingAt = (text: string, at: number): string => keyOf(text.charAt(at)) + keyOf(text.charAt(at + 1))

// Whatever is not ASCII is one character, so that a hostile text shows few openings.
const keyOf = (char: string): string => (char >= '0' && char <= '9' ? '#' : /\s/.test(char) ? ' ' : char > '~' ? '~' : char)

/**
 * How a text may begin that a pattern matches, so that a pattern is only tried (and only compiled) where it has a chance.
 * Knows what the grammar of days is written in: letters, groups, classes, `?`, `{m,n}`, `\d`, `\s`, `\w` and escaped marks.
 */
export function openingsOf(source: string): Set<string> {
  const rest = { source, at: 0 }
  return alternatives(rest)
}

type Rest = { source: string; at: number }
type Openings = Set<string>

function alternatives(rest: Rest): Openings {
  const all: Openings = new Set()
  do for (const opening of sequence(rest)) all.add(opening)
  while (take(rest, '|'))
  return all
}

function sequence(rest: Rest): Openings {
  let openings: Openings = new Set([''])
  while (rest.at < rest.source.length && !/[|)]/.test(rest.source.charAt(rest.at))) openings = joined(openings, repeated(rest, atom(rest)))
  return openings
}

const joined = (first: Openings, then: Openings): Openings =>
  new Set([...first].flatMap(one => (one.length >= length ? [one] : [...then].map(other => (one + other).slice(0, length)))))

function repeated(rest: Rest, once: Openings): Openings {
  const least = /^(?:\?|\{(\d+)(?:,\d+)?\})/.exec(rest.source.slice(rest.at))
  if (!least) return once
  rest.at += least[0].length
  // Twice is as much as an opening can show.
  const often = least[1] === undefined ? once : new Set([...once, ...joined(once, once)])
  return Number(least[1] ?? 0) === 0 ? new Set([...often, '']) : often
}

function atom(rest: Rest): Openings {
  if (take(rest, '(')) {
    const looksAround = /^\?(?:<?[=!])/.exec(rest.source.slice(rest.at))
    rest.at += /^\?(?:<?[=!]|:|<\w+>)/.exec(rest.source.slice(rest.at))?.[0].length ?? 0
    const inside = alternatives(rest)
    take(rest, ')')
    return looksAround ? new Set(['']) : inside
  }
  if (!take(rest, '[')) return new Set(character(rest))
  const inside: string[] = []
  while (!take(rest, ']')) inside.push(...character(rest))
  return new Set(inside)
}

function character(rest: Rest): string[] {
  const char = rest.source.charAt(rest.at++)
  if (char !== '\\') return [keyOf(char)]
  const escaped = rest.source.charAt(rest.at++)
  if (escaped === 'w') return [...letters, '#', '_']
  return [escaped === 'd' ? '#' : escaped === 's' ? ' ' : escaped]
}

function take(rest: Rest, char: string): boolean {
  if (rest.source.charAt(rest.at) !== char) return false
  rest.at++
  return true
}
