import type { DbClient } from '#platform'
import type { OpenMailbox } from './mailbox/mailbox.ts'

/** Marks a message as handled in its mailbox, wherever it stands there, so that colleagues see it in their own mail client. */
export async function markHandled(client: DbClient, openMailbox: (mailboxKey: string) => OpenMailbox | undefined, messageId: number): Promise<void> {
  const message = await client.message.findUnique({ where: { id: messageId }, include: { mailbox: true, locations: { include: { folder: true } } } })
  const open = message && openMailbox(message.mailbox.key)
  if (!message || !open || message.status === 'handled') return

  const mailbox = await open()
  try {
    for (const { folder, uid, uidValidity } of message.locations) {
      // A place under an older UIDVALIDITY no longer names this mail (RFC 3501 2.3.1.1).
      if (folder.role === 'inbox' && folder.uidValidity === uidValidity) await mailbox.markHandled({ path: folder.path, role: folder.role }, uid)
    }
  } finally {
    await mailbox.close()
  }
  await client.message.update({ where: { id: messageId }, data: { status: 'handled' } })
}
