/** A text of at most `length` characters, and how many were cut off; never cuts a character in two. */
export function cut(text: string, length: number): { text: string; rest: number } {
  const characters = Array.from(text)
  if (characters.length <= length) return { text, rest: 0 }
  return { text: characters.slice(0, length).join('').trimEnd(), rest: characters.length - length }
}

/** One line of at most `length` characters, with an ellipsis when it was longer. */
export function oneLine(text: string, length: number): string {
  const line = cut(text.replaceAll(/\s+/g, ' ').trim(), length)
  return line.rest > 0 ? `${line.text}…` : line.text
}
