import { type Clock, type Db, toInstant } from '#platform'

/** Whether amounts of this administration are too old to be told to anybody: never imported, or longer ago than `maxAgeHours`. */
export async function isLedgerStale(db: Db, administrationId: number, clock: Clock, maxAgeHours: number): Promise<boolean> {
  const administration = await db.administration.findUnique({ where: { id: administrationId }, select: { importedAt: true } })
  return isImportTooOld(administration?.importedAt ?? null, clock, maxAgeHours)
}

/** Whether amounts of an administration that was last imported at this moment (null: never) are too old to be told to anybody. */
export function isImportTooOld(importedAt: Date | null, clock: Clock, maxAgeHours: number): boolean {
  if (!importedAt) return true
  const age = clock.now().epochMilliseconds - toInstant(importedAt).epochMilliseconds
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
