import { type Db, Prisma } from '#platform'
import { invoiceNumberShapes } from '../invoice-numbers.ts'
import { matchSimilarNames } from '../match.ts'
import { findPaymentReferences, isCreditorReference, writtenForms } from '../references/payment-references.ts'
import { searchName } from '../search-name.ts'
import { searchNumber } from '../search-number.ts'
import type { Evidence } from './decide-match.ts'
import { fitsOf, thousandths, totalOf } from './fit-amounts.ts'
import { type AllocatableItem, loadItems } from './open-amounts.ts'
import { isDistinctive, numbersInText } from './text-numbers.ts'

/** A bank payment that is to be matched. */
export type NewPayment = {
  id: number
  administrationId: number
  amount: Prisma.Decimal
  currency: string
  receivedOn: string
  charges: Prisma.Decimal | null
  text: string | null
  payerName: string | null
  payerIban: string | null
  structuredReference: string | null
  endToEndId: string | null
}

type Read = NewPayment & { references: string[]; numbers: string[]; name: string }
type Found<T> = Map<string, T[]>

/**
 * Looks up everything that payments of one administration could mean, a whole batch with few statements. Numbers in the payer's own
 * end-to-end reference count as its text.
 */
export async function loadEvidence(db: Db, administrationId: number, payments: NewPayment[]): Promise<Map<number, Evidence>> {
  const read = payments.map(readPayment)
  const isHere = Prisma.sql`i."administrationId" = ${administrationId}::int`
  const all = (pick: (payment: Read) => (string | null)[]) => [...new Set(read.flatMap(pick).flatMap(each => each ?? []))]
  const forms = new Map(all(({ references }) => references).flatMap(key => writtenForms(key).map(form => [form, key] as const)))
  const referenced = await itemsBy(db, Prisma.sql`${isHere} AND i."paymentReference" = ANY(${[...forms.keys()]}::text[])`, forms.size)
  const numbered = await itemsBy(db, Prisma.sql`${isHere} AND i."searchNumber" = ANY(${all(({ numbers }) => numbers)}::text[])`, read.length)
  const byReference = Map.groupBy(referenced, ({ paymentReference }) => forms.get(paymentReference ?? '') ?? '')
  const debtors = await debtorsBy(db, administrationId, { forms, accounts: all(({ payerIban }) => [payerIban]), numbers: all(({ numbers }) => numbers) })
  const numbersHere = Map.groupBy(numbered, ({ searchNumber: number }) => number)

  const first = read.map(payment => {
    const own = [...new Set(payment.references.flatMap(key => byReference.get(key) ?? []))]
    const byNumber = payment.numbers.flatMap(key => (numbersHere.get(key) ?? []).map(item => ({ item, distinctive: isDistinctive(key) })))
    const payers = payersOf(payment, debtors)
    const isBare = own.length === 0 && byNumber.every(({ distinctive }) => !distinctive) && payers === undefined
    return { payment, own, byNumber, payers, isBare, isExplained: isExplained(payment, own, byNumber) }
  })
  // Names, and what else the debtors owe, are costly to look up: what is fully explained without them does not need them.
  const open = first.filter(each => !each.isExplained)
  const names = await namesOf(
    db,
    administrationId,
    open.filter(({ own }) => own.length === 0).map(({ payment }) => payment.name),
  )
  const debtorIds = new Set(
    open.flatMap(({ own, byNumber, payers }) => [
      ...own.map(({ debtorId }) => debtorId),
      ...byNumber.map(({ item }) => item.debtorId),
      ...(payers?.debtorIds ?? []),
    ]),
  )
  for (const found of names.values()) for (const { debtorId } of found) debtorIds.add(debtorId)
  const items = await openItemsOf(db, administrationId, [...debtorIds], payments)
  const amounts = first.filter(({ isBare }) => isBare).map(({ payment }) => payment.amount)
  const anyOwner = Map.groupBy(await itemsOfAmounts(db, administrationId, amounts), ({ openAmount }) => openAmount.toFixed(3))
  const shapes = await numberShapes(db, administrationId)

  return new Map(
    first.map(({ payment, own, byNumber, payers, isBare }) => {
      const named = names.get(payment.name) ?? []
      const ids = new Set([
        ...own.map(({ debtorId }) => debtorId),
        ...byNumber.map(({ item }) => item.debtorId),
        ...(payers?.debtorIds ?? []),
        ...named.map(({ debtorId }) => debtorId),
      ])
      const near = [...ids].flatMap(id => items.get(id) ?? [])
      const evidence: Evidence = {
        payment,
        byReference: own,
        byNumber,
        payers,
        names: named,
        items: [...new Map([...near, ...(isBare ? (anyOwner.get(payment.amount.toFixed(3)) ?? []) : [])].map(item => [item.id, item])).values()],
        tails: payment.numbers.filter(number => /^\d{4,}$/.test(number)),
        hasUnknownNumber: shapes.some(shape => shape.test(payment.text ?? '')) && byNumber.length === 0,
      }
      return [payment.id, evidence]
    }),
  )
}

function readPayment(payment: NewPayment): Read {
  const { text, structuredReference, endToEndId, payerName } = payment
  const words = `${text ?? ''}\n${endToEndId ?? ''}`
  const references = [...(structuredReference ? [structuredReference] : []), ...findPaymentReferences(words).map(({ key }) => key)]
  // An invoice number may be sent as the structured reference, or within one: reminders print RF and it where the ledger has no reference.
  const within = references.filter(isCreditorReference).map(key => key.slice(4))
  const numbers = numbersInText([words, structuredReference, ...within].filter(Boolean).join('\n'))
  return { ...payment, references: [...new Set(references)], numbers, name: payerName ? searchName(payerName) : '' }
}

const itemsBy = (db: Db, where: Prisma.Sql, count: number): Promise<AllocatableItem[]> => (count === 0 ? Promise.resolve([]) : loadItems(db, where))

type Debtors = { byReference: Found<number>; byAccount: Found<number>; byNumber: Found<number> }

async function debtorsBy(db: Db, administrationId: number, keys: { forms: Map<string, string>; accounts: string[]; numbers: string[] }): Promise<Debtors> {
  const rows = await db.$queryRaw<{ by: keyof Debtors; key: string; id: number }[]>`
    SELECT 'byReference' AS by, d."paymentReference" AS key, d.id FROM "Debtor" d
      WHERE d."paymentReference" = ANY(${[...keys.forms.keys()]}::text[]) AND d."administrationId" = ${administrationId} AND NOT d.archived
    UNION ALL SELECT DISTINCT 'byAccount', p."payerIban", p."debtorId" FROM "Payment" p
      WHERE p."payerIban" = ANY(${keys.accounts}::text[]) AND p."administrationId" = ${administrationId} AND p.status = 'matched' AND p."debtorId" IS NOT NULL
    UNION ALL SELECT 'byNumber', d.number, d.id FROM "Debtor" d
      WHERE d.number = ANY(${keys.numbers.filter(isDistinctive)}::text[]) AND d."administrationId" = ${administrationId} AND NOT d.archived`
  const keyed = (by: keyof Debtors, keyOf: (written: string) => string): Found<number> => {
    const own = Map.groupBy(
      rows.filter(row => row.by === by),
      ({ key }) => keyOf(key),
    )
    return new Map([...own].map(([key, found]) => [key, found.map(({ id }) => id)]))
  }
  return {
    byReference: keyed('byReference', key => keys.forms.get(key) ?? ''),
    byAccount: keyed('byAccount', key => key),
    byNumber: keyed('byNumber', searchNumber),
  }
}

const debtorsOf = (keys: string[], known: Found<number>) => [...new Set(keys.flatMap(key => known.get(key) ?? []))]

/** The strongest word on who paid: a debtor's own reference, an account that paid for one before, a debtor number in the text. */
function payersOf({ references, payerIban, numbers }: Read, { byReference, byAccount, byNumber }: Debtors): Evidence['payers'] {
  const candidates = [
    { by: 'reference' as const, debtorIds: debtorsOf(references, byReference) },
    { by: 'account' as const, debtorIds: debtorsOf(payerIban ? [payerIban] : [], byAccount) },
    { by: 'debtor_number' as const, debtorIds: debtorsOf(numbers, byNumber) },
  ]
  return candidates.find(({ debtorIds }) => debtorIds.length > 0)
}

/** Whether what the payment names makes its amount exactly; where debtors share it, the payer's name still tells which of them paid. */
function isExplained({ amount, currency, receivedOn }: Read, own: AllocatableItem[], byNumber: Evidence['byNumber']): boolean {
  const named = own.length > 0 ? own : byNumber.flatMap(({ item, distinctive }) => (distinctive ? [item] : []))
  const isOneDebtors = new Set(named.map(({ debtorId }) => debtorId)).size === 1
  return isOneDebtors && named.every(item => item.currency === currency) && totalOf(fitsOf(named, receivedOn)) === thousandths(amount)
}

/** A name that is only similar never decides anything: in a batch of many strangers few are looked up. */
const mostSimilar = 20

async function namesOf(db: Db, administrationId: number, names: string[]): Promise<Found<{ debtorId: number; similarity: number }>> {
  const wanted = [...new Set(names)].filter(name => name.length >= 3)
  if (wanted.length === 0) return new Map()
  // The only index on names is one of trigrams, slower for equality than reading the debtors once: the added text keeps it out.
  const exact = await db.$queryRaw<{ key: string; debtorId: number }[]>`
    SELECT w.key, d.id AS "debtorId" FROM unnest(${wanted}::text[]) AS w(key) JOIN "Debtor" d ON d."searchName" || '' = w.key
    WHERE d."administrationId" = ${administrationId} AND NOT d.archived`
  const known = new Set(exact.map(({ key }) => key))
  const similar = await matchSimilarNames(db, wanted.filter(name => !known.has(name)).slice(0, mostSimilar))
  const found = [...exact.map(each => ({ ...each, similarity: 1 })), ...similar.filter(match => match.administrationId === administrationId)]
  return new Map([...Map.groupBy(found, ({ key }) => key)].map(([key, own]) => [key, own.map(({ debtorId, similarity }) => ({ debtorId, similarity }))]))
}

/** The open items of the debtors and of their groups in this administration, and those that the ledger settled since these payments came. */
async function openItemsOf(db: Db, administrationId: number, debtorIds: number[], payments: NewPayment[]): Promise<Map<number, AllocatableItem[]>> {
  if (debtorIds.length === 0) return new Map()
  const earliest = payments.reduce((day, { receivedOn }) => (receivedOn < day ? receivedOn : day), '9999-12-31')
  const rows = await loadItems(
    db,
    Prisma.sql`i."administrationId" = ${administrationId}::int AND (i.status = 'open' OR i."ledgerOpenSince" >= ${earliest}::date)
      AND (i."debtorId" = ANY(${debtorIds}::int[]) OR d."groupId" IN (SELECT "groupId" FROM "Debtor" WHERE id = ANY(${debtorIds}::int[]) AND "groupId" IS NOT NULL))`,
  )
  const byDebtor = Map.groupBy(rows, ({ debtorId }) => debtorId)
  const byGroup = Map.groupBy(
    rows.filter(({ groupId }) => groupId !== null),
    ({ groupId }) => groupId,
  )
  return new Map([...byDebtor].map(([id, own]) => [id, own[0]?.groupId == null ? own : (byGroup.get(own[0].groupId) ?? own)]))
}

const mostOfAmount = 5

/** Open items of exactly these amounts, whoever owes them: candidates for a payment that says nothing else. */
async function itemsOfAmounts(db: Db, administrationId: number, amounts: Prisma.Decimal[]): Promise<AllocatableItem[]> {
  if (amounts.length === 0) return []
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM (SELECT i.id, row_number() OVER (PARTITION BY i."openAmount" ORDER BY i."dueDate", i.id) AS place FROM "Invoice" i
      WHERE i."administrationId" = ${administrationId} AND i.status = 'open' AND i."openAmount" = ANY(${amounts.map(String)}::numeric[])) r WHERE place <= ${mostOfAmount}`
  return rows.length === 0 ? [] : loadItems(db, Prisma.sql`i.id = ANY(${rows.map(({ id }) => id)}::int[])`)
}

const fewestDigits = 5

/** How the ledger's numbers look, as expressions; forms with few digits look like anything. */
async function numberShapes(db: Db, administrationId: number): Promise<RegExp[]> {
  const shapes = await invoiceNumberShapes(db, administrationId)
  return shapes
    .filter(shape => shape.replaceAll(/[^9]/g, '').length >= fewestDigits && shape.length <= 40)
    .map(shape => new RegExp(`(?<![\\p{L}\\p{N}])${shape.replaceAll(/./gs, signPattern)}(?![\\p{L}\\p{N}])`, 'u'))
}

const signPattern = (sign: string): string => (sign === '9' ? '\\d' : sign === 'A' ? '[A-Z]' : sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'))
