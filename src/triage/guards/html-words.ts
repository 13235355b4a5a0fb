const maxLength = 300_000
const maxWords = 20_000
const attribute = /\s(?:alt|title|aria-label|aria-description|placeholder|value|content|summary|label)\s{0,3}=\s{0,3}(?:"([^"<>]{8,600})"|'([^'<>]{8,600})')/gi

/** What stands in an HTML mail beside its text, where a program may read it: comments, titles, texts for pictures and screen readers. */
export function wordsBesideText(html: string): string {
  const source = html.slice(0, maxLength)
  const found = [...between(source, '<!--', '-->'), ...between(source, '<title', '</title')]
  for (const [, double, single] of source.matchAll(attribute)) found.push(double ?? single ?? '')
  return found.join('\n').slice(0, maxWords)
}

function* between(source: string, opening: string, closing: string): Generator<string> {
  let total = 0
  for (let at = source.indexOf(opening); at !== -1 && total < maxWords; ) {
    const end = source.indexOf(closing, at + opening.length)
    const text = source.slice(at + opening.length, end === -1 ? undefined : end).slice(0, maxWords)
    total += text.length
    // Word processors write whole style sheets into conditional comments.
    if (!/^\[if\s/.test(text)) yield text
    at = end === -1 ? -1 : source.indexOf(opening, end)
  }
}
