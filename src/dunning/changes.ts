import { type Db, Prisma } from '#platform'

/**
 * Notes that something changed on which the places of these debtors' items rest, in the transaction of the change: their waiting actions are
 * looked at again and their next days worked out anew as soon as it stands.
 */
export async function noteChange(tx: Db, debtorIds: readonly number[]): Promise<void> {
  if (debtorIds.length === 0) return
  await tx.$executeRaw`INSERT INTO "DunningChange" ("debtorId") SELECT DISTINCT unnest(${[...debtorIds]}::int[])`
}

/** The same of all debtors of central files: of who joined or leaves one, or of who leads it. */
export async function noteGroupChange(tx: Db, groupIds: readonly number[]): Promise<void> {
  await tx.$executeRaw`INSERT INTO "DunningChange" ("debtorId") SELECT id FROM "Debtor" WHERE "groupId" = ANY(${[...groupIds]}::int[])`
}

/** The same of everybody whose items an import changed, or who waits to hear otherwise than its central file does by now. Returns how many debtors. */
export const noteImport = (db: Db, importRunId: number): Promise<number> =>
  db.$executeRaw`INSERT INTO "DunningChange" ("debtorId") SELECT "debtorId" FROM "Invoice" WHERE "importRunId" = ${importRunId}
    UNION SELECT n."debtorId" FROM "DunningItem" n JOIN "DunningAction" a ON a.id = n."actionId" JOIN "Debtor" d ON d.id = n."debtorId" JOIN "Debtor" led ON led.id = a."debtorId"
      WHERE a."groupId" IS DISTINCT FROM d."groupId" OR led."groupId" IS DISTINCT FROM d."groupId"`

/** Changes that were noted and not followed: the debtors, and `done` once they were. */
type Changes = { debtorIds: number[]; done: () => Promise<void> }

const atOnce = 5_000 // an import may change everybody: queries take no list of any length

/** What was noted first, to be asked for again until nothing is left. */
export async function changesToFollow(db: Db): Promise<Changes> {
  const rows = await db.$queryRaw<{ id: number; debtorId: number }[]>`SELECT id, "debtorId" FROM "DunningChange" ORDER BY id LIMIT ${atOnce}`
  const ids = rows.map(({ id }) => id)
  return {
    debtorIds: [...new Set(rows.map(({ debtorId }) => debtorId))],
    done: async () => void (await db.$executeRaw(Prisma.sql`DELETE FROM "DunningChange" WHERE id = ANY(${ids}::int[])`)),
  }
}
