import type { Express } from 'express'
import type { z } from 'zod'
import type { Blobs, Clock, DbClient, Log, Ops } from '#platform'
import type { Chat } from './chat.ts'
import { createPictureReader } from './pictures.ts'
import type { chatKind } from './platforms/chat-kind.ts'
import { createDesk } from './platforms/create-desk.ts'
import { createDelivery } from './platforms/delivery.ts'
import { forgetOld } from './platforms/forget-old.ts'
import { letPicturesGo } from './platforms/let-pictures-go.ts'
import { lookAgain } from './platforms/look-again.ts'
import type { Pace } from './platforms/pacer.ts'
import type { ChatPlatform, PlatformName } from './platforms/platform.ts'
import { postLists } from './platforms/post-lists.ts'
import { readStatuses, type SeenStatus } from './platforms/read-statuses.ts'
import { showPictures } from './platforms/show-pictures.ts'
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
  blobs: Pick<Blobs, 'size' | 'stream'>
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
  /** IANA name: of the times at which channels get lists. */
  timeZone: string
  /** The settings of the chat as they stand now. */
  settings: () => z.output<typeof chatKind.schema>
}

export type Platforms = {
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Rights may be others now: who reads what is asked anew, and what stands is drawn for them. */
  rightsChanged: () => Promise<void>
  /** Lets go of what was settled long ago. */
  forgetOld: () => Promise<unknown>
  /** Writes the lists of channels that are due now; may be called any number of times. */
  postLists: () => Promise<unknown>
  /** What colleagues' accounts say of them now, as far as the platforms tell. */
  statuses: () => Promise<SeenStatus[]>
}

/** A little less than the platforms take: Slack one message a second, Teams seven a second, 60 in 30 seconds and 1800 an hour, 50 a second of one app. */
const pace: Record<PlatformName, Pace> = {
  slack: { conversation: [{ messages: 1, perMs: 1100 }], platform: [] },
  teams: {
    conversation: [
      { messages: 1, perMs: 150 },
      { messages: 55, perMs: 30_000 },
      { messages: 1700, perMs: 3_600_000 },
    ],
    platform: [{ messages: 40, perMs: 1000 }],
  },
}
const backoffMs = 1000

/** The chat platforms that are configured, and the delivery of cards to them. Each may be away when Duncan starts. */
export async function createPlatforms({ config, environment = process.env, web, settings, ops, url, blobs, ...deps }: PlatformsDeps): Promise<Platforms> {
  const { client, clock, log, chat, publicUrl, language, timeZone } = deps
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
  const pictures = { client, log, readPicture: createPictureReader({ client, blobs }) }
  const delivery = createDelivery({
    client,
    clock,
    url,
    log,
    ops,
    platforms: adapters.map(({ platform }) => platform),
    pace,
    backoffMs,
    cardFor: async (platform, post, place) => showPictures(pictures, platform, await shownCard(shown, platform, post, place)),
    plainCard: card => plainCard(shown, card),
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
    rightsChanged: () => lookAgain(client, 'everywhere'),
    forgetOld: async () => {
      await forgetOld({ client, clock })
      for (const { platform } of adapters) await letPicturesGo({ client, log }, platform)
    },
    postLists: () => postLists({ client, clock, words: shown.words, timeZone }),
    statuses: async () => (await Promise.all(adapters.map(({ platform }) => readStatuses({ client, log }, platform)))).flat(),
  }
}
