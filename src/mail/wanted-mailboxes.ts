import type { WantedMailbox } from './connected-mailboxes.ts'
import type { SignIns } from './connections/sign-ins.ts'
import { type MailboxSection, type MailboxSettings, withSecrets } from './mailboxes-kind.ts'

/** A mailbox that is given in code, and where its mail goes instead of leaving: the demo's Maildir. */
export type GivenMailbox = MailboxSettings & { outbox?: string }

/** What is wanted of a mailbox that is given in code. */
export const wantedByCode =
  (signIns: SignIns) =>
  ({ outbox, ...given }: GivenMailbox): WantedMailbox => ({ ...given, outbox, written: given, settings: () => signIns.attach(given) })

/** What is wanted of a mailbox of the settings. Its secrets are looked up at each connection: one that is missing stops its own mailbox, and no other. */
export const wantedBySettings =
  (signIns: SignIns, environment: () => Record<string, string | undefined>) =>
  ([key, written]: [string, MailboxSection]): WantedMailbox => ({
    ...written,
    key,
    written,
    settings: () => signIns.attach(withSecrets(key, written, environment())),
  })
