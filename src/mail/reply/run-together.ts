import { attributionLength } from './attribution.ts'
import { dividerKind } from './dividers.ts'

const [shortest, longest, mostTries] = [60, 100_000, 40]
const verbEnd = /(?:wrote|schreef|geschreven|écrit|schrieb|geschrieben|napisał\p{L}*(?:\(a\))?|pisze|escribió|scritto)(?:[^:\n]{0,120}>)? ?:(?=\s|$)/giu
const starts = /(?<=^|\s)(?:on|op|le|am|w dniu|dnia|el|il|\p{L}{2,3}\.?,? \d{1,2})\s/giu
const dated = /(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./]\d{2}/
const clock = /\d{1,2}[:.]\d{2}/
const head =
  /(?<=^|\s)[*_]*(?:from|van|de|von|od|da) ?:[*_]*\s[^:\n]{3,160}\s[*_]*(?:sent|date|verzonden|datum|envoyé|gesendet|wysłano|data|enviado(?: el)?|fecha|inviato) ?:[*_]*\s[^\n]{6,60}?\s[*_]*(?:to|aan|à|an|do|para|a) ?:[*_]*\s[^:\n]{2,300}\s[*_]*(?:subject|onderwerp|objet|betreff|temat|asunto|oggetto) ?:/iu
const label =
  /\s(?=[*_]*(?:sent|date|verzonden|datum|envoyé|gesendet|wysłano|data|enviado(?: el)?|fecha|inviato|to|aan|à|an|do|para|a|cc|subject|onderwerp|objet|betreff|temat|asunto|oggetto) ?:)/giu
const dashed = /(?:^|\s)(-{2,} ?[\p{L}'’ ]{8,40}? ?-{2,})(?=\s|$)/u

/**
 * The lines, with own words and history that a program ran together in one line ("Fine. On 20 Nov 2026 at 9:58 Jan <...> wrote: Dear ...")
 * on lines of their own. Looks at a bounded number of places.
 */
export function partRunTogether(lines: readonly string[]): string[] {
  let tries = 0
  return lines.flatMap(line => {
    if (line.length < shortest || line.length > longest || tries >= mostTries || line.startsWith('>')) return [line]
    const at = headAt(line) ?? dividerAt(line) ?? attributionAt(line, () => tries++ < mostTries)
    return at ?? [line]
  })
}

function headAt(line: string): string[] | undefined {
  if (!/:[^:]{3,200}:[^:]{2,300}:/.test(line.slice(0, 4000))) return undefined
  const found = head.exec(line.slice(0, 4000))
  if (!found) return undefined
  const at = found.index
  return [line.slice(0, at), ...line.slice(at, at + found[0].length).split(label), line.slice(at + found[0].length)].filter(part => part.trim() !== '')
}

function dividerAt(line: string): string[] | undefined {
  const found = line.includes('--') ? dashed.exec(line.slice(0, 4000)) : undefined
  const divider = found?.[1]
  if (!found || divider === undefined || dividerKind(divider) === undefined || divider === line.trim()) return undefined
  const at = found.index + found[0].indexOf(divider)
  return [line.slice(0, at), divider, line.slice(at + divider.length)].filter(part => part.trim() !== '')
}

function attributionAt(line: string, mayTry: () => boolean): string[] | undefined {
  for (const { index, 0: said } of line.matchAll(verbEnd)) {
    if (!mayTry()) return undefined
    const end = index + said.length
    const from = Math.max(0, index - 300)
    const before = line.slice(from, end)
    for (const start of before.matchAll(starts)) {
      const attribution = before.slice(start.index)
      if (!dated.test(attribution) || !clock.test(attribution) || attributionLength([attribution], 0) !== 1) continue
      const parts = [line.slice(0, from + start.index), attribution, line.slice(end)].filter(part => part.trim() !== '')
      return parts.length > 1 ? parts : undefined
    }
  }
  return undefined
}
