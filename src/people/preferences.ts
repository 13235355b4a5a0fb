import { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, type DbClient, fromInstant, fromPlainDate, recordAudit, type StaffPreferenceModel } from '#platform'

/** What a person chose for themselves; null: as the installation says, and no quiet hours or morning list. Times are HH:MM in their own time zone. */
export type Preference = Pick<StaffPreferenceModel, 'language' | 'quietFrom' | 'quietUntil' | 'digestAt' | 'decisionsByMail'>

/** Who chose nothing gets the morning list, before the day's work. */
export const noPreference: Preference = { language: null, quietFrom: null, quietUntil: null, digestAt: '08:30', decisionsByMail: false }

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

/** What stands on a person's own page: a view, and the tiles that they chose in its place; null and empty: as their role has it. */
export type OwnPage = { view: string | null; tiles: string[] }

/** The own page as a person chose it. */
export async function readOwnPage(db: Db, staffId: number): Promise<OwnPage> {
  return (await db.staffPreference.findUnique({ where: { staffId }, select: { view: true, tiles: true } })) ?? { view: null, tiles: [] }
}

/** Keeps what a person wants on their own page. */
export async function saveOwnPage({ client, clock }: { client: DbClient; clock: Clock }, staffId: number, chosen: OwnPage): Promise<void> {
  await client.$transaction(async tx => {
    const data = { ...chosen, updatedAt: fromInstant(clock.now()) }
    await tx.staffPreference.upsert({ where: { staffId }, create: { staffId, ...data }, update: data })
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'staff.page_saved', subject: `staff:${staffId}`, detail: { ...chosen } })
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

/** Whether somebody works on a day. */
export type WorksOn = (day: Temporal.PlainDate) => boolean

const noon = '12:00'
/** What waited for the quiet hours to end comes this much after the morning list, which takes it in; without a list it comes by itself. */
const afterList = { minutes: 10 }
const mostDaysOff = 60

/**
 * Until when nothing is pushed to a person who is not to be disturbed now; undefined when they may be. Days off are quiet for who chose
 * quiet hours. What waits over night waits for the morning list, where there is one before noon.
 */
export function restUntil(preference: Preference, now: Temporal.Instant, timeZone: string, worksOn: WorksOn): Temporal.Instant | undefined {
  const { quietFrom, quietUntil: until, digestAt } = preference
  if (!quietFrom || !until || quietFrom === until) return undefined
  const ends = quietUntil(preference, now, timeZone) ?? now
  const day = ends.toZonedDateTimeISO(timeZone).toPlainDate()
  const works = nextWorkingDay(day, worksOn)
  const at = works.equals(day) ? ends : works.toZonedDateTime({ timeZone, plainTime: until }).toInstant()
  if (at.equals(now)) return undefined
  if (!digestAt || digestAt >= noon) return at
  const list = works.toZonedDateTime({ timeZone, plainTime: digestAt }).toInstant().add(afterList)
  return Temporal.Instant.compare(list, at) > 0 ? list : at
}

/** The first working day from a day on; the day itself where there is none. */
export function nextWorkingDay(day: Temporal.PlainDate, worksOn: WorksOn): Temporal.PlainDate {
  // A calendar without any working day must not be waited for for ever.
  for (let days = 0; days < mostDaysOff; days++) if (worksOn(day.add({ days }))) return day.add({ days })
  return day
}

/** The last working day before a day; the day before where there is none. */
export function lastWorkingDay(day: Temporal.PlainDate, worksOn: WorksOn): Temporal.PlainDate {
  for (let days = 1; days < mostDaysOff; days++) if (worksOn(day.subtract({ days }))) return day.subtract({ days })
  return day.subtract({ days: 1 })
}

/**
 * The day whose morning list is due to a person now, in their time zone (IANA name). A list that could not come at its time comes later
 * until noon, and for an hour where it was to come after eleven; then the day has none.
 */
export function digestDue({ digestAt }: Preference, now: Temporal.Instant, timeZone: string, worksOn: WorksOn): Temporal.PlainDate | undefined {
  if (!digestAt) return undefined
  const local = now.toZonedDateTimeISO(timeZone)
  const [time, from] = [local.toPlainTime(), Temporal.PlainTime.from(digestAt)]
  const isBefore = Temporal.PlainTime.compare(time, from) < 0
  const isLate = Temporal.PlainTime.compare(time, Temporal.PlainTime.from(noon)) >= 0 && time.since(from).total('minutes') >= 60
  return isBefore || isLate || !worksOn(local.toPlainDate()) ? undefined : local.toPlainDate()
}

/** Takes the morning list of a day, once whoever asks; false when it was taken before. */
export async function takeDigest(tx: Db, staffId: number, day: Temporal.PlainDate): Promise<boolean> {
  const digestOn = fromPlainDate(day)
  await tx.staffPreference.createMany({ data: [{ staffId }], skipDuplicates: true }) // who never chose
  const { count } = await tx.staffPreference.updateMany({ where: { staffId, OR: [{ digestOn: null }, { digestOn: { lt: digestOn } }] }, data: { digestOn } })
  return count === 1
}
