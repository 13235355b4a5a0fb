import { alertsInSight, creditChannel, type MoveView, type NightView, viewMoves, viewNight } from '#credit'
import { listStaff, sightOf } from '#people'
import { restOf } from '../approvals/rest-of.ts'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import { bureauName } from './bureau-name.ts'
import { moveLines } from './matrix/moves.ts'
import type { PostAlertDeps } from './post-alert.ts'
import { sayValue } from './say-value.ts'

const shown = 10

type NightAlert = NightView['alerts'][number]

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
  )
}

async function postOwn(deps: PostAlertDeps, subject: string, alerts: NightAlert[]): Promise<void> {
  const { client, clock, surface, contextIn } = deps
  for (const person of (await listStaff(client)).filter(({ ownAccounts }) => ownAccounts)) {
    const sight = sightOf(person)
    const seen = await alertsInSight(
      client,
      sight,
      alerts.map(({ id }) => id),
    )
    const own = alerts.filter(({ id }) => seen.has(id))
    if (own.length === 0) continue
    const context = contextIn(person.language)
    const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight, notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, alertsCard(context.words.alerts.ownNight, own, context))
  }
}

/** What a night at the bureau brought for one administration. */
function nightCard({ administration, counts, lateAt, notAsked }: NightView, alerts: NightAlert[], moves: MoveView[], context: CardContext): Card {
  const { words, format } = context
  const say = words.credit
  const count = (label: string, value: number, always = false) => (always || value > 0 ? [{ label, value: format.number(value) }] : [])
  const title = say.nightTitle(administration.name)
  const subtitle = say.nightSummary(counts.changed, counts.inScope)
  return cardSchema.parse({
    title,
    subtitle,
    elements: [
      ...(lateAt ? [{ type: 'text', text: say.nightLate(format.dateTime(lateAt)), weight: 'subtle' }] : []),
      ...(notAsked.length > 0 ? [{ type: 'text', text: say.notAsked(notAsked.map(bureauName).join(', ')), tone: 'warning' }] : []),
      ...(alerts.length === 0 && moves.length === 0 ? [{ type: 'text', text: say.nothingNew, weight: 'subtle' }] : []),
      ...alertLines(alerts, context),
      ...moveLines(moves, context),
      {
        type: 'facts',
        inline: true,
        facts: [
          ...count(say.unchangedCount, counts.unchanged, true),
          ...count(say.failedCount, counts.failed),
          ...count(say.overQuotaCount, counts.overQuota),
          ...count(say.goneCount, counts.gone),
          ...count(say.notMonitoredCount, counts.notMonitored),
        ],
      },
    ],
    buttons: moreButton(alerts, context),
    fallback: `${title}: ${subtitle}`,
  })
}

/** The alerts of a night for who does not read all of it. */
const alertsCard = (title: string, alerts: NightAlert[], context: CardContext): Card =>
  cardSchema.parse({ title, elements: alertLines(alerts, context), buttons: moreButton(alerts, context), fallback: title })

function alertLines(alerts: NightAlert[], context: CardContext): CardElement[] {
  const { credit: say, alerts: list } = context.words
  const left = alerts.length - shown
  return [
    ...alerts.slice(0, shown).map(
      ({ id, party, company, criterion, before, value }): CardElement => ({
        type: 'pick',
        text: `${party === 'supplier' ? list.supplier(oneLine(company, 60)) : oneLine(company, 60)} · ${say.criterion[criterion]}`,
        note: `${sayValue(criterion, before, context)} → ${sayValue(criterion, value, context)}`,
        button: { action: 'alert.show', label: say.alsoSeen, style: 'default', data: { alert: String(id) } },
      }),
    ),
    ...(left > 0 ? [{ type: 'text' as const, text: say.more(left), tone: 'neutral' as const, weight: 'subtle' as const }] : []),
  ]
}

const moreButton = (alerts: NightAlert[], { words }: CardContext) =>
  alerts.length > shown ? [{ action: 'alert.list', label: words.alerts.all, data: { page: '0' } }] : []
