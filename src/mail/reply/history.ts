import { attributionLength } from './attribution.ts'
import { dividerKind, isArrowDivider, isBareDivider, isRule, isTicketLine } from './dividers.ts'
import { startsHeaderBlock, startsNotesHead } from './header-block.ts'

/** Per line, whether it is history: marked with ">", in a quote of the HTML, or below an attribution, a divider or a header block. */
export function markHistory(lines: readonly string[], quotedInHtml: readonly boolean[] | undefined): boolean[] {
  const quoted = markBelowStarts(lines, quotedInHtml)
  // A rule that stands right above the history belongs to it.
  for (let at = quoted.length - 1; at > 0; at--) {
    if (!quoted[at] || quoted[at - 1]) continue
    let above = at - 1
    while (above > 0 && isBlank(lines[above])) above--
    if (isRule(lines[above] ?? '')) quoted.fill(true, above, at)
  }
  return quoted
}

/** Whether a line is marked as quoted; some phones put an invisible character before the mark. */
export const isMarked = (line: string): boolean => /^[\s\u200b-\u200f\ufeff]{0,3}>/.test(line)

/** Whether ">" is an arrow of the sender's own here: it stands right below a line of theirs, one at a time, asks nothing, and nothing in the mail is quoted. */
function areArrows(lines: readonly string[]): boolean {
  const marked = lines.flatMap((line, at) => (isMarked(line) ? [at] : []))
  const areBelowOwn = marked.every(at => at > 0 && !isMarked(lines[at - 1] ?? '') && !/(^|:)\s*$/.test(lines[at - 1] ?? '') && !/\?\s*$/.test(lines[at] ?? ''))
  return (
    areBelowOwn && marked.length > 0 && !lines.some((line, at) => attributionLength(lines, at) > 0 || dividerKind(line) !== undefined || startsBlock(lines, at))
  )
}

function markBelowStarts(lines: readonly string[], quotedInHtml: readonly boolean[] | undefined): boolean[] {
  const hasArrows = quotedInHtml === undefined && areArrows(lines)
  const quoted = lines.map((line, at) => (!hasArrows && isMarked(line)) || quotedInHtml?.[at] === true)
  let hasOwn = false
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (isArrowDivider(line) && !isQuoteBelow(quoted, lines, at + 1)) return quoted.fill(true, at)
    if (quoted[at] || isBlank(line)) continue
    const taken = attributionLength(lines, at)
    if (taken > 0) {
      quoted.fill(true, at, at + taken)
      if (!isQuoteBelow(quoted, lines, at + taken)) return quoted.fill(true, at)
      at += taken - 1
      continue
    }
    if (isTicketLine(line)) {
      // A ticket system's own mail to us begins with the line, and speaks below it.
      if (hasOwn) return quoted.fill(true, at)
      quoted[at] = true
      continue
    }
    const isDivider = dividerKind(line) !== undefined
    if (isDivider && isHistoryBelow(quoted, lines, at + 1)) quoted[at] = true
    else if (isDivider || startsBlock(lines, at)) return quoted.fill(true, at)
    hasOwn = true
  }
  return quoted
}

function startsBlock(lines: readonly string[], at: number): boolean {
  if (startsHeaderBlock(lines, at) || startsNotesHead(lines, at)) return true
  return isBareDivider(lines[at] ?? '') && startsHeaderBlock(lines, nextFilled(lines, at + 1))
}

const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === ''

function nextFilled(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at])) at++
  return at
}

/** Whether the next line with text is already marked as history. */
const isQuoteBelow = (quoted: readonly boolean[], lines: readonly string[], from: number): boolean => quoted[nextFilled(lines, from)] === true

/** Whether marked history follows a divider, or an attribution that says for itself how far it goes. */
function isHistoryBelow(quoted: readonly boolean[], lines: readonly string[], from: number): boolean {
  const at = nextFilled(lines, from)
  return quoted[at] === true || attributionLength(lines, at) > 0
}
