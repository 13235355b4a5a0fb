import { debtorInSight, mailInSight, type Sight, type Staff, seesAll, sightOf } from '#people'
import { type Db, Prisma } from '#platform'
import { isId } from './store.ts'

/**
 * An SQL condition on a row of "Proposal", given its alias: its mail and its debtor are in sight, and so are the mails that actions
 * were carried over from, whose words its card quotes.
 */
export function proposalInSight(sight: Sight, proposal: Prisma.Sql): Prisma.Sql {
  if (seesAll(sight)) return Prisma.sql`TRUE`
  const mail = Prisma.raw('seen_mail')
  return Prisma.sql`(${debtorInSight(sight, Prisma.sql`${proposal}."debtorId"`)}
    AND EXISTS (SELECT 1 FROM "Message" seen_mail WHERE seen_mail.id = ${proposal}."messageId" AND ${mailInSight(sight, mail)})
    AND NOT EXISTS (SELECT 1 FROM "ProposedAction" seen_action JOIN "Message" seen_mail ON seen_mail.id = seen_action."messageId"
      WHERE seen_action."proposalId" = ${proposal}.id AND NOT ${mailInSight(sight, mail)}))`
}

/** Of these proposals, those in sight. */
export async function proposalsInSight(db: Db, sight: Sight, ids: readonly number[]): Promise<Set<number>> {
  const possible = ids.filter(isId)
  if (possible.length === 0 || seesAll(sight)) return new Set(possible)
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM "Proposal" p WHERE p.id = ANY(${possible}::int[]) AND ${proposalInSight(sight, Prisma.raw('p'))}`
  return new Set(rows.map(({ id }) => id))
}

/** Who of these people sees which of these proposals; people with the same sight are looked up once. */
export async function whoSees(db: Db, staff: readonly Staff[], ids: readonly number[]): Promise<(person: Staff, proposalId: number) => boolean> {
  const seen = new Map<string, Set<number>>()
  for (const person of staff) {
    const sight = JSON.stringify(sightOf(person))
    if (!seen.has(sight)) seen.set(sight, await proposalsInSight(db, sightOf(person), ids))
  }
  return (person, proposalId) => seen.get(JSON.stringify(sightOf(person)))?.has(proposalId) ?? false
}
