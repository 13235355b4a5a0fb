/** Openings have four characters: a digit is `#`, white space a blank, a letter beyond ASCII `~`; one that is shorter is a whole match. */
export const longest = 4
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')

/** The opening that a text has at a place, as `openingsOf` writes them. */
export function openingAt(text: string, at: number): string {
  let opening = ''
  for (let place = at; place < at + longest; place++) opening += keyOf(text.charAt(place))
  return opening
}

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
  while (rest.at < rest.source.length && !/[|)]/.test(rest.source.charAt(rest.at))) openings = repeated(rest, openings, atom(rest))
  return openings
}

const joined = (first: Openings, then: Openings): Openings =>
  new Set([...first].flatMap(one => (one.length >= longest ? [one] : [...then].map(other => (one + other).slice(0, longest)))))

/** The openings with the next piece of the pattern behind them, as often as its repeats allow. */
function repeated(rest: Rest, openings: Openings, once: Openings): Openings {
  const times = /^(?:\?|\{(?<least>\d+)(?:,(?<most>\d+))?\})/.exec(rest.source.slice(rest.at))
  if (!times) return joined(openings, once)
  rest.at += times[0].length
  const least = Number(times.groups?.least ?? 0)
  const most = Math.min(Number(times.groups?.most ?? times.groups?.least ?? 1), longest)
  const often: Openings = new Set()
  let reached = openings
  for (let time = 0; time <= most; time++) {
    if (time >= Math.min(least, longest)) for (const opening of reached) often.add(opening)
    reached = joined(reached, once)
  }
  return often
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
