import type { Db } from '#platform'

/** What joining wrote, so that it can be taken back. */
export type Joined = { groupId: number; isNew: boolean; debtorIds: number[] }

/** Puts debtors into a group, a new one where none is given; one that stands in another group meanwhile stays there. */
export async function joinGroup(tx: Db, { debtorIds, groupId, name }: { debtorIds: number[]; groupId: number | null; name: string }): Promise<Joined> {
  const free = await tx.debtor.findMany({ where: { id: { in: debtorIds }, groupId: null }, select: { id: true }, orderBy: { id: 'asc' } })
  const ids = free.map(({ id }) => id)
  const group = groupId ?? (await tx.debtorGroup.create({ data: { name: await freeName(tx, name) }, select: { id: true } })).id
  await tx.debtor.updateMany({ where: { id: { in: ids } }, data: { groupId: group } })
  return { groupId: group, isNew: groupId === null, debtorIds: ids }
}

/** Takes debtors out of a group that they were put into, and the group away when it was made for them and is empty. */
export async function leaveGroup(tx: Db, { groupId, isNew, debtorIds }: Joined): Promise<void> {
  await tx.debtor.updateMany({ where: { id: { in: debtorIds }, groupId }, data: { groupId: null } })
  if (isNew && (await tx.debtor.count({ where: { groupId } })) === 0) await tx.debtorGroup.deleteMany({ where: { id: groupId } })
}

/** The name, or the first that is free with a number behind it: each group has a name of its own. */
async function freeName(tx: Db, name: string): Promise<string> {
  const taken = new Set((await tx.debtorGroup.findMany({ where: { name: { startsWith: name } }, select: { name: true } })).map(group => group.name))
  let free = name
  for (let next = 2; taken.has(free); next += 1) free = `${name} (${next})`
  return free
}
