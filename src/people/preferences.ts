import { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, type DbClient, fromInstant, recordAudit, type StaffPreferenceModel } from '#platform'

/** What a person chose for themselves; null: as the settings or the installation say. Times are HH:MM in their own time zone. */
export type Preference = Pick<StaffPreferenceModel, 'language' | 'quietFrom' | 'quietUntil' | 'digestAt'>

export const noPreference: Preference = { language: null, quietFrom: null, quietUntil: null, digestAt: null }

/** A person's own choices; nothing chosen where they never did. */
export async function readPreference(db: Db, staffId: number): Promise<Preference> {
  return (await db.staffPreference.findUnique({ where: { staffId } })) ?? noPreference
}

/** Keeps a person's own choices. Their language holds over the one in the settings. */
export async function savePreference({ client, clock }: { client: DbClient; clock: Clock }, staffId: number, chosen: Preference): Promise<void> {
  await client.$transaction(async tx => {
    const data = { ...chosen, updatedAt: fromInstant(clock.now()) }
    await tx.staffPreference.upsert({ where: { staffId }, create: { staffId, ...data }, update: data })
    if (chosen.language) await tx.staff.update({ where: { id: staffId }, data: { language: chosen.language } })
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'staff.preference_saved', subject: `staff:${staffId}`, detail: { ...chosen } })
  })
}

/** The end of the quiet hours that `now` lies in, in the person's time zone (IANA name); undefined when it lies in none. */
export function quietUntil({ quietFrom, quietUntil: until }: Preference, now: Temporal.Instant, timeZone: string): Temporal.Instant | undefined {
  if (!quietFrom || !until || quietFrom === until) return undefined
  const local = now.toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const isOverNight = quietFrom > until
  const isQuiet = isOverNight ? time >= quietFrom || time < until : time >= quietFrom && time < until
  if (!isQuiet) return undefined
  const day = isOverNight && time >= quietFrom ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(until) }).toInstant()
}
