const folded = new Map<string, string>([
  ['ł', 'l'],
  ['Ł', 'l'],
  ['ß', 's'],
  ['ø', 'o'],
  ['Ø', 'o'],
  ['œ', 'o'],
  ['’', "'"],
  ['‘', "'"],
  ['`', "'"],
  ['´', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
])

/**
 * The text in lower case, without accents, with plain quotes, dashes and spaces, and of exactly the same length in
 * UTF-16 units: an offset found in it is an offset into the original.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase()
  const sameLength = lower.length === text.length ? lower : Array.from({ length: text.length }, (_, at) => foldUnit(text.charAt(at))).join('')
  return sameLength.replace(/[^\0-\x7f]/g, foldUnit)
}

function foldUnit(unit: string): string {
  const known = folded.get(unit)
  if (known !== undefined) return known
  if (/\s/.test(unit)) return ' '
  const base = unit.normalize('NFD').charAt(0).toLowerCase()
  return base.length === 1 ? base : unit
}
