import type { Express } from 'express'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import type { ChatPlatform } from '../platforms/platform.ts'
import { wordsOf } from '../words/index.ts'
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
  /** How long an answer of Slack's is waited for; tests are in a hurry. */
  requestMs?: number
}

export type Slack = {
  platform: ChatPlatform
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** Slack as a surface of the chat. Needs no Slack to be there yet. */
export async function createSlack({ settings, desk, log, web, publicUrl, language, requestMs }: SlackDeps): Promise<Slack> {
  // The SDK is large: who has no Slack does not wait for it.
  const [{ slackClient }, { createSlackPlatform }, { receiveSlack }] = await Promise.all([
    import('./client.ts'),
    import('./platform.ts'),
    import('./receive.ts'),
  ])
  const client = slackClient(settings, log, requestMs)
  const receiving = receiveSlack({ settings, client, desk, log, web, publicUrl, language })
  return {
    platform: createSlackPlatform({ client, render: { words: wordsOf(language).platforms, publicUrl }, team: settings.team }),
    start: receiving.start,
    stop: receiving.stop,
  }
}
