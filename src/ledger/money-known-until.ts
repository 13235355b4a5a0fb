import { Temporal } from 'temporal-polyfill'
import { type Db, toInstant, toPlainDate } from '#platform'

/** The day up to which payments of an administration are known: of its newest statement or its newest import; long ago where there is neither. */
export async function moneyKnownUntil(
  tx: Db,
  { id, importedAt, timeZone }: { id: number; importedAt: Date | null; timeZone: string },
): Promise<Temporal.PlainDate> {
  const newest = await tx.bankStatement.aggregate({ where: { account: { administrationId: id } }, _max: { closedOn: true } })
  const days = [
    ...(newest._max.closedOn ? [toPlainDate(newest._max.closedOn)] : []),
    ...(importedAt ? [toInstant(importedAt).toZonedDateTimeISO(timeZone).toPlainDate()] : []),
  ]
  return days.toSorted((a, b) => Temporal.PlainDate.compare(b, a))[0] ?? Temporal.PlainDate.from('0001-01-01')
}
