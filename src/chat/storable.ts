/** A text as the database takes it: PostgreSQL refuses NUL and halves of surrogate pairs, which any browser can send. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')

/** Names and texts, both as the database takes them. */
export const storableMap = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [storable(name), storable(text)]))
