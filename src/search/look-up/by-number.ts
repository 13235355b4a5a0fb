import { checkVatNumber, matchPaymentReferences, searchNumber } from '#ledger'
import { type Db, Prisma } from '#platform'
import { startingWith } from '../like-pattern.ts'
import { debtors, hitColumns, type InSight, mostOfAKind } from './candidates.ts'
import type { RankedHit } from './hit.ts'

const shortestStart = 3

/** Debtors that have this very number, reference or mail address, or an invoice that has. */
export async function byExactKey(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  const number = searchNumber(text)
  const asTyped = [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
  const parts = [
    Prisma.sql`SELECT ${found('number', Prisma.sql`NULL`)} FROM ${debtors} WHERE d.number = ANY(${asTyped}::text[]) AND ${inSight}`,
    Prisma.sql`SELECT ${found('email', Prisma.sql`c.email`)} FROM ${debtors} JOIN "Contact" c ON c."debtorId" = d.id WHERE c.email = ${text.toLowerCase()} AND ${inSight}`,
    Prisma.sql`SELECT ${found('po', Prisma.sql`i."poNumber"`)} FROM ${debtors} JOIN "Invoice" i ON i."debtorId" = d.id
      WHERE i."poNumber" = ANY(${asTyped}::text[]) AND ${inSight}`,
  ]
  if (number !== '') {
    const references = (await matchPaymentReferences(db, [number])).map(({ debtorId }) => debtorId)
    const vat = checkVatNumber(undefined, text)
    const registered = [number, ...('number' in vat ? [vat.number] : [])]
    parts.push(
      Prisma.sql`SELECT ${found('invoice', Prisma.sql`i.number`)} FROM ${debtors} JOIN "Invoice" i ON i."debtorId" = d.id WHERE i."searchNumber" = ${number} AND ${inSight}`,
      Prisma.sql`SELECT ${found('reference', Prisma.sql`NULL`)} FROM ${debtors} WHERE d.id = ANY(${references}::int[]) AND ${inSight}`,
      Prisma.sql`SELECT ${found('company_number', Prisma.sql`d."companyNumber"`)} FROM ${debtors} WHERE d."companyNumber" = ${number} AND ${inSight}`,
      Prisma.sql`SELECT ${found('company_number', Prisma.sql`d."vatNumber"`)} FROM ${debtors} WHERE d."vatNumber" = ANY(${registered}::text[]) AND ${inSight}`,
    )
  }
  return limited(db, parts)
}

/** Debtors whose number, or an invoice of which, begins so; from three characters on. */
export async function byStartOfNumber(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  const number = searchNumber(text)
  if (number.length < shortestStart || !/\d/.test(number)) return []
  return limited(db, [
    Prisma.sql`SELECT ${found('number_start', Prisma.sql`NULL`)} FROM ${debtors}
      WHERE (d.number LIKE ${startingWith(text)} OR d.number LIKE ${startingWith(text.toUpperCase())}) AND ${inSight}`,
    Prisma.sql`SELECT ${found('invoice_start', Prisma.sql`i.number`)} FROM ${debtors} JOIN "Invoice" i ON i."debtorId" = d.id
      WHERE i."searchNumber" LIKE ${startingWith(number)} AND ${inSight}`,
  ])
}

const found = (by: string, value: Prisma.Sql): Prisma.Sql => hitColumns(by, value, Prisma.sql`1`)

const limited = (db: Db, parts: Prisma.Sql[]): Promise<RankedHit[]> =>
  db.$queryRaw<RankedHit[]>`${Prisma.join(
    parts.map(part => Prisma.sql`(${part} LIMIT ${mostOfAKind})`),
    ' UNION ALL ',
  )}`
