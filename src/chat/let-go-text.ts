import type { Format } from './format.ts'
import type { Words } from './words/index.ts'

/** Says since when the raw source of a mail, and its files with it, is gone by the retention rule. */
export const letGoText = ({ ui }: Words, format: Format, at: Date): string => ui.rawLetGo.replace('%s', () => format.dateTime(at))
