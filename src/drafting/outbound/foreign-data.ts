import { searchName, searchNumber } from '#ledger'
import type { Db } from '#platform'
import { withoutAmounts } from './find-amounts.ts'

const mostLookups = 4000
const dates = /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b/g

/** Invoice numbers of other debtors than these in a text, as they are written; also in two or three words. */
export async function foreignInvoices(db: Db, text: string, debtorIds: readonly number[]): Promise<string[]> {
  const tokens = [...withoutAmounts(text.replaceAll(dates, ' ')).matchAll(/[\p{L}\p{N}./_-]+/gu)].map(([token]) => token)
  const written = new Map<string, string>()
  for (let at = 0; at < tokens.length && written.size < mostLookups; at++)
    for (let count = 1; count <= 3 && at + count <= tokens.length; count++) {
      const whole = tokens.slice(at, at + count).join(' ')
      const number = searchNumber(whole)
      const isNumber = number.length >= 4 && number.length <= 40 && /\d/.test(number) && !/^(?:19|20)\d\d$/.test(number) // a year is no invoice
      if (isNumber && !written.has(number)) written.set(number, whole.replaceAll(/^[./_-]+|[./_-]+$/g, ''))
    }
  if (written.size === 0) return []
  const invoices = await db.invoice.findMany({ where: { searchNumber: { in: [...written.keys()] } }, select: { searchNumber: true, debtorId: true } })
  const own = new Set(invoices.filter(invoice => debtorIds.includes(invoice.debtorId)).map(invoice => invoice.searchNumber))
  const foreign = new Set(invoices.filter(invoice => !own.has(invoice.searchNumber)).map(invoice => invoice.searchNumber))
  return [...foreign].map(number => written.get(number) ?? number)
}

const email = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu
const customerNumber =
  /(?:(?:customer|client|debtor|account)\s?(?:no\.?|number|id|nr\.?)|(?:klant|debiteur(?:en)?)\s?(?:nr\.?|nummer)|(?:kunden|debitoren)\s?-?(?:nr\.?|nummer)|(?:numero\s(?:de\s)?client|n°\s?client)|(?:numer|nr)\sklienta)\W{0,4}([\p{L}\p{N}][\p{L}\p{N}._/-]{0,29})/giu

/**
 * Names, customer numbers, company numbers and addresses of other debtors than these in a text; what these have in common with them is their own.
 * Companies of their central file may be named.
 */
export async function foreignDebtors(db: Db, text: string, debtorIds: readonly number[]): Promise<string[]> {
  const own = await db.debtor.findMany({
    where: { id: { in: [...debtorIds] } },
    include: { contacts: { select: { email: true } }, administration: true },
    orderBy: { id: 'asc' },
  })
  const groups = own.flatMap(({ groupId }) => groupId ?? [])
  const others = { id: { notIn: [...debtorIds] }, ...(groups.length > 0 && { OR: [{ groupId: null }, { groupId: { notIn: groups } }] }) }
  const names = own.map(({ name, administration }) => `${name} ${administration.name}`)
  const addresses = own.flatMap(({ contacts }) => contacts.flatMap(({ email: address }) => address?.toLowerCase() ?? []))
  return [
    ...(await foreignNames(db, text, others, names)),
    ...(await foreignNumbers(db, text, others, own)),
    ...(await foreignAddresses(db, text, others, addresses)),
  ]
}

type Others = object

async function foreignNames(db: Db, text: string, others: Others, own: readonly string[]): Promise<string[]> {
  const words = searchable(text).split(' ')
  const runs = new Set<string>()
  for (let at = 0; at < words.length && runs.size < mostLookups; at++)
    for (let count = 1; count <= 5 && at + count <= words.length; count++) {
      const run = words.slice(at, at + count).join(' ')
      if (run.length >= 5) runs.add(run)
    }
  const found = await db.debtor.findMany({
    where: { ...others, searchName: { in: [...runs] } },
    select: { name: true, searchName: true },
    orderBy: { id: 'asc' },
  })
  const ours = own.map(each => ` ${searchable(each)} `).join('|')
  const whole = ` ${searchable(text)} `
  // A single word may be a word of any language; with its legal form it is a name.
  const isNamed = (debtor: { name: string; searchName: string }) =>
    debtor.searchName.includes(' ') || (searchable(debtor.name) !== debtor.searchName && whole.includes(` ${searchable(debtor.name)} `))
  return [...new Set(found.filter(debtor => isNamed(debtor) && !ours.includes(` ${debtor.searchName} `)).map(({ name }) => name))]
}

/** Words as names are compared, of a whole text: the last word keeps a legal form from being cut. */
const searchable = (text: string): string => searchName(`${text} .x`).replace(/ x$/, '')

type Own = readonly { number: string; companyNumber: string | null; vatNumber: string | null }[]

async function foreignNumbers(db: Db, text: string, others: Others, own: Own): Promise<string[]> {
  const named = [...text.matchAll(customerNumber)].map(([, number = '']) => number.replace(/[./_-]+$/, ''))
  const long = [...text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{0,3}\d[\dA-Z.]{6,17}(?![\p{L}\p{N}])/giu)].map(([number]) => number.replaceAll('.', '').toUpperCase())
  const ours = new Set<string | null>(own.flatMap(({ number, companyNumber, vatNumber }) => [number, companyNumber, vatNumber]))
  const [numbers, companies] = [named.filter(number => !ours.has(number)), long.filter(number => !ours.has(number))]
  if (numbers.length === 0 && companies.length === 0) return []
  const found = await db.debtor.findMany({
    where: { ...others, AND: { OR: [{ number: { in: numbers } }, { companyNumber: { in: companies } }, { vatNumber: { in: companies } }] } },
    select: { number: true, companyNumber: true, vatNumber: true },
    take: 10,
    orderBy: { id: 'asc' },
  })
  const all = [...numbers, ...companies]
  return [
    ...new Set(
      found.flatMap(debtor => [debtor.number, debtor.companyNumber, debtor.vatNumber].filter(number => number !== null && all.includes(number)) as string[]),
    ),
  ]
}

async function foreignAddresses(db: Db, text: string, others: Others, own: readonly string[]): Promise<string[]> {
  const written = [...text.matchAll(email)].map(([address]) => address.toLowerCase().replace(/\.+$/, '')).filter(address => !own.includes(address))
  if (written.length === 0) return []
  const found = await db.contact.findMany({
    where: { email: { in: written, mode: 'insensitive' }, debtor: others },
    select: { email: true },
    take: 10,
    orderBy: { id: 'asc' },
  })
  return [...new Set(found.flatMap(contact => contact.email ?? []))]
}
