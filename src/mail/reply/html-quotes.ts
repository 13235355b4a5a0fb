import { alignLines, type Run, squeeze } from './align-lines.ts'
import { decodeEntities } from './html-entities.ts'

/** Elements that wrap history, by what mail programs write into their tags: what follows the element is the sender's own again. */
const wrapping =
  /class="?[^">]*\b(gmail_attr|yahoo_quoted|yahooqt|moz-cite-prefix|moz-forward-container|protonmail_quote|zmail_extra|freshdesk_quote|ms-outlook-mobile-reference-message)|\bid="?(x_)*(OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|reply-intro|yahoo_quoted)|\bname="?quote\b|data-marker="?__(QUOTED_TEXT|HEADERS)__|border-left: ?solid blue 1\.5pt/i
/** Places from which on all is history: what follows stands beside them, and not in them. */
const onwards =
  /\bid="?(x_)*(appendonsend|divRplyFwdMsg|stopSpelling|zwchr)\b|border-top: ?(1(\.0)?pt solid rgb\(225, ?225, ?225\)|solid #(E1E1E1|B5C4DF|C8C8C8) 1\.0pt|1(\.0)?pt solid #(E1E1E1|B5C4DF))/i
const gmail = /class="?[^">]*\bgmail_quote\b/i
const cited = /type="?cite|class=|\bcite=|itemtype=|border-left/i

/** Whether a blockquote only indents the sender's own words, as the button of Gmail and Outlook does: `tag` is all that stands in it. */
export const isIndent = (tag: string): boolean =>
  !cited.test(tag) && /border: ?(none|medium none|0)|margin-top: ?0(px)?; ?margin-bottom: ?0(px)?;?"?\s*$/i.test(tag)

/**
 * Which lines of the text are history by the marks of the HTML beside it, line by line: answers between the quotes and below
 * them stay. Undefined when the HTML has no marks, or is about something else than the text.
 */
export function quotedLinesOfHtml(html: string | undefined, lines: readonly string[]): boolean[] | undefined {
  if (!html) return undefined
  const hasBlockquote = /<blockquote/i.test(html)
  return alignMarked(html, lines, tag => (onwards.test(tag.inside) ? 'onwards' : wraps(tag, hasBlockquote) ? 'wraps' : undefined))
}

export type Colour = 'red' | 'blue' | 'green'

/** Which lines of the text are written in this colour in the HTML; undefined when there are none. */
export function colouredLinesOfHtml(html: string, lines: readonly string[], colour: Colour): boolean[] | undefined {
  return alignMarked(html, lines, ({ name, inside }) => (name !== 'a' && colourOf(inside) === colour ? 'wraps' : undefined))
}

function alignMarked(html: string, lines: readonly string[], marks: Marks): boolean[] | undefined {
  const runs = readRuns(html, marks)
  return runs.some(({ isMarked }) => isMarked) ? alignLines(runs, lines) : undefined
}

type Tag = { name: string; inside: string; isEnd: boolean }
/** Whether a tag marks what its element holds, or all that follows. */
type Marks = (tag: Tag) => 'wraps' | 'onwards' | undefined

/** The visible letters of the HTML in order, each run with whether it is marked. */
function readRuns(html: string, marks: Marks): Run[] {
  const runs: Run[] = []
  const take = (text: string, isMarked: boolean): void => {
    const letters = squeeze(decodeEntities(text))
    const last = runs.at(-1)
    if (last?.isMarked === isMarked) last.letters += letters
    else if (letters !== '') runs.push({ letters, isMarked })
  }
  // The name of the element that wraps what we are in, and how many of its kind are open.
  let open: { name: string; depth: number } | undefined
  let isOnward = false
  let at = 0
  while (at < html.length) {
    const start = html.indexOf('<', at)
    if (start < 0) break
    take(html.slice(at, start), isOnward || open !== undefined)
    const end = html.startsWith('<!--', start) ? html.indexOf('-->', start) + 2 : html.indexOf('>', start)
    if (end < start) return runs
    const tag = readTag(html.slice(start + 1, end))
    at = end + 1
    if (!tag) continue
    if (!tag.isEnd && (tag.name === 'style' || tag.name === 'script')) {
      const close = html.indexOf('</', at)
      at = close < 0 ? html.length : close
    } else if (open) {
      if (tag.name === open.name) open.depth += tag.isEnd ? -1 : 1
      if (open.depth === 0) open = undefined
    } else if (!tag.isEnd && !isOnward) {
      const mark = marks(tag)
      if (mark === 'onwards') isOnward = true
      else if (mark === 'wraps' && !empty.has(tag.name) && !tag.inside.endsWith('/')) open = { name: tag.name, depth: 1 }
    }
  }
  take(html.slice(at), isOnward || open !== undefined)
  return runs
}

const empty = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'wbr', 'col'])
const longestTag = 2000

function readTag(inside: string): Tag | undefined {
  const name = /^\/?([a-z][a-z\d]*)/i.exec(inside)?.[1]?.toLowerCase()
  return name === undefined ? undefined : { name, inside: inside.slice(0, longestTag), isEnd: inside.startsWith('/') }
}

function wraps({ name, inside }: Tag, hasBlockquote: boolean): boolean {
  if (name === 'blockquote') return !isIndent(inside)
  // Gmail wraps its blockquotes and the answers between them in one more element; a forward has no blockquote.
  return gmail.test(inside) ? !hasBlockquote : wrapping.test(inside)
}

const colourValue = /(?<![-\w])color[:=] ?["']?(#[\da-f]{6}|rgb\(\d{1,3}, ?\d{1,3}, ?\d{1,3}\)|[a-z]{3,12})/i
const named: Record<string, [number, number, number]> = {
  red: [255, 0, 0],
  darkred: [139, 0, 0],
  crimson: [220, 20, 60],
  blue: [0, 0, 255],
  darkblue: [0, 0, 139],
  navy: [0, 0, 128],
  royalblue: [65, 105, 225],
  green: [0, 128, 0],
  darkgreen: [0, 100, 0],
  lime: [0, 255, 0],
}

function colourOf(tag: string): Colour | undefined {
  const value = colourValue.exec(tag)?.[1]?.toLowerCase()
  // What Outlook gives to every answer is nobody's choice.
  if (value === undefined || value === '#1f497d') return undefined
  const [red, green, blue] =
    named[value] ?? (value.startsWith('#') ? [1, 3, 5].map(at => Number.parseInt(value.slice(at, at + 2), 16)) : (value.match(/\d+/g) ?? []).map(Number))
  if (red === undefined || green === undefined || blue === undefined) return undefined
  if (red > 120 && red > 1.5 * Math.max(green, blue)) return 'red'
  if (blue > 100 && blue > 1.4 * Math.max(red, green)) return 'blue'
  return green > 80 && green > 1.3 * Math.max(red, blue) ? 'green' : undefined
}
