import { type Db } from '#platform'
import { type Criterion, type CriterionValue, criterionValueSchema } from '../values/criteria.ts'
import { isSameTold } from './told-value.ts'

/** The rule that an alert names which came of a mail alone. */
export const mailRule = 'bureau-mail'

/** How far apart mail and interface may tell of one change: mails were seen to leave a day later, and events may be stored late. */
export const mergeDays = 7

export const mergeFrom = (at: Date): Date => new Date(at.getTime() - mergeDays * 86_400_000)

/** The alerts about a company that came of a mail in the last days; `tells`: whether one was about this value of this criterion. */
export async function toldByMail(
  tx: Db,
  companyId: number,
  now: Date,
): Promise<{ administrationId: number; party: string; tells: (criterion: Criterion, value: CriterionValue) => boolean }[]> {
  const alerts = await tx.creditAlert.findMany({ where: { companyId, rule: mailRule, raisedAt: { gte: mergeFrom(now) } } })
  return alerts.map(({ administrationId, party, criterion: told, value }) => {
    const known = criterionValueSchema.parse(value)
    return { administrationId, party, tells: (criterion, given) => criterion === told && isSameTold(criterion, known, given) }
  })
}
