import { findIbans } from './find-ibans.ts'
import type { Span } from './split-clauses.ts'

export const emailPattern = /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w@])/g
/** Whatever is dialled; "05/06/2026" is a day. */
export const phonePattern =
  /(?<![\w.,/+-])(?!\d{1,2}(?:\/\d{1,2}\/|-\d{1,2}-|\s\d{1,2}\s)(?:20)?\d{2}(?!\d|[\s/-]\d))(?:\+\d{1,3}[\s()./-]{0,3}|00\d{2}[\s()./-]{1,3}|\(?0\d{1,4}\)?[\s/-]{1,3}|(?:(?<=(?<![a-z])(?:tel|phone|mobile|mobiel|fax|telefon|telefoon|gsm|mob|telephone|telefonu|kom)[.:]{0,2}\s{1,2}))(?=\d{2,4}[\s-]?\d)|(?<=(?<![a-z])(?:telefo\w{1,6}|phone|tel)[^\d\n.!?]{1,25}:\s{1,2})(?=\d{2,4}[\s-]?\d)|(?<=(?<![a-z])(?:numer|nummer|number|numero|op|unter|au|pod|on)[.:]{0,2}\s{1,2})(?=\d{2,4}[\s-]\d{2,4}[\s-]\d))(?:\(0\)\s?)?\d(?:[\s()./-]{0,2}\d){5,12}(?!\d)/g
const webPattern = /(?:https?:\/\/|www\.)[^\s<>]{1,300}/g
const maxSpans = 200

/** IBANs, phone numbers, mail and web addresses: digits in them are never dates, amounts or invoice numbers. */
export function findBlocked(text: string, folded: string): Span[] {
  const spans: Span[] = findIbans(text)
  for (const pattern of [emailPattern, phonePattern, webPattern])
    for (const match of folded.matchAll(pattern)) {
      if (spans.length >= maxSpans) return spans
      spans.push({ start: match.index, end: match.index + match[0].length })
    }
  return spans
}
