const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  szlig: 'ß',
  aelig: 'æ',
  oelig: 'œ',
  oslash: 'ø',
  lstrok: 'ł',
}
const marks: Record<string, string> = { acute: '\u0301', grave: '\u0300', circ: '\u0302', uml: '\u0308', tilde: '\u0303', cedil: '\u0327', ring: '\u030a' }

/** Text of an HTML document with its character references read: letters of our languages, others as a space. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (_, name: string) => (name.startsWith('#') ? numbered(name) : letter(name)))
}

function numbered(name: string): string {
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
}

function letter(name: string): string {
  const plain = named[name.toLowerCase()]
  if (plain !== undefined) return plain
  const mark = marks[name.slice(1).toLowerCase()]
  return mark === undefined ? ' ' : `${name[0] ?? ''}${mark}`.normalize('NFC')
}
