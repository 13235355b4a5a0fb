import type { Staff } from '#people'
import type { Card } from '../card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import type { Command } from '../commands/registry.ts'
import type { Account, PlatformName } from './platform.ts'

/** A message on a platform, as the platform names it. */
export type MessageOn = { platform: PlatformName; conversation: string; externalId: string }

/** What somebody asked for, so that a shared answer is made anew for its readers rather than taken from a message. */
export type Asked = { text: string } | { action: string; data: Record<string, string> }

/** Where everything that comes in from a platform goes. Adapters know whose account it was and how to draw the answer, and nothing else. */
export type Desk = {
  /** The active member of staff behind an account. A mail address that the platform has verified links an account that nobody linked, where the settings allow it. */
  whoIs: (account: Account, verifiedEmail?: string) => Promise<Staff | undefined>
  /** Links an account by the code that its owner got in the console. `language`: of the answer to somebody whom nobody knows yet. */
  link: (account: Account, code: string, language: string) => Promise<ClickOutcome>
  click: (click: Click) => Promise<ClickOutcome>
  command: (command: Command) => Promise<ClickOutcome>
  /** A person's own page: what waits for them, who covers whom, their settings. */
  home: (staff: Staff, platform: PlatformName) => Promise<Card>
  /** Puts an answer, made anew, into a conversation for all to see. Refused where somebody reads who may see less than the one who shares. */
  share: (staff: Staff, where: Omit<MessageOn, 'externalId'>, asked: Asked) => Promise<ClickOutcome>
  /** Colleagues' talk under a card: kept with it, copied to its other surfaces, and never sent to a debtor. False when the message is no card of Duncan's. */
  talk: (staff: Staff, reply: MessageOn, under: string, text: string) => Promise<boolean>
  /** Whether a delivery of the platform is here for the first time; asked before anything is done. */
  isNew: (platform: PlatformName, deliveryId: string) => Promise<boolean>
  /** What is needed to write to a conversation, as the platform told it; `userId`: of one person's own conversation. */
  remember: (where: { platform: PlatformName; workspace: string; conversation: string; userId?: string; reference?: object }) => Promise<void>
  /** Somebody joined or left: who reads the conversation is asked anew before the next mail text goes there; without one, of every channel. */
  membersChanged: (platform: PlatformName, conversation: string | undefined) => Promise<void>
  /** A card that was clicked, by its mark: one whose id was lost is known from then on. */
  adopt: (message: MessageOn, mark: string) => Promise<void>
  /** The message shows something else for the moment ("Working…"): it is drawn anew even if its card has not changed. */
  drawAnew: (message: MessageOn) => Promise<void>
  /** The card that a message shows now, for a platform that shows the clicker at once what became of it; undefined for whatever is no card of theirs. */
  cardOn: (staff: Staff, message: MessageOn) => Promise<Card | undefined>
}
