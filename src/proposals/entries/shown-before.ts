import { type Db, Prisma } from '#platform'
import { entryContentSchema } from './kinds/index.ts'

/** What was proposed for a debtor's master data before: decided on, and waiting now; each as `field value`. */
export type ShownMasterData = { decided: Set<string>; waiting: Set<string> | undefined }

/** What people were shown of these debtors' master data, by debtor: what they decided on once is not asked again. */
export async function shownMasterData(db: Db, debtorIds: readonly number[]): Promise<Map<number, ShownMasterData>> {
  const entries = await db.debtorEntry.findMany({
    where: { debtorId: { in: [...debtorIds] }, kind: 'master_data', status: { not: 'superseded' } },
    orderBy: { id: 'asc' },
  })
  const shown = new Map<number, ShownMasterData>()
  for (const { debtorId, payload, status } of entries) {
    const content = entryContentSchema.parse(payload)
    const values = content.kind === 'master_data' ? content.changes.map(({ field, to }) => `${field} ${to}`) : []
    const of = shown.get(debtorId) ?? { decided: new Set<string>(), waiting: undefined }
    const isWaiting = status === 'proposed' || status === 'awaiting_second'
    shown.set(debtorId, isWaiting ? { ...of, waiting: new Set(values) } : { ...of, decided: new Set([...of.decided, ...values]) })
  }
  return shown
}

/** How many entries of a kind wait for a decision, and the debtors that they are about. */
export async function waitingDebtors(db: Db, kind: 'master_data' | 'group', administrationId?: number): Promise<{ count: number; debtorIds: Set<number> }> {
  const rows = await db.debtorEntry.findMany({ where: { kind, status: { in: ['proposed', 'awaiting_second'] } }, select: { debtorId: true, payload: true } })
  const within =
    administrationId === undefined
      ? undefined
      : new Set(
          (await db.debtor.findMany({ where: { id: { in: rows.map(({ debtorId }) => debtorId) }, administrationId }, select: { id: true } })).map(
            ({ id }) => id,
          ),
        )
  const own = rows.filter(({ debtorId }) => !within || within.has(debtorId))
  const debtorIds = own.flatMap(({ debtorId, payload }) => {
    const content = entryContentSchema.parse(payload)
    return content.kind === 'group' ? content.debtorIds : [debtorId]
  })
  return { count: own.length, debtorIds: new Set(debtorIds) }
}

/** The keys of the facts that entries of a kind were opened for, whatever became of them. */
export async function openedKeys(db: Db, kind: 'group'): Promise<Set<string>> {
  const rows = await db.debtorEntry.findMany({ where: { kind, why: { not: Prisma.DbNull } }, select: { formKey: true } })
  return new Set(rows.map(({ formKey }) => formKey))
}
