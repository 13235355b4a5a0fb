import { coversToday, type Staff, sightOf } from '#people'
import { Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import type { CommandDeps } from './registry.ts'

/** Whose work a person does today: their own, and that of whom they cover. */
export async function ownersActedFor({ client, clock, context }: Pick<CommandDeps, 'client' | 'clock' | 'context'>, staff: Staff): Promise<number[]> {
  const covers = await coversToday(client, clock, context.format.timeZone)
  return [staff.id, ...[...covers].flatMap(([absent, actor]) => (actor === staff.id ? [absent] : []))]
}

/**
 * What waits for a decision in somebody's sight; with `owners`, what these own and what nobody does, without what this person has voted
 * on: that waits for somebody else.
 */
export function waitingFor(staff: Staff, owners: number[] | undefined): Prisma.Sql {
  const owned = owners
    ? Prisma.sql`(p."ownerId" IS NULL OR p."ownerId" = ANY(${owners}::int[])) AND p."firstVoteById" IS DISTINCT FROM ${staff.id}`
    : Prisma.sql`TRUE`
  return Prisma.sql`p.status IN ('open', 'awaiting_second') AND ${owned} AND ${proposalInSight(sightOf(staff), Prisma.raw('p'))}`
}
