import type { Log } from '#platform'
import { connectImap, type ImapSettings } from './imap-connection.ts'
import { explainImapError } from './imap-errors.ts'

/** Begins to idle in the first folder and ends it at once; false for a server that does not offer it or refuses. Throws a `mailbox.*` fault. */
export async function tryIdle(settings: ImapSettings, log: Log): Promise<boolean> {
  const client = await connectImap(settings, log, () => undefined)
  try {
    if (!client.capabilities.has('IDLE')) return false
    await client.mailboxOpen(settings.folders[0] ?? 'INBOX', { readOnly: true })
    const idling = client.idle()
    await client.noop() // waits until the server has agreed to idle, and breaks it
    return (await idling) !== false
  } catch (error) {
    throw explainImapError(error, settings)
  } finally {
    client.close()
  }
}
