import type { Temporal } from 'temporal-polyfill'
import type { Db, Prisma } from '#platform'
import { type AgedBalance, agingByDebtor, agingOf } from './aging.ts'

export type GroupEntity = { debtorId: number; administration: string; number: string; name: string; balances: AgedBalance[] }

/** A central file: its debtors, in whichever administrations, each with its own open amounts, and the sum of them per currency. `leadId`: who is written to for all. */
export type GroupView = { id: number; name: string; leadId: number | null; entities: GroupEntity[]; balances: AgedBalance[] }

/** The group on a day, entities by administration and number, narrowed to `seen`; null when there is no such group. */
export async function viewGroup(db: Db, groupId: number, today: Temporal.PlainDate, seen: Prisma.DebtorWhereInput = {}): Promise<GroupView | null> {
  const select = { id: true, number: true, name: true, administration: { select: { code: true } } }
  const orderBy = [{ administration: { code: 'asc' as const } }, { number: 'asc' as const }]
  const group = await db.debtorGroup.findUnique({
    where: { id: groupId },
    select: { id: true, name: true, leadId: true, debtors: { where: seen, select, orderBy } },
  })
  if (!group) return null
  const scope = { groupId, debtorIds: group.debtors.map(({ id }) => id) }
  const byDebtor = await agingByDebtor(db, today, scope)
  const entities = group.debtors.map(({ id, number, name, administration }) => ({
    debtorId: id,
    administration: administration.code,
    number,
    name,
    balances: byDebtor.get(id) ?? [],
  }))
  return { id: group.id, name: group.name, leadId: group.leadId, entities, balances: await agingOf(db, today, scope) }
}
