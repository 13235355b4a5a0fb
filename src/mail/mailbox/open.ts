import { DuncanError, type Log } from '#platform'
import type { ImapMailboxSettings, MailboxSettings } from '../mailboxes-kind.ts'
import { openImapMailbox } from './imap.ts'
import type { ImapSettings } from './imap-connection.ts'
import { tryIdle } from './imap-idle.ts'
import type { Mailbox } from './mailbox.ts'
import { openMaildirMailbox } from './maildir.ts'

/** Opens a configured mailbox, whatever its kind. Throws a `mailbox.*` fault with what to do. */
export async function openConfiguredMailbox(settings: MailboxSettings, log: Log): Promise<Mailbox> {
  return settings.kind === 'maildir' ? openMaildirMailbox(settings) : openImapMailbox(withAuth(settings), log)
}

/** Whether the mailbox tells of new mail by itself (IDLE, RFC 2177); otherwise it is looked at now and then. Throws a `mailbox.*` fault. */
export async function tellsOfNews(settings: MailboxSettings, log: Log): Promise<boolean> {
  return settings.kind === 'maildir' || tryIdle(withAuth(settings), log)
}

function withAuth(settings: ImapMailboxSettings): ImapSettings {
  const { key, user, password, accessToken } = settings
  if (accessToken) return { ...settings, auth: { user, accessToken } }
  if (password === undefined) throw new DuncanError('mailbox.token', `Nobody signed in for the mailbox ${key}.`, `Run \`duncan connect ${key}\`.`)
  return { ...settings, auth: { user, password } }
}
