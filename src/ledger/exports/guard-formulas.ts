// What a spreadsheet may take for a formula when it opens the text in a cell: = + - @ in whatever width, also behind spaces and other
// characters that cannot be seen, and a tab or line end in front (OWASP, "CSV injection").
const equals = '=\\uff1d\\ufe66'
const signs = '+\\-@\\u2212\\uff0b\\uff0d\\uff20\\ufe62\\ufe63\\ufe6b'
const formula = new RegExp(`^'*(?:[\\s\\p{Cc}\\p{Cf}]*[${equals}${signs}]|[\\t\\r\\n])`, 'u')

// A spreadsheet whose list separator is not the file's cuts the row elsewhere: at every ; , tab or line end of the text. What follows
// one must not begin a formula that calls anything. Mere dashes of a list stay as they are.
const pieces = /(?<=[;,\t\r\n])[^;,\t\r\n]+/g
const unseenInPiece = `(?:(?![\\t\\r\\n])[\\s\\p{Cc}\\p{Cf}'"])*`
const innerFormula = new RegExp(`^${unseenInPiece}(?:[${equals}]|[${signs}].*[(\\uff08[\\uff3b|\\uff5c!\\uff01])`, 'u')

/** Digits alone calculate nothing that another cell holds: a number, and a telephone number with its country code, of six digits at least. */
const number = /^[+-]?\d+(?:[.,]\d+)*$/
const phone = /^\+(?=(?:\D*\d){6})[\d ()./-]+$/

const isFormula = (text: string): boolean => formula.test(text) && !number.test(text) && !phone.test(text)
const isInnerFormula = (piece: string): boolean => innerFormula.test(piece)

const guardIf = (isHostile: (text: string) => boolean, text: string): string => (isHostile(text) ? `'${text}` : text)
const unguardIf = (isHostile: (text: string) => boolean, text: string): string => (text.startsWith("'") && isHostile(text.slice(1)) ? text.slice(1) : text)

/** A text as a cell may hold it: an apostrophe stands before what a spreadsheet would take for a formula. For texts only: an amount below zero is a number. */
export const guardFormula = (text: string): string =>
  guardIf(
    isFormula,
    text.replace(pieces, piece => guardIf(isInnerFormula, piece)),
  )

/** The text that was guarded: each apostrophe goes that `guardFormula` would have set. */
export const unguardFormula = (text: string): string => unguardIf(isFormula, text).replace(pieces, piece => unguardIf(isInnerFormula, piece))
