import type { webApi } from '@slack/bolt'
import type { HomeView, KnownBlock, ModalView } from '@slack/types'

// What the JSON schemas of Slack's structures are made of; slack-schema.ts makes them.

export type Blocks = KnownBlock[]
export type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] }
export type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] }
export type SlackManifest = Exclude<webApi.AppsManifestCreateArguments['manifest'], string>
