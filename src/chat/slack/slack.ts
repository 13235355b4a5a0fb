import type { Express } from 'express'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import type { ChatPlatform } from '../platforms/platform.ts'
import { wordsOf } from '../words/index.ts'
import type { SlackFinding } from './check.ts'
import type { SlackSettings } from './config.ts'

export type SlackDeps = {
  settings: SlackSettings
  desk: Desk
  log: Log
  /** Slack's path is added to it at once: nothing that reads bodies may stand before. */
  web: Express
  /** Where people reach the console: files and pages are there. */
  publicUrl: string
  /** Of cards that everybody sees. */
  language: string
  /** Least time between two messages in one conversation, and how long an answer of Slack's is waited for; tests are in a hurry. */
  paceMs?: number
  requestMs?: number
}

export type Slack = {
  platform: ChatPlatform
  start: () => Promise<void>
  stop: () => Promise<void>
  /** For `duncan doctor`. `channels`: those that cards go to. */
  check: (channels: readonly string[]) => Promise<SlackFinding[]>
}

const patienceMs = 10_000

/** Slack as a surface of the chat. Needs no Slack to be there yet. */
export async function createSlack({ settings, desk, log, web, publicUrl, language, paceMs, requestMs = patienceMs }: SlackDeps): Promise<Slack> {
  // The SDK is large: who has no Slack does not wait for it.
  const [{ webApi }, { createSlackPlatform }, { receiveSlack }, { quietLogger }, { checkSlack }] = await Promise.all([
    import('@slack/bolt'),
    import('./platform.ts'),
    import('./receive.ts'),
    import('./quiet-logger.ts'),
    import('./check.ts'),
  ])
  const client = new webApi.WebClient(settings.botToken, {
    slackApiUrl: settings.apiUrl,
    logger: quietLogger(log),
    timeout: requestMs,
    // Delivery tries again, and knows what may stand already; the SDK would write a card twice when only the answer was lost.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
  const receiving = receiveSlack({ settings, client, desk, log, web, publicUrl, language })
  return {
    platform: createSlackPlatform({ client, render: { words: wordsOf(language).platforms, publicUrl }, ...(paceMs !== undefined && { paceMs }) }),
    start: receiving.start,
    stop: receiving.stop,
    check: channels => checkSlack(client, settings.team, channels),
  }
}
