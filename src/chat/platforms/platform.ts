import type { Card } from '../card.ts'

// What a chat platform must be able to do for Duncan's posts to stand on it. Slack and Teams implement it; delivery works by it alone.

export const platformNames = ['slack', 'teams'] as const
export type PlatformName = (typeof platformNames)[number]

/** An account of a platform: the Slack team or Entra tenant, and the Slack user or Entra object id. */
export type Account = { platform: PlatformName; workspace: string; userId: string }

/** Where a message stands: in a conversation (`reference`: what the platform's interface needs to write there), under another message when it is a reply. */
export type Place = { conversation: string; reference: unknown; replyTo?: string }

export type ChatPlatform = {
  name: PlatformName
  /** Writes a message and returns the platform's id of it. `mark` is carried unseen, so that a message whose id was lost is found again. */
  post: (place: Place, card: Card, mark: string) => Promise<string>
  /** Draws another card on a message. */
  update: (place: Place, externalId: string, card: Card, mark: string) => Promise<void>
  /** The id of a message with this mark written since then; undefined when there is none, or the platform cannot tell. */
  find: (place: Place, mark: string, since: Date) => Promise<string | undefined>
  /** The accounts that read a conversation; undefined when the platform does not say. */
  members: (place: Place) => Promise<string[] | undefined>
  /** The conversation with one person alone, and its reference; undefined when the platform lets nobody open one for them. */
  direct: (userId: string) => Promise<{ conversation: string; reference: unknown } | undefined>
}

/** Why a platform did not take a message. `busy` and `away` are tried again; `unsure` may have arrived; `gone` and `refused` need a person. */
export type DeliveryProblem =
  | { kind: 'busy'; retryAfterMs: number }
  | { kind: 'away'; problem: string }
  | { kind: 'unsure'; problem: string }
  | { kind: 'gone'; problem: string }
  | { kind: 'refused'; problem: string }

/** Thrown by `post` and `update`. */
export class DeliveryError extends Error {
  readonly why: DeliveryProblem

  constructor(why: DeliveryProblem, options?: ErrorOptions) {
    super('problem' in why ? why.problem : `the platform asks to wait ${why.retryAfterMs} ms`, options)
    this.why = why
  }
}
