import type { Db } from '#platform'

/** Whether a bureau says of one of these debtors that it is insolvent. */
export async function tellsInsolvency(db: Db, debtorIds: readonly number[]): Promise<boolean> {
  const company = { links: { some: { debtorId: { in: [...debtorIds] } } } }
  return (await db.creditValue.count({ where: { criterion: 'insolvency', NOT: { value: { path: ['is'], equals: 'none' } }, company } })) > 0
}
