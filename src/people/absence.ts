import type { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, type DbClient, fromInstant, fromPlainDate, recordAudit, type StaffAbsenceModel, toPlainDate } from '#platform'
import { may } from './rights.ts'
import { sightCovers, sightOf } from './sight.ts'
import type { Staff } from './staff.ts'

/** `timeZone`: the installation's, for people who have none of their own (IANA name). */
export type AbsenceDeps = { client: DbClient; clock: Clock; timeZone: string }

/** Both days count; they are days where the absent person lives. */
export type PlannedAbsence = { staffId: number; coverId: number; from: Temporal.PlainDate; until: Temporal.PlainDate }

export type AbsenceRefusal = 'self' | 'cover_may_not_decide' | 'cover_sees_less' | 'past' | 'backwards' | 'overlaps'
export type AbsenceOutcome = { kind: 'planned'; absenceId: number } | { kind: 'refused'; why: AbsenceRefusal }

/** Records that somebody is away and who does their work meanwhile. `by`: who says so, on which surface. */
export async function planAbsence(deps: AbsenceDeps, planned: PlannedAbsence, by: { staffId: number; surface: string }): Promise<AbsenceOutcome> {
  const { staffId, coverId, from, until } = planned
  return deps.client.$transaction<AbsenceOutcome>(async tx => {
    // Two absences of one person must not be recorded side by side.
    await tx.$queryRaw`SELECT id FROM "Staff" WHERE id = ${staffId} FOR UPDATE`
    const [absent, cover] = [await tx.staff.findUniqueOrThrow({ where: { id: staffId } }), await tx.staff.findUniqueOrThrow({ where: { id: coverId } })]
    const why = refusal(deps, planned, absent, cover) ?? ((await overlapping(tx, planned)) ? 'overlaps' : undefined)
    if (why) return { kind: 'refused', why }
    const days = { from: fromPlainDate(from), until: fromPlainDate(until) }
    const { id } = await tx.staffAbsence.create({ data: { staffId, coverId, ...days, surface: by.surface, createdAt: fromInstant(deps.clock.now()) } })
    await recordAudit(tx, {
      actor: `staff:${by.staffId}`,
      event: 'absence.planned',
      subject: `staff:${staffId}`,
      detail: { absence: id, cover: coverId, from: from.toString(), until: until.toString(), surface: by.surface },
    })
    return { kind: 'planned', absenceId: id }
  })
}

function refusal({ clock, timeZone }: AbsenceDeps, { from, until }: PlannedAbsence, absent: Staff, cover: Staff): AbsenceRefusal | undefined {
  if (absent.id === cover.id) return 'self'
  if (!may(cover, 'decide')) return 'cover_may_not_decide'
  // What the cover does not see would lie with nobody.
  if (!sightCovers(sightOf(cover), sightOf(absent))) return 'cover_sees_less'
  if (from.since(until).sign > 0) return 'backwards'
  return clock.today(absent.timeZone ?? timeZone).since(until).sign > 0 ? 'past' : undefined
}

async function overlapping(tx: Db, { staffId, from, until }: PlannedAbsence): Promise<boolean> {
  const where = { staffId, endedAt: null, from: { lte: fromPlainDate(until) }, until: { gte: fromPlainDate(from) } }
  return (await tx.staffAbsence.count({ where })) > 0
}

/** Ends a person's absences that last or are still to come; returns how many. The work comes back at once. */
export async function endAbsence({ client, clock }: AbsenceDeps, staffId: number, by: { staffId: number; surface: string }): Promise<number> {
  return client.$transaction(async tx => {
    const ended = await tx.staffAbsence.updateManyAndReturn({
      where: { staffId, endedAt: null, handedBackAt: null },
      data: { endedAt: fromInstant(clock.now()) },
    })
    for (const { id } of ended) {
      const detail = { absence: id, surface: by.surface }
      await recordAudit(tx, { actor: `staff:${by.staffId}`, event: 'absence.ended', subject: `staff:${staffId}`, detail })
    }
    return ended.length
  })
}

export type Absence = StaffAbsenceModel & { staff: Staff; cover: Staff; state: 'to_come' | 'away' | 'over' }

/** Absences that are not history yet: to come, going on, or over without the work having been handed back. */
export async function listAbsences(db: Db, clock: Clock, timeZone: string): Promise<Absence[]> {
  const rows = await db.staffAbsence.findMany({
    where: { handedBackAt: null },
    include: { staff: true, cover: true },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })
  return rows.map(row => ({ ...row, state: stateOf(row, clock.today(row.staff.timeZone ?? timeZone)) }))
}

function stateOf({ from, until, endedAt }: StaffAbsenceModel, today: Temporal.PlainDate): Absence['state'] {
  if (endedAt || today.since(toPlainDate(until)).sign > 0) return 'over'
  return today.since(toPlainDate(from)).sign < 0 ? 'to_come' : 'away'
}

/** From the first moment of an absence to its end, where the absent person lives; undefined when it was over before it began. */
export function absenceSpan({ staff, from, until, endedAt }: StaffAbsenceModel & { staff: Staff }, timeZone: string): { from: Date; until: Date } | undefined {
  const zone = staff.timeZone ?? timeZone
  const start = fromInstant(toPlainDate(from).toZonedDateTime(zone).toInstant())
  const end = endedAt ?? fromInstant(toPlainDate(until).add({ days: 1 }).toZonedDateTime(zone).toInstant())
  return start < end ? { from: start, until: end } : undefined
}

/** Notes that an absence has begun, or that its work was handed back; false when another process did so meanwhile. */
export async function markAbsence(db: Db, clock: Clock, absenceId: number, mark: 'begunAt' | 'handedBackAt'): Promise<boolean> {
  const { count } = await db.staffAbsence.updateMany({ where: { id: absenceId, [mark]: null }, data: { [mark]: fromInstant(clock.now()) } })
  return count === 1
}

/** Who does whose work today: ids of the absent, and of who acts for each. Covers who are away themselves hand on to their own. */
export async function coversToday(db: Db, clock: Clock, timeZone: string): Promise<Map<number, number>> {
  const away = (await listAbsences(db, clock, timeZone)).filter(({ state, cover }) => state === 'away' && may(cover, 'decide'))
  const next = new Map(away.map(({ staffId, coverId }) => [staffId, coverId]))
  return new Map(
    [...next.keys()].flatMap(id => {
      const last = follow(next, id)
      return last === undefined ? [] : [[id, last] as const]
    }),
  )
}

/** The end of the chain of covers; undefined when it goes round, so that the work stays where it is. */
function follow(next: Map<number, number>, from: number): number | undefined {
  const seen = new Set([from])
  let at = from
  for (;;) {
    const cover = next.get(at)
    if (cover === undefined) return at
    if (seen.has(cover)) return undefined
    seen.add(cover)
    at = cover
  }
}
