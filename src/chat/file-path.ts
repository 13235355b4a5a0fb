import { filePathOf } from '#reports'
import type { FileSource } from './card.ts'

/** Where the console gives a file to who may see it: a path on its own address. */
export function filePath(source: FileSource): string {
  switch (source.of) {
    case 'message':
      return `/api/files/attachments/${source.attachmentId}`
    case 'source':
      return `/api/files/mails/${source.messageId}`
    case 'action':
      return `/api/files/actions/${source.actionId}/${source.index}`
    case 'entry':
      return `/api/files/entries/${source.entryId}`
    case 'report':
      return filePathOf({ ...source, own: false })
    default:
      return source satisfies never
  }
}
