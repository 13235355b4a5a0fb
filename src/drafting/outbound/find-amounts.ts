import { Prisma } from '#platform'

// A number counts as money when a currency stands at it, or when it is written with decimals and is neither a date, a time of
// day nor a percentage: "31.12", "14.30", "2,50%".
const currency = String.raw`(?:€|£|\$|zł|Kč|EUR|GBP|PLN|USD|CHF|CZK|SEK|DKK|NOK|HUF)`
/** Words that stand after an amount. */
const spoken = String.raw`(?:euros?|pond|pounds?|pfund|livres|funt\w{0,3}|dollars?|zlotych|złotych|złote|złoty|zloty|francs?|franken)`
const digits = String.raw`\d{1,3}(?:[ .,'’]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,2})?`
/** Amounts whose last mark stands for no cents: "9.999,-". */
const noCents = String.raw`,\s?(?:-|–|—|=)`
/** What a bare number after it can only be. */
const owed = String.raw`(?:owe[ds]?|owing|outstanding|balance|openstaand|verschuldigd|saldo|offen|schulden|offener\sbetrag|redevable|solde|reste|zalega\p{L}*|zaległość|do\szapłaty)(?:\s(?:is|of|bedraagt|van|beträgt|von|de|est|wynosi))?\s?:?\s`
const notInside = String.raw`(?<![\d.,/-])`
const money = new RegExp(
  [
    String.raw`(?:${currency}|euro)\s?(?<a>${digits})(?!\d)`,
    String.raw`${notInside}(?<b>${digits})\s?(?:${currency}|${spoken})`,
    String.raw`${notInside}(?<c>\d{1,3}(?:[ .']\d{3}){1,5},\d{2}|\d{1,15},\d{2}|\d{1,3}(?:[ ,']\d{3}){1,5}\.\d{2}|\d{3,15}\.\d{2})(?!\d|[/-]\d|[.,]\d|\s?%)`,
    String.raw`${notInside}(?<d>\d{1,3}(?:[ .']\d{3}){0,5})${noCents}`,
    String.raw`${owed}(?<e>\d{3,7})(?![\d/_-]|[.,]\d|\s?(?:days|dagen|tage|jours|dni|invoices|facturen|rechnungen|factures|faktur))`,
  ].join('|'),
  'giu',
)

/** Amounts in words, or rounded: no ledger holds them so. */
const spelled = new RegExp(
  String.raw`(?<![\p{L}\d])(?:\d+(?:[.,]\d+)?\s?(?:k|m|mio|mln|million(?:en)?|miljoen|millions?|tys|thousand|duizend|tausend|mille)\.?\s(?:${currency}|${spoken})|(?:€|£|\$|EUR|PLN|GBP)\s?\d+(?:[.,]\d+)?\s?(?:k|mio|mln|million)(?!\p{L})|\p{L}*(?:hundred|thousand|honderd|duizend|hundert|tausend|cents?|mille|tysiąc\p{L}*|tysięcy|set|sto)\s(?:${spoken}))(?!\p{L})`,
  'giu',
)

/** The amounts in a text that are none of these, as they are written. */
export function unknownAmounts(text: string, known: string[]): string[] {
  const inWords = [...text.matchAll(spelled)].map(([found]) => found)
  const allowed = known.map(amount => new Prisma.Decimal(amount).abs())
  const found = [...text.matchAll(money)].map(({ groups }) => (groups?.a ?? groups?.b ?? groups?.c ?? groups?.d ?? groups?.e ?? '').trim())
  const wrong = [...new Set(found)].filter(amount => {
    const value = decimalOf(amount)
    return value !== undefined && !allowed.some(each => each.eq(value))
  })
  return [...new Set(inWords), ...wrong]
}

/** The last mark before one or two digits is the decimal mark; every other one groups thousands. */
function decimalOf(written: string): Prisma.Decimal | undefined {
  const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/s.exec(written) ?? []
  const units = whole.replaceAll(/\D/g, '')
  return units === '' ? undefined : new Prisma.Decimal(`${units}.${decimals || '0'}`)
}

/** The text without its amounts. */
export const withoutAmounts = (text: string): string => text.replaceAll(money, ' ')
