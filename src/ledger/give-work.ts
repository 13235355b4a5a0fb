import type { Db } from '#platform'

/**
 * Gives debtors of one collector (by short name) to another; returns the ids of those that were still that collector's. The imported value
 * beside it stays, so that the change holds until the import itself brings another one.
 */
export async function giveDebtors(tx: Db, ids: readonly number[], { from, to, now }: { from: string; to: string; now: Date }): Promise<number[]> {
  const given = await tx.$queryRaw<{ id: number }[]>`UPDATE "Debtor" SET collector = ${to}, "updatedAt" = ${now}
    WHERE id = ANY(${[...ids]}::int[]) AND lower(collector) = ${from} RETURNING id`
  return given.map(({ id }) => id).toSorted((a, b) => a - b)
}

/** Gives open tasks of one colleague to another, by their ids; returns the ids of those that were still open and theirs. */
export async function giveTasks(tx: Db, ids: readonly number[], { from, to }: { from: number; to: number }): Promise<number[]> {
  const given = await tx.task.updateManyAndReturn({
    where: { id: { in: [...ids] }, assigneeId: from, status: 'open' },
    data: { assigneeId: to },
    select: { id: true },
  })
  return given.map(({ id }) => id).toSorted((a, b) => a - b)
}
