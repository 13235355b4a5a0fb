import { debtorRowInSight, type Sight } from '#people'
import { Prisma } from '#platform'

/** A condition on debtor `d` and its administration `a`. */
export type InSight = Prisma.Sql

/** More of one kind are not looked at: nobody chooses among so many. */
export const mostOfAKind = 100

/** What follows FROM for every kind of look-up. */
export const debtors = Prisma.sql`"Debtor" d JOIN "Administration" a ON a.id = d."administrationId"`

/** Debtors that may be shown: in sight, and not archived. */
export const shownDebtors = (sight: Sight): InSight => Prisma.sql`NOT d.archived AND ${debtorRowInSight(sight, Prisma.raw('d'), Prisma.sql`a.code`)}`

/** The columns of a hit. */
export const hitColumns = (by: string, found: Prisma.Sql, similarity: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`d.id, d.number, d.name, a.name AS administration, ${by}::text AS by, (${found})::text AS found, (${similarity})::float8 AS similarity`

/** Whether there is anything in a text that has a spelling. */
export const hasWord = (text: string): boolean => /\p{L}{3}/u.test(text)
