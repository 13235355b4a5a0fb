/** A piece of a page: its text is HTML already. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Piece = Html | string | false | undefined | readonly Html[]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, sign => escapes[sign] ?? '')

/** Puts pieces into HTML: texts are escaped, false and undefined are nothing. */
export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Html =>
  new Html(parts.reduce((text, part, index) => text + textOf(pieces[index - 1]) + part))

function textOf(piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'string') return escaped(piece)
  return Array.isArray(piece) ? piece.map((each: Html) => each.text).join('') : ''
}
