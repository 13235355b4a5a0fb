/**
 * The lines of a text that hold a digit, each with the line of text before it (where a label may stand). Every reference
 * has digits and few lines do: what looks for references need not read the rest.
 */
export function linesWithDigits(text: string): string {
  const kept: string[] = []
  const digit = /\d/g
  let end = -1
  for (let found = digit.exec(text); found; found = digit.exec(text)) {
    const start = lineBefore(text, text.lastIndexOf('\n', found.index) + 1)
    const next = text.indexOf('\n', found.index)
    const from = Math.max(start, end + 1)
    end = next < 0 ? text.length : next
    kept.push(text.slice(from, end))
    digit.lastIndex = end
  }
  return kept.join('\n')
}

/** Where the nearest line with text in it begins that stands above this line, at most one blank line away. */
function lineBefore(text: string, start: number): number {
  let at = start
  for (let lines = 0; at > 0 && lines < 2; lines++) {
    const above = text.lastIndexOf('\n', at - 2) + 1
    const isBlank = text.slice(above, at - 1).trim() === ''
    at = above
    if (!isBlank) break
  }
  return at
}
