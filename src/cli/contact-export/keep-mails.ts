import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { readAttachment } from '#mail'
import type { AttachmentModel, Blobs, MessageModel, OutboundMailModel } from '#platform'

/** The files of one mail by their paths in the folder; `missing`: those that are not stored any more. */
export type KeptFiles = { kept: string[]; missing: string[] }

export type MailFiles = {
  keepMail: (mail: Pick<MessageModel, 'id' | 'rawHash'> & { attachments: Pick<AttachmentModel, 'hash' | 'fileName'>[] }) => Promise<KeptFiles>
  keepSent: (mail: Pick<OutboundMailModel, 'id' | 'rawHash' | 'attachments'>) => Promise<KeptFiles>
}

const sentFiles = z.array(z.object({ fileName: z.string(), hash: z.string() }))

/** Writes mails as they came and left, with their attachments, into a folder, for their owner's eyes alone. */
export function mailFiles(blobs: Pick<Blobs, 'size' | 'stream'>, folder: string): MailFiles {
  const keepBlob = async (files: KeptFiles, file: string, hash: string): Promise<boolean> => {
    const isStored = (await blobs.size(hash)) !== undefined
    if (isStored) await pipeline(blobs.stream(hash), createWriteStream(join(folder, file), { mode: 0o600 }))
    files[isStored ? 'kept' : 'missing'].push(file)
    return isStored
  }
  return {
    keepMail: async ({ id, rawHash, attachments }) => {
      const files: KeptFiles = { kept: [], missing: [] }
      const isStored = await keepBlob(files, `mails/in-${id}.eml`, rawHash)
      for (const [index, { hash, fileName }] of attachments.entries()) {
        const file = `attachments/in-${id}-${index + 1}-${safeName(fileName)}`
        const read = hash === null ? undefined : await readAttachment(blobs, rawHash, hash)
        if (read?.kind === 'read') {
          await writeFile(join(folder, file), read.content, { mode: 0o600 })
          files.kept.push(file)
        } else if (!isStored) files.missing.push(file) // one that is too large to be taken out stands in the mail itself
      }
      return files
    },
    keepSent: async ({ id, rawHash, attachments }) => {
      const files: KeptFiles = { kept: [], missing: [] }
      if (rawHash) await keepBlob(files, `mails/out-${id}.eml`, rawHash)
      for (const [index, { hash, fileName }] of (sentFiles.safeParse(attachments).data ?? []).entries())
        await keepBlob(files, `attachments/out-${id}-${index + 1}-${safeName(fileName)}`, hash)
      return files
    },
  }
}

/** A sender chose the name: no path, no control characters, no hidden file. */
const safeName = (name: string | null): string =>
  (name ?? 'file')
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^[.\s]+/, '')
    .slice(0, 60)
    .toWellFormed()
    .trim() || 'file'
