/** What mail programs put in their HTML where the history begins. */
const dividers = [
  'id="appendonsend"',
  'id="divRplyFwdMsg"',
  'id="divrplyfwdmsg"',
  'class="gmail_quote',
  'class="gmail_attr"',
  'class="yahoo_quoted',
  'class="moz-cite-prefix"',
  '<blockquote type="cite"',
  'id="OLK_SRC_BODY_SECTION"',
  'id="mail-editor-reference-message-container"',
  'class="protonmail_quote"',
  'name="quote"',
  'border-top:solid #E1E1E1 1.0pt',
  'border-top:solid #B5C4DF 1.0pt',
  'border-top: 1pt solid rgb(225, 225, 225)',
]

/**
 * Which lines of the text are history by the marks in the HTML beside it: from the line that holds the first words after
 * the first mark, up to the first words after the marked element. Undefined when there is no mark or no such line.
 */
export function quotedLinesOfHtml(html: string | undefined, lines: readonly string[]): boolean[] | undefined {
  if (!html) return undefined
  const mark = firstMark(html)
  if (mark < 0) return undefined
  const start = findLine(lines, wordsAfter(html, mark), 0)
  if (start < 0) return undefined
  return lines.map((_, at) => at >= start)
}

function firstMark(html: string): number {
  let first = -1
  for (const divider of dividers) {
    const at = html.indexOf(divider)
    if (at >= 0 && (first < 0 || at < first)) first = at
  }
  return first < 0 ? -1 : html.lastIndexOf('<', first)
}

const needed = 24

/** The first letters and digits that can be seen after this place of the HTML, squeezed. */
function wordsAfter(html: string, from: number): string {
  const near = html
    .slice(from, from + 8000)
    .replaceAll(/<(style|script)\b[^>]*>[^<]*/gi, '<')
    .replaceAll(/<[^>]*>/g, ' ')
  return squeeze(decode(near)).slice(0, needed)
}

const squeeze = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
}
const decode = (text: string): string =>
  text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? ' '
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole
  })

/** The first line, from this one on, that begins with these words (which may run on into the next lines). */
function findLine(lines: readonly string[], words: string, from: number): number {
  if (words.length < 8) return -1
  for (let at = from; at < lines.length; at++) {
    const line = squeeze((lines[at] ?? '').slice(0, 200))
    if (line === '' || !words.startsWith(line.slice(0, words.length))) continue
    let joined = line
    for (let next = at + 1; joined.length < words.length && next < lines.length && next < at + 8; next++) joined += squeeze((lines[next] ?? '').slice(0, 200))
    if (joined.startsWith(words)) return at
  }
  return -1
}
