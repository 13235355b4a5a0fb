import { Prisma, type StaffModel } from '#platform'

/** What a person may see. Codes of administrations; keys of mailboxes, or `key/folder` for a single folder of one. */
export type Sight = { administrations: 'all' | readonly string[]; mailboxes: 'all' | readonly string[] }

/** What this member of staff may see. */
export const sightOf = ({ administrations, mailboxes }: Pick<StaffModel, 'administrations' | 'mailboxes'>): Sight => ({
  administrations: administrations.includes('*') ? 'all' : administrations,
  mailboxes: mailboxes.includes('*') ? 'all' : mailboxes,
})

/** Sees everything: Duncan itself, and the command line of who may start it. */
export const fullSight: Sight = { administrations: 'all', mailboxes: 'all' }

/** The debtors of the administrations in sight. */
export const debtorsInSight = ({ administrations }: Sight): Prisma.DebtorWhereInput =>
  administrations === 'all' ? {} : { administration: { code: { in: [...administrations] } } }

/** An SQL condition on the column that holds an administration's code. */
export const codeInSight = ({ administrations }: Sight, column: Prisma.Sql): Prisma.Sql =>
  administrations === 'all' ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${[...administrations]})`
