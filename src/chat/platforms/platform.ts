import type { Temporal } from 'temporal-polyfill'
import type { Card } from '../card.ts'
import type { PictureToShow } from '../pictures.ts'

// What a chat platform must be able to do for Duncan's posts to stand on it. Slack and Teams implement it; delivery works by it alone.

export const platformNames = ['slack', 'teams'] as const
export type PlatformName = (typeof platformNames)[number]

/** An account of a platform: the Slack team or Entra tenant, and the Slack user or Entra object id. */
export type Account = { platform: PlatformName; workspace: string; userId: string }

/** Where a message stands: in a conversation (`reference`: what the platform's interface needs to write there), under another message when it is a reply. */
export type Place = { conversation: string; reference: unknown; replyTo?: string }

/** What one message says, as the platform takes it: delivery compares it and hands it back, and knows nothing else of it. */
export type Page = Readonly<Record<string, unknown>>

export type ChatPlatform = {
  name: PlatformName
  /** A card as messages: its own first, then those that follow it in the thread where one is not enough. `mark`: of the copy. */
  draw: (place: Place, card: Card, mark: string) => Promise<[Page, ...Page[]]>
  /** Writes one message and returns the platform's id of it. `mark` is carried unseen, so that a message whose id was lost is found again. */
  post: (place: Place, page: Page, mark: string) => Promise<string>
  /** Has a message say something else. */
  update: (place: Place, externalId: string, page: Page, mark: string) => Promise<void>
  /** Takes a message away; one that is gone already is no fault. */
  remove: (place: Place, externalId: string) => Promise<void>
  /** The id of a message with this mark written since then; undefined when there is none, or the platform cannot tell. */
  find: (place: Place, mark: string, since: Date) => Promise<string | undefined>
  /** The accounts that read a conversation; undefined when the platform does not say. */
  members: (place: Place) => Promise<string[] | undefined>
  /** Whether an account is that of an app of this very workspace, and no person's. */
  isApp: (userId: string) => Promise<boolean>
  /** The conversation with one person alone, and its reference; undefined when the platform lets nobody open one for them. */
  direct: (userId: string) => Promise<{ conversation: string; reference: unknown } | undefined>
  /** What somebody says of themselves there for a while; undefined when they say nothing, or the platform does not tell. */
  statusOf: (userId: string) => Promise<ChatStatus | undefined>
  /** How cards show a picture there, which nobody sees before one does; undefined where they cannot. */
  showPicture: (picture: PictureToShow) => Promise<ShownPicture | undefined>
  /** Takes a file back that the platform was given for a picture; one that is gone already is no fault. */
  takeBack: (id: string) => Promise<void>
}

/** What somebody's account says of them, in their own words. `emoji`: its name without colons; `until`: when it ends by itself. */
export type ChatStatus = { text: string; emoji: string; until: Temporal.Instant | undefined }

/** A file that the platform was given, once for all cards, or an address that holds the picture itself. */
export type ShownPicture = { kind: 'file'; id: string } | { kind: 'address'; url: string }

/**
 * Why a platform did not take a message. `busy` and `away` are tried again; `unsure` may have arrived; `missing`: the message that was to
 * be changed or answered stands no more; `gone`: nothing can be written to the conversation; `refused`: what the message says.
 */
export type DeliveryProblem =
  | { kind: 'busy'; retryAfterMs: number }
  | { kind: 'away'; problem: string }
  | { kind: 'unsure'; problem: string }
  | { kind: 'missing'; problem: string }
  | { kind: 'gone'; problem: string }
  | { kind: 'refused'; problem: string }

/** Thrown by whatever asks something of a platform. */
export class DeliveryError extends Error {
  readonly why: DeliveryProblem

  constructor(why: DeliveryProblem, options?: ErrorOptions) {
    super('problem' in why ? why.problem : `the platform asks to wait ${why.retryAfterMs} ms`, options)
    this.why = why
  }
}
