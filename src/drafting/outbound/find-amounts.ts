import { Prisma } from '#platform'

// A number counts as money when a currency stands at it, or when it is written with decimals and is neither a date, a time of
// day nor a percentage: "31.12", "14.30", "2,50%".
const currency = String.raw`(?:€|£|\$|zł|EUR|GBP|PLN|USD|CHF)`
/** Words that stand after an amount. */
const spoken = String.raw`(?:euros?|pond|pounds?|pfund|livres|funt\w{0,3}|dollars?|zlotych|złotych|złote|złoty|francs?|franken)`
const digits = String.raw`\d{1,3}(?:[ .,'’]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,2})?`
const notInside = String.raw`(?<![\d.,/-])`
const money = new RegExp(
  [
    String.raw`(?:${currency}|euro)\s?(?<a>${digits})(?!\d)`,
    String.raw`${notInside}(?<b>${digits})\s?(?:${currency}|${spoken})`,
    String.raw`${notInside}(?<c>\d{1,3}(?:[ .']\d{3}){0,5},\d{2}|\d{1,3}(?:[ ,']\d{3}){1,5}\.\d{2}|\d{3,15}\.\d{2})(?![\d/-]|[.,]\d|\s?%)`,
  ].join('|'),
  'giu',
)

/** The amounts in a text that are none of these, as they are written. */
export function unknownAmounts(text: string, known: string[]): string[] {
  const allowed = known.map(amount => new Prisma.Decimal(amount).abs())
  const found = [...text.matchAll(money)].map(({ groups }) => (groups?.a ?? groups?.b ?? groups?.c ?? '').trim())
  return [...new Set(found)].filter(amount => {
    const value = decimalOf(amount)
    return value !== undefined && !allowed.some(each => each.eq(value))
  })
}

/** The last mark before one or two digits is the decimal mark; every other one groups thousands. */
function decimalOf(written: string): Prisma.Decimal | undefined {
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/s.exec(written) ?? []
  const units = whole.replaceAll(/\D/g, '')
  return units === '' ? undefined : new Prisma.Decimal(`${units}.${decimals || '0'}`)
}

/** The text without its amounts. */
export const withoutAmounts = (text: string): string => text.replaceAll(money, ' ')
