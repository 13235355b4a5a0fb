import { clean as cleanText } from '../text.ts'

export { cleanText }

/** A text as a card may hold it: clean, and without a whole {{DATE()}} or {{TIME()}}, which Teams would work out. */
export const clean = (text: string): string => cleanText(text).replaceAll(/\{(?=\{)/g, '{\u2060')
