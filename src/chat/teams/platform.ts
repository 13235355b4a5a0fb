import type { ActivityParams, ConversationClient } from '@microsoft/teams.api'
import { type ChatPlatform, DeliveryError, type Page, type Place } from '../platforms/platform.ts'
import { deliveryProblem } from './delivery-problem.ts'
import { limits } from './limits.ts'
import { isChannel, referenceSchema, splitConversation, threadId } from './place.ts'
import { type DrawDeps, type Message, messageCard, renderMessage } from './render-card.ts'

export type TeamsPlatformDeps = {
  /** The connector at an address; the one that serves everybody when none is known. */
  conversations: (serviceUrl?: string) => ConversationClient
  clientId: string
  tenant: string
  render: DrawDeps
}

const membersOfPage = 200
const mostPages = 50

/** What one message says. */
type TeamsPage = Pick<Message, 'card' | 'text'>

/** Duncan's cards on Teams. */
export function createTeamsPlatform({ conversations, clientId, tenant, render }: TeamsPlatformDeps): ChatPlatform {
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

  const connectorOf = ({ reference }: Place): ConversationClient => conversations(referenceSchema.parse(reference ?? {}).serviceUrl)

  return {
    name: 'teams',

    draw: async ({ replyTo }, card, mark) => {
      const { rest, ...message } = renderMessage(card, { on: replyTo === undefined ? 'post' : 'reply', mark }, render)
      return [message, ...rest]
    },

    post: (place, page) => write(place, sayingOf(page), place.replyTo).catch(fail),

    update: async (place, externalId, page) =>
      void (await connectorOf(place).updateActivity(place.conversation, externalId, sayingOf(page)).catch(failOnMessage)),

    remove: async (place, externalId) => {
      const connector = connectorOf(place)
      try {
        await connector.deleteActivity(place.conversation, externalId)
      } catch (error) {
        const status = statusOf(error)
        if (status === 404) return
        if (status !== 501) fail(error)
        // A connector that takes nothing away has it say nothing.
        await connector.updateActivity(place.conversation, externalId, activityOf({ card: messageCard('–'), text: '–' })).catch(failOnMessage)
      }
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

    // Teams counts no bots among the members of a conversation.
    isApp: async () => false,

    // What somebody says of themselves stands in Microsoft Graph, which takes rights of its own.
    statusOf: async () => undefined,

    // A bot has no place for files in a channel: what is small stands in the card, the rest is a link.
    showPicture: async ({ content, contentType }) =>
      content.length <= limits.pictureSize ? { kind: 'address', url: `data:${contentType};base64,${content.toString('base64')}` } : undefined,

    // It was given no file.
    takeBack: async () => undefined,

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

const sayingOf = (page: Page): ActivityParams => activityOf(page as TeamsPage)

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

/** Of a message that was to be changed: where the conversation stands, it is the message that does not. */
function failOnMessage(error: unknown): never {
  if (statusOf(error) === 404) throw new DeliveryError({ kind: 'missing', problem: 'Teams answered 404.' }, { cause: error })
  return fail(error)
}

const statusOf = (error: unknown): number | undefined => (error as { response?: { status?: number } }).response?.status
