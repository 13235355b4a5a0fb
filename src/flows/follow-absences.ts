import { type Absence, absenceSpan, listAbsences, markAbsence } from '#people'
import type { Clock, DbClient, Queue } from '#platform'
import { proposalChanged } from '#proposals'

export type AbsenceDeps = {
  client: DbClient
  queue: Pick<Queue, 'send'>
  clock: Clock
  /** The installation's, for people who have none of their own (IANA name). */
  timeZone: string
  posts: { postHandBack: (absenceId: number) => Promise<unknown> }
}

/** The story of an absence: when it begins, the cards of the absent person name the cover; when it is over, they are told what was done. */
export async function followAbsences(deps: AbsenceDeps): Promise<void> {
  const { client, clock, timeZone, posts } = deps
  for (const absence of await listAbsences(client, clock, timeZone)) {
    if (absence.state === 'away' && absence.begunAt === null) await begin(deps, absence)
    if (absence.state !== 'over') continue
    // The post is one per absence: told again after a crash, it is the same one.
    if (absenceSpan(absence, timeZone)) await posts.postHandBack(absence.id)
    if (await markAbsence(client, clock, absence.id, 'handedBackAt')) await redrawCards(deps, absence)
  }
}

async function begin(deps: AbsenceDeps, absence: Absence): Promise<void> {
  if (await markAbsence(deps.client, deps.clock, absence.id, 'begunAt')) await redrawCards(deps, absence)
}

/** Has the cards drawn anew that name the absent person as their owner. */
async function redrawCards({ client, queue }: AbsenceDeps, { staffId }: Absence): Promise<void> {
  const status = { in: ['open', 'awaiting_second', 'snoozed'] satisfies ('open' | 'awaiting_second' | 'snoozed')[] }
  const open = await client.proposal.findMany({ where: { ownerId: staffId, status }, orderBy: { id: 'asc' }, select: { id: true } })
  for (const { id } of open) await queue.send(client, proposalChanged, { proposalId: id })
}
