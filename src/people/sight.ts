import { Prisma, type StaffModel } from '#platform'

/**
 * What a person may see. Codes of administrations; keys of mailboxes, or `key/folder` for a single folder of one. `accounts`: a collector's
 * short name; of these only that collector's debtors, and nothing that is of no debtor.
 */
export type Sight = { administrations: 'all' | readonly string[]; mailboxes: 'all' | readonly string[]; accounts?: string | undefined }

/** What this member of staff may see. */
export const sightOf = ({
  administrations,
  mailboxes,
  ownAccounts,
  key,
}: Pick<StaffModel, 'administrations' | 'mailboxes' | 'ownAccounts' | 'key'>): Sight => ({
  administrations: administrations.includes('*') ? 'all' : administrations,
  mailboxes: mailboxes.includes('*') ? 'all' : mailboxes,
  ...(ownAccounts && { accounts: key }),
})

/** Sees everything: Duncan itself, and the command line of who may start it. */
export const fullSight: Sight = { administrations: 'all', mailboxes: 'all' }

/** Whether nothing is out of this sight. */
export const seesAll = ({ administrations, mailboxes, accounts }: Sight): boolean => administrations === 'all' && mailboxes === 'all' && accounts === undefined

/** Whether who has this sight sees all that somebody with the other sight sees. */
export function sightCovers(sight: Sight, other: Sight): boolean {
  const { administrations, mailboxes, accounts } = sight
  if (accounts !== undefined && accounts !== other.accounts) return false
  const codes = administrations === 'all' || (other.administrations !== 'all' && other.administrations.every(code => administrations.includes(code)))
  if (!codes || mailboxes === 'all') return codes
  return other.mailboxes !== 'all' && other.mailboxes.every(place => mailboxes.includes(place) || mailboxes.includes(mailboxOf(place)))
}

/** The mailbox of `key` or `key/folder`. */
export const mailboxOf = (place: string): string => place.split('/', 1)[0] ?? place

/** The keys of the mailboxes in sight, also of those of which only a folder is. */
export const mailboxesIn = ({ mailboxes }: Sight): 'all' | string[] => (mailboxes === 'all' ? 'all' : mailboxes.map(mailboxOf))

/** The debtors of the administrations in sight. */
export const debtorsInSight = ({ administrations, accounts }: Sight): Prisma.DebtorWhereInput => ({
  ...(administrations !== 'all' && { administration: { code: { in: [...administrations] } } }),
  ...(accounts !== undefined && { collector: { equals: accounts, mode: 'insensitive' } }),
})

/** An SQL condition on the column that holds an administration's code, for what is of an administration as a whole: no sight of single accounts has any of it. */
export const codeInSight = (sight: Sight, column: Prisma.Sql): Prisma.Sql => (sight.accounts === undefined ? codeAmong(sight, column) : Prisma.sql`FALSE`)

/** An SQL condition on a row of "Debtor", given its alias, and on the column that holds its administration's code. */
export const debtorRowInSight = (sight: Sight, debtor: Prisma.Sql, code: Prisma.Sql): Prisma.Sql =>
  sight.accounts === undefined ? codeAmong(sight, code) : Prisma.sql`(${codeAmong(sight, code)} AND lower(${debtor}.collector) = ${sight.accounts})`

const codeAmong = ({ administrations }: Sight, column: Prisma.Sql): Prisma.Sql =>
  administrations === 'all' ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${[...administrations]}::text[])`

/** An SQL condition on a column that holds a debtor's id; no debtor at all is in every sight but that of single accounts. */
export function debtorInSight(sight: Sight, column: Prisma.Sql): Prisma.Sql {
  if (sight.administrations === 'all' && sight.accounts === undefined) return Prisma.sql`TRUE`
  const isSeen = Prisma.sql`EXISTS (SELECT 1 FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    WHERE d.id = ${column} AND ${debtorRowInSight(sight, Prisma.raw('d'), Prisma.sql`a.code`)})`
  return sight.accounts === undefined ? Prisma.sql`(${column} IS NULL OR ${isSeen})` : isSeen
}

/**
 * An SQL condition on a row of "Message", given its alias (`Prisma.raw('m')`): its mailbox or one of its folders is in sight, and so is
 * its debtor. A mail that could be from several debtors, or that tells of others of a central file, names them all: it is for who may see all of them.
 */
export function mailInSight(sight: Sight, mail: Prisma.Sql): Prisma.Sql {
  if (sight.administrations === 'all' && sight.accounts === undefined) return placeInSight(sight, mail)
  const isSeen = Prisma.sql`${placeInSight(sight, mail)} AND ${debtorInSight(sight, Prisma.sql`${mail}."debtorId"`)}
    AND NOT EXISTS (SELECT 1 FROM unnest(${mail}."alsoDebtorIds") AS told(id) WHERE NOT ${debtorInSight(sight, Prisma.sql`told.id`)})`
  if (sight.administrations === 'all' || sight.accounts !== undefined) return Prisma.sql`(${isSeen})`
  const codes = [...sight.administrations]
  return Prisma.sql`(${isSeen} AND (${mail}."debtorId" IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(${mail}.candidates) c
    JOIN "Debtor" d ON d.id = (c->>'debtorId')::int JOIN "Administration" a ON a.id = d."administrationId"
    WHERE a.code <> ALL(${codes}::text[]))))`
}

function placeInSight({ mailboxes }: Sight, mail: Prisma.Sql): Prisma.Sql {
  if (mailboxes === 'all') return Prisma.sql`TRUE`
  const places = [...mailboxes]
  return Prisma.sql`(EXISTS (SELECT 1 FROM "Mailbox" b WHERE b.id = ${mail}."mailboxId" AND b.key = ANY(${places}::text[])) OR EXISTS (
    SELECT 1 FROM "MessageLocation" l JOIN "MailFolder" f ON f.id = l."folderId" JOIN "Mailbox" b ON b.id = f."mailboxId"
    WHERE l."messageId" = ${mail}.id AND b.key || '/' || f.path = ANY(${places}::text[])))`
}
