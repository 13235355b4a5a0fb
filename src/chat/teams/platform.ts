import { setTimeout as sleep } from 'node:timers/promises'
import type { ActivityParams, ConversationClient } from '@microsoft/teams.api'
import type { Log } from '#platform'
import { type ChatPlatform, DeliveryError, type Place } from '../platforms/platform.ts'
import { deliveryProblem } from './delivery-problem.ts'
import { isChannel, referenceSchema, splitConversation, threadId } from './place.ts'
import { type DrawDeps, type Message, renderMessage } from './render-card.ts'

export type TeamsPlatformDeps = {
  /** The connector at an address; the one that serves everybody when none is known. */
  conversations: (serviceUrl?: string) => ConversationClient
  clientId: string
  tenant: string
  render: DrawDeps
  log: Log
  /** Least time between two messages in one conversation, in milliseconds: Teams takes seven a second. */
  paceMs?: number
}

const membersOfPage = 200
const mostPages = 50
/** How often a part of a card that follows its message is tried. */
const triesOfPart = 3
const longestRestMs = 30_000

/** Duncan's cards on Teams. A card that is too large for one message goes on in its thread. */
export function createTeamsPlatform({ conversations, clientId, tenant, render, log, paceMs = 200 }: TeamsPlatformDeps): ChatPlatform {
  const draw = ({ replyTo }: Place, card: Parameters<typeof renderMessage>[0], mark: string): Message =>
    renderMessage(card, { on: replyTo === undefined ? 'post' : 'reply', mark }, render)

  /** Writes a message and returns its id. In a channel a message begins a thread, or stands in one. */
  async function write({ conversation, reference }: Place, activity: ActivityParams, under: string | undefined): Promise<string> {
    const known = referenceSchema.parse(reference ?? {})
    const connector = conversations(known.serviceUrl)
    if (!isChannel(conversation, known)) return idOf((await connector.createActivity(conversation, activity)).id)
    if (under !== undefined) return idOf((await connector.createActivity(threadId(conversation, under), activity)).id)
    const channelData = { channel: { id: conversation }, tenant: { id: tenant } }
    const made = await connector.create({ isGroup: true, bot: { id: `28:${clientId}` }, tenantId: tenant, channelData, activity })
    return idOf(made.activityId ?? splitConversation(made.id).root)
  }

  /** What did not fit the message follows it. The message stands: whatever becomes of its parts, it is not written again. */
  async function writeRest(place: Place, root: string, { rest }: Message): Promise<void> {
    for (const part of rest) {
      for (let tried = 1; tried <= triesOfPart; tried++) {
        await sleep(paceMs)
        const why = await write(place, activityOf(part), root).then(
          () => undefined,
          (error: unknown) => deliveryProblem(error),
        )
        if (!why) break
        log.warn({ why: why.kind, tried }, 'a part of a card was not taken')
        if (why.kind !== 'busy') break
        await sleep(Math.min(why.retryAfterMs, longestRestMs))
      }
    }
  }

  return {
    name: 'teams',

    post: async (place, card, mark) => {
      const message = draw(place, card, mark)
      const id = await write(place, activityOf(message), place.replyTo).catch(fail)
      await writeRest(place, place.replyTo ?? id, message)
      return id
    },

    // Parts that followed the card stay as they are: Teams tells a bot nothing of what it wrote.
    update: async (place, externalId, card, mark) => {
      const { serviceUrl } = referenceSchema.parse(place.reference ?? {})
      await conversations(serviceUrl)
        .updateActivity(place.conversation, externalId, activityOf(draw(place, card, mark)))
        .catch(fail)
    },

    // Teams lets no bot read what stands: a card whose id was lost is known again when somebody presses a button of it.
    find: async () => undefined,

    members: async ({ conversation, reference }) => {
      const { serviceUrl } = referenceSchema.parse(reference ?? {})
      try {
        const members: string[] = []
        let next: string | undefined
        for (let page = 0; page < mostPages; page++) {
          const told = await conversations(serviceUrl).getPagedMembers(conversation, membersOfPage, next)
          members.push(...told.members.map(({ aadObjectId, id }) => aadObjectId ?? id))
          next = told.continuationToken
          if (!next) return members
        }
        return undefined // more than anybody would route mail to: it is not known who they are
      } catch (error) {
        const why = deliveryProblem(error)
        if (why.kind === 'gone' || why.kind === 'refused') return undefined
        throw new DeliveryError(why, { cause: error })
      }
    },

    direct: async userId => {
      const channelData = { tenant: { id: tenant } }
      try {
        const { id } = await conversations().create({
          isGroup: false,
          bot: { id: `28:${clientId}` },
          members: [{ id: userId, role: 'user', name: '' }],
          tenantId: tenant,
          channelData,
        })
        return id ? { conversation: id, reference: { kind: 'personal' } } : undefined
      } catch (error) {
        const why = deliveryProblem(error)
        if (why.kind === 'gone' || why.kind === 'refused') return undefined
        throw new DeliveryError(why, { cause: error })
      }
    },
  }
}

/** A message that is a card. `summary` is what a notification says. */
export function activityOf({ card, text }: Pick<Message, 'card' | 'text'>): ActivityParams {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive' as const, content: card }]
  return { type: 'message', summary: text, attachments } as ActivityParams // the types of the SDK leave `summary` out
}

function idOf(id: string | undefined): string {
  if (!id) throw new DeliveryError({ kind: 'unsure', problem: 'Teams did not say where the message stands.' })
  return id
}

function fail(error: unknown): never {
  throw new DeliveryError(deliveryProblem(error), { cause: error })
}
