import { openEntriesOf } from '#dunning'
import { debtorInSight, debtorsInSight, mailboxesIn, may, type Sight, type Staff, seesAll, sightOf } from '#people'
import { type Db, type DebtorEntryModel, Prisma } from '#platform'
import { stepAutonomySchema } from '../dunning/judge-step.ts'
import { readProblems } from '../problem.ts'
import { isId } from '../store.ts'
import type { EntryStatus, EntryView } from './entry.ts'
import { debtorIdsOf, entryContentSchema, invoiceIdsOf, kindsOf, mailboxIdOf, rulesOf } from './kinds/index.ts'
import type { EntryRight } from './kinds/kind.ts'
import { makersOf } from './vote.ts'
import { entryWhySchema } from './why.ts'

const mostListed = 100

/** What a card shows of an entry; undefined when there is none of that id on a debtor in sight. */
export async function viewEntry(db: Db, sight: Sight, id: number): Promise<EntryView | undefined> {
  return isId(id) ? (await viewWhere(db, sight, Prisma.sql`e.id = ${id}`))[0] : undefined
}

/** The entries on debtors in sight that wait for this person: for their decision, or for a second vote on what others made; oldest first. */
export function entriesAwaiting(db: Db, staff: Staff): Promise<EntryView[]> {
  return viewWhere(db, sightOf(staff), awaiting(staff))
}

function awaiting(staff: Staff): Prisma.Sql {
  const kinds = kindsOf(right => may(staff, right))
  const isMade = Prisma.sql`${staff.id} IN (e."staffId", e."firstVoteById", e."editedById")`
  const isProposed = Prisma.sql`e.status = 'proposed' AND e.kind = ANY(${kinds})`
  const isForSecond = may(staff, 'second_vote') ? Prisma.sql`e.status = 'awaiting_second' AND (${isMade}) IS NOT TRUE` : Prisma.sql`FALSE`
  return Prisma.sql`((${isProposed}) OR (${isForSecond}))`
}

/** The same as an SQL condition on a row of "DebtorEntry" e. */
export const entryAwaits = (staff: Staff): Prisma.Sql => Prisma.sql`${awaiting(staff)} AND ${entryInSight(sightOf(staff))}`

/** An SQL condition on a row of "DebtorEntry" e: who decides it needs this right. */
export const entryNeeds = (right: EntryRight): Prisma.Sql => Prisma.sql`e.kind = ANY(${kindsOf(each => each === right)}::text[])`

/** Those of these entries that are in sight, in the order of their ids. */
export const viewEntries = (db: Db, sight: Sight, ids: readonly number[]): Promise<EntryView[]> =>
  viewWhere(db, sight, Prisma.sql`e.id = ANY(${[...ids]}::int[])`, ids.length)

/** What was entered or opened about a debtor and waits, also what is written to its central file, if all debtors of that are in sight; oldest first. */
export async function entriesWaitingOf(db: Db, sight: Sight, debtorId: number): Promise<EntryView[]> {
  const ofGroup = await openEntriesOf(db, [debtorId])
  return viewWhere(db, sight, Prisma.sql`(e."debtorId" = ${debtorId} OR e.id = ANY(${ofGroup}::int[])) AND e.status IN ('proposed', 'awaiting_second')`)
}

async function viewWhere(db: Db, sight: Sight, where: Prisma.Sql, most = mostListed): Promise<EntryView[]> {
  const rows = await db.$queryRaw<DebtorEntryModel[]>`SELECT e.* FROM "DebtorEntry" e WHERE ${where} AND ${entryInSight(sight)} ORDER BY e.id LIMIT ${most}`
  const contents = new Map(rows.map(({ id, payload }) => [id, entryContentSchema.parse(payload)]))
  const debtors = await db.debtor.findMany({
    where: { id: { in: [...rows.map(({ debtorId }) => debtorId), ...[...contents.values()].flatMap(debtorIdsOf)] } },
    select: { id: true, number: true, name: true, collector: true, administration: { select: { code: true } } },
  })
  const invoiceIds = [...contents.values()].flatMap(invoiceIdsOf)
  const invoices = await db.invoice.findMany({ where: { id: { in: invoiceIds } }, select: { id: true, number: true } })
  const people = await db.staff.findMany({ orderBy: { id: 'asc' } })
  const collectors = await collectorsOf(db, debtors, people)
  const sent = { where: { entryId: { in: rows.map(({ id }) => id) } }, select: { entryId: true, state: true, sendAfter: true, problem: true } }
  const mails = [...(await db.outboundMail.findMany(sent)), ...(await db.dispatch.findMany(sent))]
  const mailboxes = await db.mailbox.findMany({ select: { id: true, key: true } })
  const pinned = await db.note.findMany({ where: { debtorId: { in: rows.map(({ debtorId }) => debtorId) }, pinned: true }, orderBy: { id: 'desc' } })
  const nameOf = (id: number | null) => (id === null ? null : (people.find(person => person.id === id)?.name ?? `staff ${id}`))
  return rows.flatMap((row): EntryView[] => {
    const { id, version, debtorId, status, staffId, why, createdAt, firstVoteById, decidedById, decidedAt, autonomy } = row
    const debtor = debtors.find(each => each.id === debtorId)
    const content = contents.get(id)
    if (!debtor || !content) return []
    const named = invoiceIdsOf(content)
    const note = pinned.find(each => each.debtorId === debtorId)
    const mail = mails.find(({ entryId }) => entryId === id)
    return [
      {
        id,
        version,
        debtor: shownDebtor(debtor),
        members: debtors.filter(each => debtorIdsOf(content).includes(each.id)).map(shownDebtor),
        content,
        mailbox: mailboxes.find(each => each.id === mailboxIdOf(content))?.key ?? null,
        right: rulesOf(content.kind).right,
        owner: ownerOf(collectors.get(debtorId), rulesOf(content.kind).right),
        why: why === null ? null : entryWhySchema.parse(why),
        invoices: invoices.filter(invoice => named.includes(invoice.id)).map(({ number }) => number),
        status: status as EntryStatus,
        by: nameOf(staffId),
        makers: makersOf(row),
        responsible: why === null ? staffId : decidedById,
        at: createdAt,
        ...(note && { pinnedNote: note.text }),
        firstVoteBy: nameOf(firstVoteById),
        decidedBy: nameOf(decidedById),
        decidedAt,
        autonomy: autonomy === null ? null : stepAutonomySchema.parse(autonomy),
        ...(mail && { mail: { state: mail.state, sendAfter: mail.sendAfter, problems: readProblems(mail.problem) } }),
      },
    ]
  })
}

/** The collectors of debtors, by their ids; without those who do not see them. */
async function collectorsOf(db: Db, debtors: { id: number; collector: string | null }[], people: Staff[]): Promise<Map<number, Staff>> {
  const found = new Map<number, Staff>()
  for (const person of people) {
    const theirs = debtors.filter(({ collector }) => collector?.toLowerCase() === person.key).map(({ id }) => id)
    if (theirs.length === 0) continue
    const seen = await db.debtor.findMany({ where: { id: { in: theirs }, ...debtorsInSight(sightOf(person)) }, select: { id: true } })
    for (const { id } of seen) found.set(id, person)
  }
  return found
}

const ownerOf = (collector: Staff | undefined, right: EntryRight) => (collector && may(collector, right) ? { id: collector.id, name: collector.name } : null)

type DebtorRow = { id: number; number: string; name: string; administration: { code: string } }

const shownDebtor = ({ id, number, name, administration: { code } }: DebtorRow) => ({ id, number, name, administration: code })

/** Its debtor, the mailbox of its mail and every debtor that it names beside are in sight. */
function entryInSight(sight: Sight): Prisma.Sql {
  if (seesAll(sight)) return Prisma.sql`TRUE`
  return Prisma.sql`${debtorInSight(sight, Prisma.sql`e."debtorId"`)} AND ${mailboxInSight(sight)}
    AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(COALESCE(e.payload -> 'debtorIds', '[]')) AS one(id) WHERE NOT ${debtorInSight(sight, Prisma.sql`one.id::int`)})`
}

/** Its mail is for who sees the mailbox that it leaves from, and the conversation that it stands in. */
function mailboxInSight(sight: Sight): Prisma.Sql {
  const keys = mailboxesIn(sight)
  if (keys === 'all') return Prisma.sql`TRUE`
  return Prisma.sql`(e."mailboxId" IS NULL OR EXISTS (SELECT 1 FROM "Mailbox" b WHERE b.id = e."mailboxId" AND b.key = ANY(${keys}::text[])))`
}
