import { searchName } from '#ledger'
import type { Db } from '#platform'
import { findAccounts, spaceless } from './outbound/find-accounts.ts'
import { unknownAmounts } from './outbound/find-amounts.ts'
import { unknownDays } from './outbound/find-days.ts'
import { findLinks } from './outbound/find-links.ts'
import { foreignDebtors, foreignInvoices } from './outbound/foreign-data.ts'
import { ledgerDays } from './outbound/ledger-days.ts'
import { legible, seenText } from './outbound/legible.ts'
import type { OutboundProblem } from './outbound-problem.ts'

export type OutboundText = {
  subject: string
  text: string
  debtorId: number | null
  /** Decimal strings: the only amounts that the text may name. */
  amounts: string[]
  /** The days that it may name beside those of the ledger, as `daysIn` gives them; without the list it may name any. */
  days?: readonly string[] | undefined
  /** Accounts of our own that it may name, as IBANs without spaces; none when left out. */
  ownAccounts?: readonly string[]
  /** Pages of our own that it may point to, word for word; none when left out. */
  ownLinks?: readonly string[]
  /** Other debtors of its central file whose invoices it tells of, as one mail for all of them does. */
  alsoDebtorIds?: readonly number[]
}

/** What stands in a text that no reply may hold, whoever wrote it; empty when it may leave. Nothing is repaired. */
export async function checkOutbound(db: Db, outbound: OutboundText): Promise<OutboundProblem[]> {
  const { subject, text, amounts, days, ownAccounts = [], ownLinks = [] } = outbound
  if (legible(text).trim() === '') return [{ code: 'empty' }]
  const whole = seenText(`${subject}\n${text}`)
  const debtorIds = await toldOf(db, outbound)
  const [invoices, debtors] = [await foreignInvoices(db, whole, debtorIds), await foreignDebtors(db, whole, debtorIds)]
  const known = days && unknownDays(text, days).length > 0 ? [...days, ...(await ledgerDays(db, debtorIds))] : days
  return [
    ...invoices.map(number => ({ code: 'foreign_invoice', number }) as const),
    ...debtors.map(found => ({ code: 'foreign_debtor', found }) as const),
    ...findAccounts(whole)
      .filter(account => !isOwn(account, ownAccounts))
      .map(iban => ({ code: 'bank_details', start: iban.slice(0, 6) }) as const),
    ...(await linksIn(db, whole, debtorIds)).filter(link => !ownLinks.includes(link)).map(link => ({ code: 'link', link }) as const),
    ...unknownAmounts(seenText(text), amounts).map(amount => ({ code: 'unknown_amount', amount }) as const),
    ...(known ? unknownDays(text, known) : []).map(day => ({ code: 'unknown_day', day }) as const),
  ]
}

/** Whose figures it may tell: its debtor's first, and those of others only while they are in the same central file. */
async function toldOf(db: Db, { debtorId, alsoDebtorIds = [] }: OutboundText): Promise<number[]> {
  if (debtorId === null) return []
  if (alsoDebtorIds.length === 0) return [debtorId]
  const own = await db.debtor.findUnique({ where: { id: debtorId }, select: { groupId: true } })
  const others = { id: { in: [...alsoDebtorIds], not: debtorId }, groupId: own?.groupId ?? -1 }
  const members = await db.debtor.findMany({ where: others, select: { id: true }, orderBy: { id: 'asc' } })
  return [debtorId, ...members.map(({ id }) => id)]
}

// In Poland the account number at home is the IBAN without its letters.
const isOwn = (account: string, own: readonly string[]): boolean => own.some(iban => iban === account || iban.slice(2) === spaceless(account))

/** Links, but for what is the name of a debtor or of its administration: some companies are called like their site. */
async function linksIn(db: Db, text: string, debtorIds: readonly number[]): Promise<string[]> {
  const links = findLinks(text)
  if (links.length === 0 || debtorIds.length === 0) return links
  const debtors = await db.debtor.findMany({ where: { id: { in: [...debtorIds] } }, select: { name: true, administration: { select: { name: true } } } })
  const names = debtors.flatMap(({ name, administration }) => [name, administration.name]).map(name => ` ${searchName(name)} `)
  return links.filter(link => /[/:]/.test(link) || !names.some(name => name.includes(` ${searchName(link)} `)))
}
