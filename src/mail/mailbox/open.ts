import { DuncanError, type Log } from '#platform'
import type { MailboxSettings } from '../mailboxes-kind.ts'
import { openImapMailbox } from './imap.ts'
import type { Mailbox } from './mailbox.ts'
import { openMaildirMailbox } from './maildir.ts'

/** Opens a configured mailbox, whatever its kind. Throws a `mailbox.*` fault with what to do. */
export async function openConfiguredMailbox(settings: MailboxSettings, log: Log): Promise<Mailbox> {
  if (settings.kind === 'maildir') return openMaildirMailbox(settings)
  const { key, user, password, accessToken } = settings
  if (accessToken) return openImapMailbox({ ...settings, auth: { user, accessToken } }, log)
  if (password === undefined) throw new DuncanError('mailbox.token', `Nobody signed in for the mailbox ${key}.`, `Run \`duncan connect ${key}\`.`)
  return openImapMailbox({ ...settings, auth: { user, password } }, log)
}
