import { setTimeout as sleep } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { KnownBlock } from '@slack/types'
import { type ChatPlatform, DeliveryError, type DeliveryProblem, type Place } from '../platforms/platform.ts'
import { deliveryProblem, isSlackError } from './delivery-problem.ts'
import type { DrawDeps } from './draw-element.ts'
import { type Message, renderMessage } from './render-card.ts'

export type SlackPlatformDeps = {
  client: webApi.WebClient
  render: DrawDeps
  /** Least time between two messages in one conversation, in milliseconds: Slack takes one a second. */
  paceMs?: number
}

const eventType = 'duncan_card'
/** The mark that a message of ours carries. */
export const markOf = ({ metadata }: { metadata?: { event_type?: string; event_payload?: { mark?: string } } }): string | undefined =>
  metadata?.event_type === eventType ? metadata.event_payload?.mark : undefined

/** How often a part of a card is tried again at once when Slack asks to wait; after that the whole card is. */
const triesOfPart = 3
const pageOfHistory = 200
const mostPages = 10

/** Duncan's cards on Slack. A card that is too long for one message goes on in the thread, each part with a mark of its own. */
export function createSlackPlatform({ client, render, paceMs = 1100 }: SlackPlatformDeps): ChatPlatform {
  let ownUser: Promise<string | undefined> | undefined

  const draw = (place: Place, card: Parameters<typeof renderMessage>[0]): Message => renderMessage(card, place.replyTo === undefined ? 'post' : 'reply', render)

  const write = async ({ conversation }: Place, { blocks, text }: { blocks: KnownBlock[]; text: string }, mark: string, under?: string): Promise<string> => {
    const thread = under !== undefined && { thread_ts: under }
    const metadata = { event_type: eventType, event_payload: { mark } }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack’s, not a window’s
    const { ts } = await client.chat.postMessage({ channel: conversation, blocks, text, metadata, ...thread, unfurl_links: false, unfurl_media: false })
    if (!ts) throw new DeliveryError({ kind: 'unsure', problem: 'Slack did not say where the message stands.' })
    return ts
  }

  const redraw = async ({ conversation }: Place, ts: string, { blocks, text }: { blocks: KnownBlock[]; text: string }, mark: string): Promise<void> =>
    void (await client.chat.update({ channel: conversation, ts, blocks, text, metadata: { event_type: eventType, event_payload: { mark } } }))

  /** Brings what follows a card up to it: parts that stand are drawn anew, others are written. Throws when it is not known to be complete. */
  async function writeRest(place: Place, root: string, { rest }: Message, mark: string, standing: ReadonlyMap<string, string>): Promise<void> {
    for (const [index, part] of rest.entries()) {
      const own = `${mark}+${index + 2}`
      const ts = standing.get(own)
      await sleep(paceMs)
      await patiently(() => (ts === undefined ? write(place, part, own, root) : redraw(place, ts, part, own)))
    }
  }

  /** The marks of what stands in a conversation, or under a message of it, since then; undefined where Slack does not let Duncan read it. */
  async function standingMarks(place: Place, under: string | undefined, oldest: string): Promise<Map<string, string> | undefined> {
    const marks = new Map<string, string>()
    try {
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const asked = { channel: place.conversation, oldest, inclusive: true, include_all_metadata: true, limit: pageOfHistory, ...(cursor && { cursor }) }
        const { messages = [], response_metadata } = await (under === undefined
          ? client.conversations.history(asked)
          : client.conversations.replies({ ...asked, ts: under }))
        for (const message of messages) {
          const mark = markOf(message)
          if (mark !== undefined && message.ts) marks.set(mark, message.ts)
        }
        cursor = response_metadata?.next_cursor
        if (!cursor) break
      }
      return marks
    } catch (error) {
      if (isSlackError(error, 'missing_scope', 'not_in_channel', 'channel_not_found', 'thread_not_found', 'not_allowed_token_type')) return undefined
      throw error
    }
  }

  return {
    name: 'slack',

    post: async (place, card, mark) => {
      const message = draw(place, card)
      const ts = await write(place, message, mark, place.replyTo).catch(fail)
      // It stands: whatever goes wrong from here on, it is looked for and completed, not written again.
      await writeRest(place, place.replyTo ?? ts, message, mark, new Map()).catch(failUnsure)
      return ts
    },

    update: async (place, externalId, card, mark) => {
      const message = draw(place, card)
      await redraw(place, externalId, message, mark).catch(fail)
      if (message.rest.length === 0) return
      const root = place.replyTo ?? externalId
      const standing = await standingMarks(place, root, externalId).catch(fail)
      // Where the thread cannot be read, what followed the card first stays.
      if (standing) await writeRest(place, root, message, mark, standing).catch(fail)
    },

    find: async (place, mark, since) => {
      const oldest = String(since.getTime() / 1000 - 60) // the clocks of two machines
      return (await standingMarks(place, place.replyTo, oldest).catch(failUnsure))?.get(mark)
    },

    members: async ({ conversation }) => {
      try {
        ownUser ??= client.auth.test().then(({ user_id }) => user_id)
        const duncan = await ownUser
        const members: string[] = []
        for await (const page of client.paginate('conversations.members', { channel: conversation, limit: pageOfHistory })) {
          members.push(...((page as { members?: string[] }).members ?? []))
        }
        return members.filter(member => member !== duncan)
      } catch (error) {
        ownUser = undefined
        if (isSlackError(error, 'missing_scope', 'not_in_channel', 'channel_not_found')) return undefined
        return failUnsure(error)
      }
    },

    direct: async userId => {
      try {
        const { channel } = await client.conversations.open({ users: userId })
        return channel?.id ? { conversation: channel.id, reference: {} } : undefined
      } catch (error) {
        if (isSlackError(error, 'user_not_found', 'user_disabled', 'users_not_found', 'cannot_dm_bot', 'user_not_visible')) return undefined
        return failUnsure(error)
      }
    },
  }
}

/** Waits as often as Slack asks to, within reason. */
async function patiently(call: () => Promise<unknown>): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await call()
      return
    } catch (error) {
      const why = deliveryProblem(error)
      if (why.kind !== 'busy' || tried === triesOfPart) throw error
      await sleep(why.retryAfterMs)
    }
  }
}

function fail(error: unknown): never {
  throw new DeliveryError(deliveryProblem(error), { cause: error })
}

/** Of a question asked while a message may be on its way: until it is answered, the message counts as one that may stand. */
function failUnsure(error: unknown): never {
  const why = deliveryProblem(error)
  const problem: DeliveryProblem = { kind: 'unsure', problem: 'problem' in why ? why.problem : 'Slack asks to wait.' }
  throw new DeliveryError(problem, { cause: error })
}
