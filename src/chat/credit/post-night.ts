import { alertsInSight, creditChannel, type MoveView, movesInSight, viewMoves, viewNight } from '#credit'
import { listStaff, sightOf } from '#people'
import { restOf } from '../approvals/rest-of.ts'
import { ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import { alertsCard, type NightAlert, nightCard } from './night-card.ts'
import type { PostAlertDeps } from './post-alert.ts'

/**
 * Draws the card of a night for each administration: what came of its debtors, and the alerts that were not urgent. Alerts whose rule names a
 * channel of its own, and those of suppliers, stand on a card there; who sees their own accounts alone has one of those, privately.
 */
export async function postNight(deps: PostAlertDeps, runId: number): Promise<void> {
  const { client, clock, surface, context } = deps
  const [nights, moves] = [await viewNight(client, runId), await viewMoves(client, { runId })]
  for (const night of nights) {
    const { id, code, name } = night.administration
    const place = { surface, sight: { administrations: [code], mailboxes: [] } }
    const subject = `credit-night:${runId}:${id}`
    const own = moves.filter(({ administrationId }) => administrationId === id)
    const byChannel = Map.groupBy(night.alerts, ({ channel }) => channel)
    await putPost(client, clock, { ...place, channel: creditChannel, subject }, nightCard(night, byChannel.get(creditChannel) ?? [], own, context))
    for (const [channel, alerts] of byChannel) {
      if (channel === creditChannel) continue
      await putPost(client, clock, { ...place, channel, subject: `${subject}:${channel}` }, alertsCard(context.words.credit.nightTitle(name), alerts, context))
    }
  }
  await postOwn(
    deps,
    `credit-night:${runId}`,
    nights.flatMap(({ alerts }) => alerts),
    moves,
  )
}

async function postOwn(deps: PostAlertDeps, subject: string, alerts: NightAlert[], moves: MoveView[]): Promise<void> {
  const { client, clock, surface, contextIn } = deps
  for (const person of (await listStaff(client)).filter(({ ownAccounts }) => ownAccounts)) {
    const sight = sightOf(person)
    const seen = await alertsInSight(
      client,
      sight,
      alerts.map(({ id }) => id),
    )
    const own = alerts.filter(({ id }) => seen.has(id))
    const moved = await movesInSight(client, sight, moves)
    if (own.length === 0 && moved.length === 0) continue
    const context = contextIn(person.language)
    const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight, notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, alertsCard(context.words.alerts.ownNight, own, context, moved))
  }
}
