import type { CardContext } from './cards/proposal-card.ts'
import { createFormat } from './format.ts'
import { wordsOf } from './words/index.ts'

/** Words and formats for one language and time zone (IANA name). */
export const cardContext = (language: string, timeZone: string): CardContext => ({ words: wordsOf(language), format: createFormat(language, timeZone) })
