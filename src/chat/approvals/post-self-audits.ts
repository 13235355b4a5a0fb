import { may, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import type { CardContext } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { lastMonday, weekCard } from '../commands/self-audit.ts'
import { putPost } from '../posts.ts'
import { type RestDeps, restOf } from './rest-of.ts'

type PostSelfAuditsDeps = RestDeps & { client: DbClient; clock: Clock; surface: string; timeZone: string; contextIn: (language: string) => CardContext }

/** Tells everybody who may grant autonomy how Duncan judges its last week: one private post a person and week. Returns how many were written. */
export async function postSelfAudits(deps: PostSelfAuditsDeps): Promise<number> {
  const { client, clock, surface, contextIn } = deps
  const people = (await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })).filter(person => may(person, 'set_autonomy'))
  const subject = `self-audit:${lastMonday(clock, deps.timeZone).toString()}`
  let written = 0
  for (const staff of people) {
    const [channel = ownChannel(staff)] = await channelsOf(client, staff)
    if ((await client.chatPost.count({ where: { surface, subject, privateTo: staff.id } })) > 0) continue
    const card = await weekCard({ client, clock, staff, context: contextIn(staff.language) })
    await putPost(client, clock, { surface, channel, subject, privateTo: staff.id, sight: sightOf(staff), notBefore: await restOf(deps, staff) }, card)
    written += 1
  }
  return written
}
