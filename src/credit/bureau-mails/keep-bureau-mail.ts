import { type Clock, type Db, type DbClient, fromInstant, type Queue } from '#platform'
import { alertRaised } from '../alerts/raise-alerts.ts'
import { creditsafeNumbers } from '../bureaus/creditsafe/countries/index.ts'
import type { CreditRules } from '../rules.ts'
import type { Criterion } from '../values/criteria.ts'
import { hardStops } from './criterion-words.ts'
import { findParties, type MailParty } from './find-parties.ts'
import { isStanding } from './is-standing.ts'
import { raiseMailAlerts } from './raise-mail-alerts.ts'
import { readBureauMail, type Telling } from './read-bureau-mail.ts'
import { mergeFrom } from './told-by-mail.ts'

export type KeepMailDeps = {
  client: DbClient
  clock: Clock
  queue: Pick<Queue, 'sendMany'>
  rules: CreditRules
}

/** The one bureau that writes such mails. */
const sender = { bureau: 'creditsafe', numbers: creditsafeNumbers }

/** Whether a mail address is of the bureau's domains, or below them. It proves nothing: whoever sends a mail writes its sender. */
export function isBureauAddress({ mailDomains }: Pick<CreditRules, 'mailDomains'>, address: string | null): boolean {
  const [, domain = ''] = /@([^@]+)$/.exec(address?.toLowerCase() ?? '') ?? []
  return mailDomains.some(own => domain === own || domain.endsWith(`.${own}`))
}

/** A mail of the bureau that has proved to be one. */
export type BureauMail = { messageId: number; receivedAt: Date; subject: string; text: string; html: string | undefined }

/**
 * `isWhole`: each company in it is a debtor's, so that nothing is left for a person to sort out. `asksNow`: it tells of something that
 * cannot wait for the night. `debtorIds`: of whom it tells.
 */
export type KeptMail = { isWhole: boolean; asksNow: boolean; debtorIds: number[] }

/**
 * Keeps what an alert mail of the bureau tells, once however often it is called. It changes no value. What it says of a monitored company has a
 * report asked for, unless it stands already; of a debtor's company that is not monitored (somebody watches it in the bureau's web tool), and
 * of what no report tells, it raises an alert itself. `isWhole` is false where a company is nobody's, or nothing could be read.
 */
export async function keepBureauMail(deps: KeepMailDeps, mail: BureauMail): Promise<KeptMail> {
  const tellings = readBureauMail(mail, deps.rules.link)
  const kept: KeptMail = { isWhole: tellings.length > 0, asksNow: false, debtorIds: [] }
  if (tellings.length === 0) return kept
  await deps.client.$transaction(async tx => {
    for (const [bureauId, own] of Map.groupBy(tellings, telling => telling.bureauId)) {
      const party = await findParties(tx, { ...sender, clock: deps.clock }, bureauId, own)
      if (!party) {
        kept.isWhole = false
        continue
      }
      await keepEvents(tx, mail, party, own)
      kept.debtorIds.push(...party.debtorIds)
      const values = await tx.creditValue.findMany({ where: { companyId: party.companyId } })
      const news = own.filter(({ criterion, value }) => criterion && !isStanding(values, criterion, value, mail.receivedAt))
      // Not every country's reports tell of everything: what they are silent about, the mail alone can tell.
      const isAnswered = ({ criterion }: Telling) => party.isMonitored && (values.length === 0 || values.some(row => row.criterion === criterion))
      const asked = news.filter(isAnswered)
      if (asked.length > 0) await tx.creditCompany.update({ where: { id: party.companyId }, data: { reportOwed: true } })
      kept.asksNow ||= asked.some(({ criterion }) => hardStops.some(stop => stop === criterion))
      await tell(
        tx,
        deps,
        party,
        news.filter(telling => !isAnswered(telling)),
      )
      const known = own.filter(telling => !news.includes(telling)).flatMap(({ criterion }) => criterion ?? [])
      await redraw(tx, deps, { companyId: party.companyId, criteria: known, since: mergeFrom(mail.receivedAt) })
      if (!party.isMonitored && own.every(({ criterion }) => !criterion)) kept.isWhole = false
    }
  })
  return kept
}

async function keepEvents(tx: Db, { messageId, receivedAt }: BureauMail, { companyId }: MailParty, tellings: Telling[]): Promise<void> {
  const data = tellings.map(({ bureauId, criterion, rule, before, value }, index) => ({
    bureau: sender.bureau,
    eventId: `mail:${messageId}:${bureauId}:${index}`,
    companyId,
    bureauId,
    rule,
    criterion: criterion ?? null,
    oldValue: before ?? null,
    newValue: value ?? null,
    happenedAt: receivedAt,
    source: 'mail',
    messageId,
  }))
  await tx.creditEvent.createMany({ data, skipDuplicates: true })
}

async function tell(tx: Db, { clock, queue, rules }: KeepMailDeps, party: MailParty, tellings: Telling[]): Promise<void> {
  const raised = await raiseMailAlerts(tx, { now: fromInstant(clock.now()), supplierChannel: rules.supplierChannel }, party, tellings)
  await queue.sendMany(
    tx,
    alertRaised,
    raised.map(alertId => ({ alertId })),
  )
}

/** Cards of alerts that said the same days before are drawn anew: now they say that a mail did, too. */
async function redraw(
  tx: Db,
  { queue }: KeepMailDeps,
  { companyId, criteria, since }: { companyId: number; criteria: Criterion[]; since: Date },
): Promise<void> {
  const alerts = await tx.creditAlert.findMany({
    where: { companyId, urgency: 'now', criterion: { in: criteria }, raisedAt: { gte: since } },
    select: { id: true },
  })
  await queue.sendMany(
    tx,
    alertRaised,
    alerts.map(({ id }) => ({ alertId: id })),
  )
}
