// What a spreadsheet may take for a formula when it opens the text in a cell: = + - @ in whatever width, also behind spaces and other
// characters that cannot be seen, and a tab or line end in front (OWASP, "CSV injection").
const mark = '[=+\\-@\\u2212\\uff1d\\uff0b\\uff0d\\uff20\\ufe62\\ufe63\\ufe66\\ufe6b]'
const unseen = '[\\s\\p{Cc}\\p{Cf}]'
const guardable = new RegExp(`^(?:'*${unseen}*${mark}|'*[\\t\\r\\n])`, 'u')
const guarded = new RegExp(`^'(?:'*${unseen}*${mark}|'*[\\t\\r\\n])`, 'u')

/** A text as a cell may hold it: an apostrophe stands before what a spreadsheet would take for a formula. For texts only: an amount below zero is a number. */
export const guardFormula = (text: string): string => (guardable.test(text) ? `'${text}` : text)

/** The text that was guarded: one apostrophe goes, where `guardFormula` would have set it. */
export const unguardFormula = (text: string): string => (guarded.test(text) ? text.slice(1) : text)
