/**
 * An amount as people type it ("1.250,50", "1 250.5", "1250") as a decimal string; undefined when it is not one or could
 * be read in two ways. `groups`: the language's thousands separator, which settles "1.250".
 */
export function parseAmount(typed: string, groups: string): string | undefined {
  const text = typed.replaceAll(/[\s'’€$£]/g, '')
  if (!/^-?\d[\d.,]*$/.test(text)) return undefined
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (last < 0) return text
  const mark = text[last] ?? ''
  const [whole, fraction] = [text.slice(0, last), text.slice(last + 1)]
  if (isGrouped(text, mark) && (mark === groups || text.indexOf(mark) !== last)) return text.replaceAll(mark, '')
  if (!/^\d{1,2}$/.test(fraction)) return undefined
  const other = mark === '.' ? ',' : '.'
  if (/^-?\d+$/.test(whole)) return `${whole}.${fraction}`
  return isGrouped(whole, other) ? `${whole.replaceAll(other, '')}.${fraction}` : undefined
}

// "1.250" or "12.345.678": groups of three behind one separator.
const isGrouped = (part: string, separator: string): boolean => new RegExp(`^-?\\d{1,3}(\\${separator}\\d{3})+$`).test(part)
