import { clean as cleanText } from '../text.ts'

export { cleanText }

/** A text as a card may hold it: clean, and without a whole {{DATE()}} or {{TIME()}}, which Teams would work out. */
export const clean = (text: string): string => cleanText(text).replaceAll(/\{(?=\{)/g, '{\u2060')

/** A title that some clients of Teams draw as it stands and others as markup: it makes no link and sets nothing in bold, and has no escapes to be seen. */
export const plainTitle = (text: string): string => clean(text).replaceAll('](', ']\u2060(').replaceAll('*', '∗')
