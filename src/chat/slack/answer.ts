import type { webApi } from '@slack/bolt'
import type { KnownBlock } from '@slack/types'
import type { Log } from '#platform'
import { isSlackError } from './delivery-problem.ts'
import { escapeMrkdwn, plain } from './text.ts'

/** Where somebody asked, and alone gets the answer. */
export type Asker = {
  user: string
  channel: string
  /** The thread that it was asked in. */
  thread?: string | undefined
  /** Where Slack takes an answer to this very question, whether Duncan is in the conversation or not: five times in half an hour. */
  responseUrl?: string | undefined
  /** An answer of Duncan's that the next one takes the place of. */
  replaces?: { ts: string } | undefined
}

type Said = { text: string; blocks?: KnownBlock[] }

export type Answers = {
  /** Shows something to the asker alone. */
  show: (asker: Asker, said: Said) => Promise<void>
  tell: (asker: Asker, text: string) => Promise<void>
}

const patienceMs = 10_000

/** Answers to one person: where they asked if Slack lets Duncan, else in their own conversation with Duncan. Never seen by others. */
export function createAnswers({ client, log }: { client: webApi.WebClient; log: Log }): Answers {
  const show = async (asker: Asker, said: Said): Promise<void> => {
    const isOwn = asker.channel.startsWith('D')
    if (isOwn && asker.replaces && (await update(asker, said))) return
    if (asker.responseUrl !== undefined && !(isOwn && !asker.replaces) && (await respond(asker, said))) return
    if (isOwn) await post(asker.channel, { ...said, ...threadOf(asker) })
    else await whisper(asker, said)
  }

  const post = async (channel: string, said: Said & { thread_ts?: string }): Promise<void> =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack’s, not a window’s
    void (await client.chat.postMessage({ channel, ...said, unfurl_links: false, unfurl_media: false }))

  async function update({ channel, replaces }: Asker, said: Said): Promise<boolean> {
    if (!replaces) return false
    return client.chat.update({ channel, ts: replaces.ts, ...said }).then(
      () => true,
      (error: unknown) => unanswered(error),
    )
  }

  async function respond({ responseUrl = '', replaces, thread }: Asker, said: Said): Promise<boolean> {
    const body = { response_type: 'ephemeral', replace_original: replaces !== undefined, ...said, ...(thread !== undefined && { thread_ts: thread }) }
    try {
      const signal = AbortSignal.timeout(patienceMs)
      const response = await fetch(responseUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal })
      if (!response.ok) log.warn({ status: response.status }, 'Slack took no answer at the address that it gave')
      return response.ok
    } catch (error) {
      return unanswered(error)
    }
  }

  function unanswered(error: unknown): false {
    log.warn({ err: error }, 'an answer is given another way')
    return false
  }

  async function whisper({ channel, user, ...asker }: Asker, said: Said): Promise<void> {
    try {
      await client.chat.postEphemeral({ channel, user, ...said, ...threadOf(asker) })
    } catch (error) {
      if (!isSlackError(error, 'channel_not_found', 'not_in_channel', 'user_not_in_channel', 'is_archived')) throw error
      const own = await client.conversations.open({ users: user })
      if (own.channel?.id) await post(own.channel.id, said)
    }
  }

  return {
    show,
    tell: (asker, text) => show(asker, { text: escapeMrkdwn(text), blocks: [{ type: 'section', text: plain(text, 3000) }] }),
  }
}

const threadOf = ({ thread }: Pick<Asker, 'thread'>) => (thread === undefined ? {} : { thread_ts: thread })
