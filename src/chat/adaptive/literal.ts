import { clean } from '../text.ts'

export type Json = Record<string, unknown>

/** Parts of a rich text, drawn literally. */
export const run = (text: string, options: Json = {}): Json[] => literalParts(clean(text)).map(part => ({ type: 'TextRun', text: part, ...options }))

/** The parts of a rich text are drawn as they are, except for {{DATE()}} and {{TIME()}}: torn apart they are no such thing. */
export const literalParts = (text: string): string[] => text.split(/(?<=\{)(?=\{)/).filter(part => part !== '')

/** A text whose markup is escaped, so that it is drawn literally. */
export const textBlock = (text: string, options: Json = {}): Json => ({ type: 'TextBlock', text: escapeMarkdown(text), wrap: true, ...options })

/** Text that an Adaptive Card draws literally: every character that could start markup, or a {{DATE()}}, is escaped. */
export const escapeMarkdown = (text: string): string => clean(text).replaceAll(/[\\`*_{}[\]()#+\-!~<>&|]|(?<=^\s*\d+)\./gm, String.raw`\$&`)
