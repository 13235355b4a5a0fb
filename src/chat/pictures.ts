import { readAttachment } from '#mail'
import type { Blobs, DbClient } from '#platform'
import type { FileSource } from './card.ts'

/** A picture that came by mail, as it came: nothing here decodes it. */
type Picture = { content: Buffer; contentType: 'image/png' | 'image/jpeg' }

/** A picture with its file name, and what it is in words. */
export type PictureToShow = Picture & { name: string; alt: string }

export type ReadPicture = (source: FileSource) => Promise<Picture | undefined>

/** A larger one is a file to open. */
const largestPicture = 8 * 1024 * 1024

/** Whether what a mail says of an attachment is what a picture would say. */
export const mayBePicture = ({ contentType, size }: { contentType: string; size: number }): boolean =>
  /^image\/(png|jpe?g)$/i.test(contentType) && size <= largestPicture

/** Reads the pictures of cards; undefined for whatever is none by its first bytes, is too large, or was let go. */
export const createPictureReader =
  ({ client, blobs }: { client: DbClient; blobs: Pick<Blobs, 'size' | 'stream'> }): ReadPicture =>
  async source => {
    if (source.of !== 'message') return undefined
    const message = { select: { rawHash: true, rawDeletedAt: true } }
    const attachment = await client.attachment.findUnique({ where: { id: source.attachmentId }, include: { message } })
    if (!attachment?.hash || !mayBePicture(attachment) || attachment.message.rawDeletedAt) return undefined
    const found = await readAttachment(blobs, attachment.message.rawHash, attachment.hash)
    if (found.kind !== 'read') return undefined
    const contentType = typeOf(found.content)
    return contentType && { content: found.content, contentType }
  }

/** What the first bytes say (PNG: RFC 2083 section 3.1; JPEG: ITU-T T.81 annex B), whatever the mail says. */
function typeOf(content: Buffer): Picture['contentType'] | undefined {
  if (content.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  return content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ? 'image/jpeg' : undefined
}
