import { type Db, type Prisma } from '#platform'
import { type Criterion, criteria, criterionValueSchema, isSameValue } from '../values/criteria.ts'
import { mergeDays, mergeFrom } from './told-by-mail.ts'
import { isSameTold, toldValue } from './told-value.ts'

type StoredValue = { companyId: number; criterion: string; value: Prisma.JsonValue; since: Date }

/** Whether what a mail or an event says of a criterion stands already. Words of a mail and of a report are never the same: of them it counts that something changed in those days. */
export function isStanding(values: readonly StoredValue[], criterion: Criterion, told: string | undefined, at: Date): boolean {
  const row = values.find(each => each.criterion === criterion)
  if (!row) return false
  const [stored, value] = [criterionValueSchema.parse(row.value), toldValue(criterion, told)]
  const isComparable = value !== undefined && (value.is !== 'text' || criterion === 'international_rating')
  return isComparable ? isSameValue(stored, value) : stored.is !== 'none' && row.since >= mergeFrom(at)
}

type ToldEvent = { id: number; companyId: number | null; criterion: string | null; newValue: string | null; happenedAt: Date }

/** Of events that the interface tells now, the ids of those that a mail told before and a report has answered since: they ask for no other report. */
export async function settledByMail(tx: Db, events: readonly ToldEvent[]): Promise<Set<number>> {
  const companyId = { in: [...new Set(events.flatMap(event => event.companyId ?? []))] }
  const mails = await tx.creditEvent.findMany({ where: { companyId, source: 'mail' } })
  if (mails.length === 0) return new Set()
  const values = await tx.creditValue.findMany({ where: { companyId } })
  const isSettled = ({ companyId: of, criterion: told, newValue, happenedAt }: ToldEvent): boolean => {
    const criterion = criteria.find(each => each === told)
    if (!criterion) return false
    const isMailed = mails.some(
      mail =>
        mail.companyId === of &&
        mail.criterion === criterion &&
        Math.abs(mail.happenedAt.getTime() - happenedAt.getTime()) <= mergeDays * 86_400_000 &&
        isSameTold(criterion, toldValue(criterion, mail.newValue ?? undefined), toldValue(criterion, newValue ?? undefined)),
    )
    const own = values.filter(value => value.companyId === of)
    return isMailed && isStanding(own, criterion, newValue ?? undefined, happenedAt)
  }
  return new Set(events.filter(isSettled).map(({ id }) => id))
}
