import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { readAttachment } from '#mail'
import { type Blobs, DuncanError } from '#platform'
import type { PersonalData } from './gather.ts'
import { personPage } from './page.ts'

/** Which files belong to which mail (`in-12`, `out-3`), by their paths in the folder; `missing`: those that are not stored any more. */
export type MailFiles = { files: Map<string, string[]>; missing: Map<string, string[]> }

const sentFiles = z.array(z.object({ fileName: z.string(), hash: z.string() }))

/** Writes data.json, index.html, the mails as they came and left, and their attachments, for their owner's eyes alone. */
export async function writePersonFiles(blobs: Pick<Blobs, 'size' | 'stream'>, folder: string, data: PersonalData, takenAt: string): Promise<MailFiles> {
  await openEmptyFolder(folder)
  const found: MailFiles = { files: new Map(), missing: new Map() }
  const keepBlob = async (key: string, file: string, hash: string) => {
    const isKept = (await blobs.size(hash)) !== undefined
    if (isKept) await pipeline(blobs.stream(hash), createWriteStream(join(folder, file), { mode: 0o600 }))
    note(isKept ? found.files : found.missing, key, file)
  }

  for (const mail of data.mails) {
    const key = `in-${mail.id}`
    await keepBlob(key, `mails/${key}.eml`, mail.rawHash)
    for (const [index, { hash, fileName }] of mail.attachments.entries()) {
      const file = `attachments/${key}-${index + 1}-${safeName(fileName)}`
      const read = hash === null ? undefined : await readAttachment(blobs, mail.rawHash, hash)
      if (read?.kind !== 'read') note(found.missing, key, file)
      else {
        await writeFile(join(folder, file), read.content, { mode: 0o600 })
        note(found.files, key, file)
      }
    }
  }
  for (const mail of data.sent) {
    const key = `out-${mail.id}`
    if (mail.rawHash) await keepBlob(key, `mails/${key}.eml`, mail.rawHash)
    for (const [index, { hash, fileName }] of (sentFiles.safeParse(mail.attachments).data ?? []).entries())
      await keepBlob(key, `attachments/${key}-${index + 1}-${safeName(fileName)}`, hash)
  }
  await writeFile(join(folder, 'data.json'), `${JSON.stringify({ takenAt, ...data, missingFiles: [...found.missing.values()].flat() }, null, 2)}\n`, {
    mode: 0o600,
  })
  await writeFile(join(folder, 'index.html'), personPage(data, found, takenAt), { mode: 0o600 })
  return found
}

const note = (list: Map<string, string[]>, key: string, file: string) => void list.set(key, [...(list.get(key) ?? []), file])

async function openEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new DuncanError('contact.folder', `${folder} is not empty.`, 'Name a folder that does not exist yet.')
  for (const name of ['mails', 'attachments']) await mkdir(join(folder, name), { mode: 0o700 })
}

/** A sender chose the name: no path, no control characters, no hidden file. */
const safeName = (name: string | null): string =>
  (name ?? 'file')
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^[.\s]+/, '')
    .slice(0, 60)
    .toWellFormed()
    .trim() || 'file'
