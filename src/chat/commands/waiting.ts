import { coversToday, type Staff, sightOf } from '#people'
import { Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import type { CommandDeps } from './registry.ts'

/** Whose work a person does today: their own, and that of whom they cover. */
export async function ownersActedFor({ client, clock, context }: Pick<CommandDeps, 'client' | 'clock' | 'context'>, staff: Staff): Promise<number[]> {
  const covers = await coversToday(client, clock, context.format.timeZone)
  return [staff.id, ...[...covers].flatMap(([absent, actor]) => (actor === staff.id ? [absent] : []))]
}

/** An SQL condition on proposals: those of `owners`, and with `orNobody` those that nobody owns; everybody's without owners. */
export function ownedBy(owners: number[] | undefined, orNobody: boolean): Prisma.Sql {
  if (!owners) return Prisma.sql`TRUE`
  const theirs = Prisma.sql`p."ownerId" = ANY(${owners}::int[])`
  return orNobody ? Prisma.sql`(p."ownerId" IS NULL OR ${theirs})` : theirs
}

/**
 * What waits for a decision in somebody's sight; with `owners`, what these own, and what nobody does, without what this person has voted
 * on: that waits for somebody else.
 */
export function waitingFor(staff: Staff, owners: number[] | undefined, orNobody = true): Prisma.Sql {
  const unvoted = owners ? Prisma.sql`p."firstVoteById" IS DISTINCT FROM ${staff.id}` : Prisma.sql`TRUE`
  const owned = Prisma.sql`${ownedBy(owners, orNobody)} AND ${unvoted}`
  return Prisma.sql`p.status IN ('open', 'awaiting_second') AND ${owned} AND ${seen(staff)}`
}

/** What awaits a second vote in somebody's sight, other than of their own making. */
export const secondVoteOf = (staff: Staff): Prisma.Sql => Prisma.sql`p.status = 'awaiting_second' AND ${seen(staff)}
  AND NOT EXISTS (SELECT 1 FROM "Decision" d WHERE d."proposalId" = p.id AND d."staffId" = ${staff.id})`

/** What sleeps in somebody's sight and comes back before their day is over. */
export function backToday({ clock, context }: Pick<CommandDeps, 'clock' | 'context'>, staff: Staff): Prisma.Sql {
  const zone = staff.timeZone ?? context.format.timeZone
  const endOfDay = new Date(clock.today(zone).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds)
  return Prisma.sql`p.status = 'snoozed' AND p."snoozedUntil" < ${endOfDay} AND ${seen(staff)}`
}

const seen = (staff: Staff): Prisma.Sql => proposalInSight(sightOf(staff), Prisma.raw('p'))
