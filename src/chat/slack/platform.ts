import type { webApi } from '@slack/bolt'
import type { KnownBlock } from '@slack/types'
import { Temporal } from 'temporal-polyfill'
import { type ChatPlatform, DeliveryError, type DeliveryProblem, type Page, type Place } from '../platforms/platform.ts'
import { deliveryProblem, isSlackError } from './delivery-problem.ts'
import type { DrawDeps } from './draw-element.ts'
import { orInWords } from './or-in-words.ts'
import { renderMessage } from './render-card.ts'
import { unescapeMrkdwn } from './text.ts'
import { uploadPicture } from './upload-picture.ts'

export type SlackPlatformDeps = {
  client: webApi.WebClient
  render: DrawDeps
  team: string
  /** How long Slack is given to look at a picture before a message shows it, in milliseconds. */
  settleMs?: number | undefined
}

const eventType = 'duncan_card'
/** The mark that a message of ours carries. */
export const markOf = ({ metadata }: { metadata?: { event_type?: string; event_payload?: { mark?: string } } }): string | undefined =>
  metadata?.event_type === eventType ? metadata.event_payload?.mark : undefined

/** What one message says. */
type SlackPage = { text: string; blocks: KnownBlock[] }

const pageOfHistory = 200
const mostPages = 10

const said = (page: Page, mark: string) => {
  const { text, blocks } = page as SlackPage
  return { text, blocks, metadata: { event_type: eventType, event_payload: { mark } } }
}

/** Duncan's cards on Slack. Each message carries its mark as metadata, which only apps see. */
export function createSlackPlatform({ client, render, team, settleMs = 1500 }: SlackPlatformDeps): ChatPlatform {
  let ownUser: Promise<string | undefined> | undefined

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

    draw: async ({ replyTo }, card) => {
      const { rest, ...message } = renderMessage(card, replyTo === undefined ? 'post' : 'reply', render)
      return [message, ...rest]
    },

    post: async ({ conversation, replyTo }, page, mark) => {
      const thread = replyTo !== undefined && { thread_ts: replyTo }
      const { blocks: drawn, ...message } = { channel: conversation, ...said(page, mark), ...thread, unfurl_links: false, unfurl_media: false }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack’s, not a window’s
      const { ts } = await orInWords(drawn, blocks => client.chat.postMessage({ ...message, blocks })).catch(fail)
      if (!ts) throw new DeliveryError({ kind: 'unsure', problem: 'Slack did not say where the message stands.' })
      return ts
    },

    update: async ({ conversation }, ts, page, mark) => {
      const { blocks: drawn, ...message } = { channel: conversation, ts, ...said(page, mark) }
      await orInWords(drawn, blocks => client.chat.update({ ...message, blocks })).catch(fail)
    },

    remove: async ({ conversation }, ts) => {
      try {
        await client.chat.delete({ channel: conversation, ts })
      } catch (error) {
        if (!isSlackError(error, 'message_not_found')) fail(error)
      }
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

    // Of an app of another workspace, in a channel that is shared with it, it is not known who reads what it is given.
    isApp: async userId => {
      const { user } = await client.users.info({ user: userId }).catch(failUnsure)
      return user?.team_id === team && (user.is_bot === true || user.id === slackbot) && user.is_stranger !== true
    },

    statusOf: async userId => {
      try {
        const { user } = await client.users.info({ user: userId })
        const { status_text: text = '', status_emoji: emoji = '', status_expiration: ends = 0 } = user?.profile ?? {}
        if (text === '' && emoji === '') return undefined
        const until = ends > 0 ? Temporal.Instant.fromEpochMilliseconds(ends * 1000) : undefined
        return { text: unescapeMrkdwn(text), emoji: emoji.replaceAll(':', ''), until }
      } catch (error) {
        if (isSlackError(error, 'user_not_found', 'user_not_visible')) return undefined
        return failUnsure(error)
      }
    },

    showPicture: picture => uploadPicture(client, picture, settleMs),

    takeBack: async file => {
      try {
        await client.files.delete({ file })
      } catch (error) {
        if (!isSlackError(error, 'file_not_found', 'file_deleted')) fail(error)
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

/** Slack's own account, which is no bot by its own account. */
const slackbot = 'USLACKBOT'

function fail(error: unknown): never {
  throw new DeliveryError(deliveryProblem(error), { cause: error })
}

/** Of a question asked while a message may be on its way: until it is answered, the message counts as one that may stand. */
function failUnsure(error: unknown): never {
  const why = deliveryProblem(error)
  const problem: DeliveryProblem = { kind: 'unsure', problem: 'problem' in why ? why.problem : 'Slack asks to wait.' }
  throw new DeliveryError(problem, { cause: error })
}
