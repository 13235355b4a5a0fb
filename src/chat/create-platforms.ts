import type { Express } from 'express'
import type { z } from 'zod'
import type { Clock, DbClient, Log, Ops } from '#platform'
import type { Chat } from './chat.ts'
import type { chatKind } from './platforms/chat-kind.ts'
import { createDesk } from './platforms/create-desk.ts'
import { createDelivery } from './platforms/delivery.ts'
import type { ChatPlatform, PlatformName } from './platforms/platform.ts'
import { plainCard, shownCard } from './platforms/shown-card.ts'
import { type SlackConfig, slackSettings } from './slack/config.ts'
import { createSlack } from './slack/slack.ts'
import { type TeamsConfig, teamsSettings } from './teams/config.ts'
import { createTeams } from './teams/teams.ts'
import { wordsOf } from './words/index.ts'

export type PlatformsDeps = {
  client: DbClient
  /** The database again, for the one connection that listens. */
  url: string
  clock: Clock
  log: Log
  ops: Pick<Ops, 'raise' | 'resolve'>
  chat: Pick<Chat, 'click' | 'command' | 'home'>
  config: SlackConfig & TeamsConfig
  /** Variables of the process: the SDK of Teams reads some of its own. */
  environment?: Record<string, string | undefined>
  /** Where platforms come in: nothing that reads bodies may stand before. */
  web: Express
  publicUrl: string
  /** Of cards that everybody sees. */
  language: string
  /** The settings of the chat as they stand now. */
  settings: () => z.output<typeof chatKind.schema>
}

export type Platforms = { start: () => Promise<void>; stop: () => Promise<void> }

/** Least time between two messages in one conversation: Slack asks for a second, Teams for a seventh of one. */
const paceMs = { slack: 1100, teams: 150 }
const backoffMs = 1000

/** The chat platforms that are configured, and the delivery of cards to them. Each may be away when Duncan starts. */
export async function createPlatforms({ config, environment = process.env, web, settings, ops, url, ...deps }: PlatformsDeps): Promise<Platforms> {
  const { client, clock, log, chat, publicUrl, language } = deps
  const standing = new Map<PlatformName, ChatPlatform>()
  const desk = createDesk({
    client,
    clock,
    chat,
    platform: name => standing.get(name),
    linksByEmail: name => settings()[name]?.linkBy === 'verified_email',
  })
  const [slackIs, teamsIs] = [slackSettings(config), teamsSettings(config, environment)]
  const adapters = [
    ...(slackIs ? [await createSlack({ settings: slackIs, desk, log, web, publicUrl, language })] : []),
    ...(teamsIs ? [await createTeams({ settings: teamsIs, desk, log, web, publicUrl, language })] : []),
  ]
  for (const { platform } of adapters) standing.set(platform.name, platform)
  const shown = { client, clock, words: wordsOf(language), publicUrl }
  const delivery = createDelivery({
    client,
    url,
    log,
    ops,
    platforms: adapters.map(({ platform }) => platform),
    paceMs,
    backoffMs,
    cardFor: (platform, post, place) => shownCard(shown, platform, post, place),
    plainCard: post => plainCard(shown, post.card),
  })
  return {
    start: async () => {
      for (const adapter of adapters) await adapter.start()
      delivery.start()
    },
    stop: async () => {
      for (const adapter of adapters) await adapter.stop()
      await delivery.stop()
    },
  }
}
