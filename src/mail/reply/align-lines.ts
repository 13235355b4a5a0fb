/** Letters and digits only, lower case: what plain text and HTML of one mail have in common. */
export const squeeze = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase()

/** Visible letters of an HTML document, with whether they are marked there: as history, or by a colour. */
export type Run = { letters: string; isMarked: boolean }

/** How far ahead a line is looked for, and how often that may be in vain: bounds the work on a text that is another one. */
const [window, mostMisses] = [3000, 2000]
/** Fewer letters stand anywhere: they count only where they are expected. */
const telling = 12

/**
 * Per line, whether its letters are marked, by runs of letters of which that is known. A line whose letters are not there
 * goes with its neighbours when they agree, and is not marked when they do not. Undefined when most are not there.
 */
export function alignLines(runs: readonly Run[], lines: readonly string[]): boolean[] | undefined {
  const all = runs.map(({ letters }) => letters).join('')
  const isMarkedAt = markedPlaces(runs)
  const known: (boolean | undefined)[] = []
  let place = 0
  let [found, missed] = [0, 0]
  for (const line of lines) {
    const letters = squeeze(line)
    let at = -1
    if (letters !== '' && all.startsWith(letters, place)) at = place
    else if (letters.length >= telling && missed < mostMisses) {
      const ahead = all.slice(place, place + window + letters.length).indexOf(letters)
      if (ahead >= 0) at = place + ahead
    }
    if (at >= 0) {
      // A line that begins with own words and ends in history was run together, and stays.
      known.push(isMarkedAt(at) && isMarkedAt(at + letters.length - 1))
      place = at + letters.length
      found += letters.length
    } else {
      known.push(undefined)
      if (letters !== '') missed++
      if (letters.length >= telling) missed++
    }
  }
  return found < missed ? undefined : fillGaps(known)
}

function markedPlaces(runs: readonly Run[]): (place: number) => boolean {
  const ends: number[] = []
  for (const { letters } of runs) ends.push((ends.at(-1) ?? 0) + letters.length)
  let run = 0
  // Places are asked for in order, but for the first letter of a line after the last one of the line before.
  return place => {
    while (run > 0 && place < (ends[run - 1] ?? 0)) run--
    while (run < ends.length - 1 && place >= (ends[run] ?? 0)) run++
    return runs[run]?.isMarked === true
  }
}

function fillGaps(known: readonly (boolean | undefined)[]): boolean[] {
  const below: (boolean | undefined)[] = []
  for (let at = known.length - 1, next: boolean | undefined; at >= 0; at--) {
    next = known[at] ?? next
    below[at] = next
  }
  let above: boolean | undefined
  return known.map((each, at) => {
    above = each ?? above
    // Below the last line that is known, all goes on as it was.
    return each ?? (above === true && (below[at] ?? true))
  })
}
