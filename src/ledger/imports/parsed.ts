/** The value as the database wants it, or what is wrong with it and how to mend it. `currency`: what an amount's own cell says. */
export type Parsed = { value: string; currency?: string } | { problem: string }
export type ValueParser = (text: string) => Parsed

/** A longer piece of a text keeps the whole text alive in V8, here a piece of the file: it must not be remembered. */
const shortText = 12

/** The parser with a memory: a file has few different dates, countries and currencies. */
export function remembering(most: number, parse: ValueParser): ValueParser {
  const seen = new Map<string, Parsed>()
  return text => {
    const known = seen.get(text)
    if (known) return known
    const parsed = parse(text)
    if (seen.size < most && text.length <= shortText) seen.set(text, parsed)
    return parsed
  }
}

/** A value in an error: short, since a shifted row may have anything in this column. */
export const shape = (text: string): string => `"${text.length > 24 ? `${text.slice(0, 24)}…` : text}"`
