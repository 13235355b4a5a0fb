import type { Log } from '#platform'
import type { MailboxSettings } from '../config.ts'
import { openImapMailbox } from './imap.ts'
import type { Mailbox } from './mailbox.ts'
import { openMaildirMailbox } from './maildir.ts'

/** Opens a configured mailbox, whatever its kind. Throws a `mailbox.*` fault with what to do. */
export async function openConfiguredMailbox(settings: MailboxSettings, log: Log): Promise<Mailbox> {
  if (settings.kind === 'maildir') return openMaildirMailbox(settings)
  return openImapMailbox({ ...settings, auth: { user: settings.user, password: settings.password } }, log)
}
