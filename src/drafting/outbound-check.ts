import { countrySpecs } from 'ibantools'
import { searchNumber } from '#ledger'
import { type Db, Prisma } from '#platform'

export type OutboundText = {
  subject: string
  text: string
  debtorId: number | null
  /** Decimal strings: the only amounts that the text may name. */
  amounts: string[]
  /** Accounts of our own that it may name, as IBANs without spaces; none when left out. */
  ownAccounts?: readonly string[]
}

export type OutboundProblem = {
  code: 'empty' | 'foreign_invoice' | 'bank_details' | 'link' | 'unknown_amount'
  text: string
}

/** What stands in a text that no reply may hold, whoever wrote it; empty when it may leave. Nothing is repaired. */
export async function checkOutbound(db: Db, outbound: OutboundText): Promise<OutboundProblem[]> {
  const whole = `${outbound.subject}\n${outbound.text}`.normalize('NFKC')
  if (outbound.text.trim() === '') return [{ code: 'empty', text: 'The reply has no text.' }]
  const foreign = await foreignInvoices(db, whole, outbound.debtorId)
  return [
    ...foreign.map(number => ({ code: 'foreign_invoice', text: `${number} is an invoice of another debtor.` }) as const),
    ...findAccounts(whole)
      .filter(account => !isOwn(account, outbound.ownAccounts ?? []))
      .map(iban => ({ code: 'bank_details', text: `Bank details are never sent by mail: ${iban.slice(0, 6)}…` }) as const),
    ...findLinks(whole).map(link => ({ code: 'link', text: `Links are not sent: ${link}` }) as const),
    ...unknownAmounts(outbound.text, outbound.amounts).map(
      amount => ({ code: 'unknown_amount', text: `${amount} is no amount of the ledger in this reply.` }) as const,
    ),
  ]
}

// In Poland the account number at home is the IBAN without its letters.
const isOwn = (account: string, own: readonly string[]): boolean => own.some(iban => iban === account || iban.slice(2) === spaceless(account))

// Marks that are not seen, and runs of spaces, must not keep apart what a reader sees as one number.
const legible = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/g, ' ')
const spaceless = (text: string) => text.replaceAll(/[ ./_-]/g, '').toUpperCase()

/** What is shaped like an IBAN of a country that has them, valid or not: a mistyped one misleads as well. */
export function findIbans(text: string): string[] {
  const shaped = [...legible(text).matchAll(/(?<![a-z0-9])[a-z]{2}[ ./_-]{0,3}\d{2}(?:[ ./_-]{0,3}[a-z0-9]){8,60}/gi)].map(([found]) => spaceless(found))
  return shaped.flatMap(found => {
    const { chars, bban_regexp: pattern } = countrySpecs[found.slice(0, 2)] ?? {}
    if (typeof chars !== 'number' || !pattern || found.length < chars - 1) return []
    const account = found.slice(4, chars)
    // "de 30 dagen ..." is no German account: the digits stand where that country has digits, or there is hardly anything else.
    const isAccount = new RegExp(pattern).test(account) || account.replaceAll(/\D/g, '').length >= account.length * 0.75
    return isAccount ? [found.slice(0, chars)] : []
  })
}

/** Account numbers as they are written at home: 26 digits in Poland, with a sort code in Britain. */
const homeAccounts = /(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)|\bsort[ -]?code\b\D{0,20}\d{2}[ -]?\d{2}[ -]?\d{2}(?!\d)/gi

/** Every account number in a text, however it is written. */
export const findAccounts = (text: string): string[] => [...findIbans(text), ...[...legible(text).matchAll(homeAccounts)].map(([found]) => found)]

/** Addresses with their scheme, and those that mail programs make links of without one. */
export const findLinks = (text: string): string[] =>
  [...legible(text).matchAll(/\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)\S+|(?<![@\w])(?:[a-z0-9-]+\.)+[a-z]{2,24}\/\S+/gi)].map(([found]) => found)

// A number counts as money when a currency stands at it, or when it is written with decimals and is neither a date, a time of
// day nor a percentage: "31.12", "14.30", "2,50%".
const currency = String.raw`(?:€|£|\$|zł|EUR|GBP|PLN|USD|CHF)`
const digits = String.raw`\d{1,3}(?:[ .,'’]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,2})?`
const notInside = String.raw`(?<![\d.,/-])`
const money = new RegExp(
  [
    String.raw`${currency}\s?(?<a>${digits})(?!\d)`,
    String.raw`${notInside}(?<b>${digits})\s?${currency}`,
    String.raw`${notInside}(?<c>\d{1,3}(?:[ .']\d{3}){0,5},\d{2}|\d{1,3}(?:[ ,']\d{3}){1,5}\.\d{2}|\d{3,15}\.\d{2})(?![\d/-]|[.,]\d|\s?%)`,
  ].join('|'),
  'giu',
)

function unknownAmounts(text: string, known: string[]): string[] {
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

async function foreignInvoices(db: Db, text: string, debtorId: number | null): Promise<string[]> {
  const withoutDates = text.replaceAll(/\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b/g, ' ').replaceAll(money, ' ')
  const written = new Map<string, string>()
  for (const [token] of withoutDates.matchAll(/[\p{L}\p{N}./_-]+/gu)) {
    const number = searchNumber(token)
    const isNumber = number.length >= 4 && /\d/.test(number) && !/^(?:19|20)\d\d$/.test(number) // a year is no invoice
    if (isNumber) written.set(number, token.replaceAll(/^[./_-]+|[./_-]+$/g, ''))
  }
  if (written.size === 0) return []
  const invoices = await db.invoice.findMany({ where: { searchNumber: { in: [...written.keys()] } }, select: { searchNumber: true, debtorId: true } })
  const own = new Set(invoices.filter(invoice => invoice.debtorId === debtorId).map(invoice => invoice.searchNumber))
  const foreign = new Set(invoices.filter(invoice => !own.has(invoice.searchNumber)).map(invoice => invoice.searchNumber))
  return [...foreign].map(number => written.get(number) ?? number)
}
