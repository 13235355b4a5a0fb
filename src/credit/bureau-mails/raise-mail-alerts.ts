import { type Db, Prisma } from '#platform'
import { alertParty, channelFor } from '../alerts/alert-channels.ts'
import { type Criterion, type CriterionValue, criterionValueSchema } from '../values/criteria.ts'
import type { MailParty } from './find-parties.ts'
import type { Telling } from './read-bureau-mail.ts'
import { mailRule, mergeFrom } from './told-by-mail.ts'
import { isSameTold, toldValue } from './told-value.ts'

type RaiseOptions = { now: Date; supplierChannel: string }

/**
 * Raises alerts of what a mail of the bureau's web tool tells about a company that Duncan does not watch, at once and whatever the rules say:
 * somebody wanted to hear of it. Not of what was told in the last days, by whichever way. Returns their ids.
 */
export async function raiseMailAlerts(tx: Db, { now, supplierChannel }: RaiseOptions, { companyId, debtorIds }: MailParty, tellings: Telling[]) {
  const debtors = await tx.debtor.findMany({ where: { id: { in: debtorIds } }, select: { administrationId: true, partyType: true } })
  const told = await tx.creditAlert.findMany({ where: { companyId, raisedAt: { gte: mergeFrom(now) } } })
  const data: Prisma.CreditAlertCreateManyInput[] = []
  for (const own of Map.groupBy(debtors, ({ administrationId, partyType }) => `${administrationId} ${alertParty(partyType)}`).values()) {
    const [first] = own
    if (!first) continue
    const { administrationId, party } = { ...first, party: alertParty(first.partyType) }
    for (const telling of tellings) {
      const { criterion } = telling
      if (!criterion) continue
      const value = valueOf(criterion, telling)
      const isTold = told.some(
        alert =>
          alert.administrationId === administrationId &&
          alert.party === party &&
          alert.criterion === criterion &&
          isSameTold(criterion, criterionValueSchema.parse(alert.value), value),
      )
      if (isTold) continue
      const before = toldValue(criterion, telling.before) ?? Prisma.DbNull
      const fact = `mail ${criterion} ${telling.value ?? telling.rule} ${now.toISOString().slice(0, 10)}`.slice(0, 300)
      const channel = channelFor(party, supplierChannel)
      data.push({ companyId, administrationId, party, criterion, rule: mailRule, urgency: 'now', channel, before, value, fact, raisedAt: now })
    }
  }
  const raised = await tx.creditAlert.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } })
  return raised.map(({ id }) => id)
}

/** What cannot be read as a value stands in the mail's words. */
const valueOf = (criterion: Criterion, { value, rule }: Telling): CriterionValue => toldValue(criterion, value) ?? { is: 'text', text: value ?? rule }
