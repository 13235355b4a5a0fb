import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Manifest } from '@slack/web-api/dist/types/request/manifest.js'

// What the JSON schemas of Slack's structures are made of; slack-schema.ts makes them.

export type Blocks = KnownBlock[]
export type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] }
export type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] }
export type SlackManifest = Manifest
