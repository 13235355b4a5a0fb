import { type Clock, type Db, toInstant } from '#platform'

/** Whether amounts of this administration are too old to be told to anybody: never imported, or longer ago than `maxAgeHours`. */
export async function isLedgerStale(db: Db, administrationId: number, clock: Clock, maxAgeHours: number): Promise<boolean> {
  const administration = await db.administration.findUnique({ where: { id: administrationId }, select: { importedAt: true } })
  if (!administration?.importedAt) return true
  const age = clock.now().epochMilliseconds - toInstant(administration.importedAt).epochMilliseconds
  return age > maxAgeHours * 3_600_000
}

export type StaleAdministration = { id: number; code: string; name: string; importedAt: Date | null }

/** The administrations whose newest import is older than `maxAgeHours` (or that never had one), for the notice to operators. */
export async function staleAdministrations(db: Db, clock: Clock, maxAgeHours: number): Promise<StaleAdministration[]> {
  const before = new Date(clock.now().epochMilliseconds - maxAgeHours * 3_600_000)
  return db.administration.findMany({
    where: { OR: [{ importedAt: null }, { importedAt: { lt: before } }] },
    orderBy: { code: 'asc' },
    select: { id: true, code: true, name: true, importedAt: true },
  })
}
