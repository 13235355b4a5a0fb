import { debtorInSight, type Sight } from '#people'
import { type Db, type DebtorEntryModel, Prisma } from '#platform'
import { isId } from '../store.ts'
import { type EntryStatus, type EntryView, entryContentSchema } from './entry.ts'

const mostListed = 100

/** What a card shows of an entry; undefined when there is none of that id on a debtor in sight. */
export async function viewEntry(db: Db, sight: Sight, id: number): Promise<EntryView | undefined> {
  return isId(id) ? (await viewWhere(db, sight, Prisma.sql`e.id = ${id}`))[0] : undefined
}

/** The entries on debtors in sight that wait for a second vote other than this person's own, oldest first. */
export const entriesAwaiting = (db: Db, sight: Sight, staffId: number): Promise<EntryView[]> =>
  viewWhere(db, sight, Prisma.sql`e.status = 'awaiting_second' AND e."staffId" <> ${staffId}`)

async function viewWhere(db: Db, sight: Sight, where: Prisma.Sql): Promise<EntryView[]> {
  const rows = await db.$queryRaw<DebtorEntryModel[]>`
    SELECT e.* FROM "DebtorEntry" e WHERE ${where} AND ${debtorInSight(sight, Prisma.sql`e."debtorId"`)} ORDER BY e.id LIMIT ${mostListed}`
  const debtors = await db.debtor.findMany({
    where: { id: { in: rows.map(({ debtorId }) => debtorId) } },
    select: { id: true, number: true, name: true },
  })
  const contents = new Map(rows.map(({ id, payload }) => [id, entryContentSchema.parse(payload)]))
  const invoiceIds = [...contents.values()].flatMap(content => content.invoiceIds)
  const invoices = await db.invoice.findMany({ where: { id: { in: invoiceIds } }, select: { id: true, number: true } })
  const people = await db.staff.findMany({ select: { id: true, name: true } })
  const nameOf = (id: number | null) => (id === null ? null : (people.find(person => person.id === id)?.name ?? `staff ${id}`))
  return rows.flatMap(({ id, debtorId, status, staffId, createdAt, decidedById, decidedAt }): EntryView[] => {
    const debtor = debtors.find(each => each.id === debtorId)
    const content = contents.get(id)
    if (!debtor || !content) return []
    const numbers = invoices.filter(invoice => content.invoiceIds.includes(invoice.id)).map(({ number }) => number)
    const who = { by: nameOf(staffId) ?? '', byId: staffId, at: createdAt, decidedBy: nameOf(decidedById), decidedAt }
    return [{ id, debtor, content, invoices: numbers, status: status as EntryStatus, ...who }]
  })
}
