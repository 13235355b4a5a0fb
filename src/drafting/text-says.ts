import type { TextSays } from '#dunning'
import { unknownAmounts } from './outbound/find-amounts.ts'
import { daysIn } from './outbound/find-days.ts'
import { seenText } from './outbound/legible.ts'

/** What a text says, for rules that want something said: days and amounts are found however they are written in any of five languages. */
export function textSays(text: string): TextSays {
  const words = seenText(text)
  const [days, amounts] = [new Set(daysIn(words)), unknownAmounts(words, [])]
  return {
    words,
    day: iso => days.has(iso) || days.has(iso.slice(5)),
    amount: amount => unknownAmounts(words, [amount]).length < amounts.length,
  }
}
