/**
 * A text as a chat platform may get it: no half characters (they cannot be sent), no control characters, and none of those that turn the
 * direction of the text after them around, with which a sender could make our own words read differently.
 */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- these are what must go
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

/** A text that stays on one line: neither its spaces nor its dashes are places to break it. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0').replaceAll('–', '\u2060–\u2060')

/** A text of at most `max` UTF-16 units, with an ellipsis when it was longer. */
export const shorten = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, cutAt(text, max - 1)).trimEnd()}…`)

/** The pieces of a text, none longer than `max`; put together they are the text. Cut after a line, else after a word, else between characters. */
export function split(text: string, max: number): string[] {
  const pieces: string[] = []
  let from = 0
  while (text.length - from > max) {
    const window = text.slice(from, from + max)
    const soft = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '))
    const line = window.lastIndexOf('\n')
    const at = line > max / 2 ? line + 1 : soft > max / 2 ? soft + 1 : cutAt(text.slice(from, from + max + longestCharacter), max)
    pieces.push(text.slice(from, from + at))
    from += at
  }
  return from < text.length || pieces.length === 0 ? [...pieces, text.slice(from)] : pieces
}

/** Characters put together of many others (families, flags) are not longer than this, unless somebody plays. */
const longestCharacter = 40
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The last place at or before `max` that cuts no visible character in two, nor ever a pair of units. */
function cutAt(text: string, max: number): number {
  const from = Math.max(0, max - longestCharacter)
  const around = text.slice(from, max + longestCharacter)
  const starts = [...characters.segment(around)].map(({ index }) => from + index).filter(index => index > from && index <= max)
  const at = starts.at(-1) ?? max
  return isInsidePair(text, at) ? at - 1 : at
}

const isInsidePair = (text: string, at: number): boolean => /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
