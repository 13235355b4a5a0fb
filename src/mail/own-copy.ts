import type { Blobs, DbClient } from '#platform'

/**
 * Whether a message that the sync met is a copy of a mail that Duncan sent: a blind copy to the mailbox itself, or the one that a
 * server files in the Sent folder with header lines of its own. Such a copy asks nothing; it is joined with the message that sending
 * stored, so that a thread shows one mail once.
 */
export async function absorbOwnCopy({ client, blobs }: { client: DbClient; blobs: Pick<Blobs, 'read'> }, messageId: number): Promise<boolean> {
  const copy = await client.message.findUnique({ where: { id: messageId } })
  if (!copy?.internetMessageId) return false
  const mail = await client.outboundMail.findUnique({ where: { internetMessageId: copy.internetMessageId } })
  if (!mail?.rawHash || mail.mailboxId !== copy.mailboxId) return false
  // Whoever got the mail knows its Message-ID and could write under it; outside the Sent folder only our own words are ours.
  if (copy.direction === 'in' && !(await haveSameBody(blobs, copy.rawHash, mail.rawHash))) return false

  return client.$transaction(async tx => {
    const own = await tx.message.findFirst({ where: { mailboxId: mail.mailboxId, rawHash: mail.rawHash ?? '' }, select: { id: true } })
    if (mail.private) {
      // The server keeps what it sends: the copy stays in its folder, and nothing of it here.
      const emptied = { direction: 'out', status: 'processed', subject: '', text: '', replyText: '', rawDeletedAt: copy.receivedAt }
      await tx.message.update({ where: { id: messageId }, data: emptied })
      await tx.attachment.deleteMany({ where: { messageId } })
      return true
    }
    if (!own || own.id === messageId) {
      // Met before it was recorded as sent: this is the copy that the thread keeps.
      await tx.message.update({ where: { id: messageId }, data: { direction: 'out', status: 'processed', alsoDebtorIds: mail.alsoDebtorIds } })
      return true
    }
    await tx.messageLocation.updateMany({ where: { messageId }, data: { messageId: own.id } })
    await tx.message.delete({ where: { id: messageId } })
    return true
  })
}

async function haveSameBody(blobs: Pick<Blobs, 'read'>, one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map(async hash => bodyOf((await blobs.read(hash)).toString('latin1'))))
  return a === b
}

/** Without the header, whose lines servers add to, and without the line ends, which they convert. */
function bodyOf(source: string): string {
  const text = source.replaceAll('\r\n', '\n')
  return text.slice(text.indexOf('\n\n')).trimEnd()
}
