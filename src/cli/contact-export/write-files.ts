import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { type Blobs, type DbClient, DuncanError } from '#platform'
import type { Person } from './find-person.ts'
import { findTraces } from './find-traces.ts'
import { mailFiles } from './keep-mails.ts'
import { pageEnd, pageRow, pageStart, sectionEnd, sectionStart } from './page.ts'
import { sectionsOf } from './sections.ts'

/** How many records of each kind there were, and the files that are not stored any more, by their paths. */
export type Written = { counts: Record<string, number>; missing: string[] }

type WriteDeps = { client: DbClient; blobs: Pick<Blobs, 'size' | 'stream'> }

/**
 * Writes data.json, index.html, the mails as they came and left, and their attachments into a new or empty folder, for their owner's
 * eyes alone. Records pass through one by one, however many there are. Throws `contact.folder`.
 */
export async function writePersonFiles(deps: WriteDeps, folder: string, person: Person, takenAt: string): Promise<Written> {
  await openEmptyFolder(folder)
  try {
    return await writeInto(deps, folder, person, takenAt)
  } catch (error) {
    await rm(folder, { recursive: true, force: true }) // half of a person's data is of no use, and must not lie about
    throw error
  }
}

async function writeInto({ client, blobs }: WriteDeps, folder: string, person: Person, takenAt: string): Promise<Written> {
  const written: Written = { counts: {}, missing: [] }
  const keep = mailFiles(blobs, folder)
  const noting =
    <Mail>(work: (mail: Mail) => ReturnType<typeof keep.keepMail>) =>
    async (mail: Mail) => {
      const files = await work(mail)
      written.missing.push(...files.missing)
      return files
    }
  const traces = await findTraces(client, person)
  const [data, page] = [textFile(join(folder, 'data.json')), textFile(join(folder, 'index.html'))]

  await data.write(`{\n"takenAt": ${JSON.stringify(takenAt)},\n"person": ${JSON.stringify(person)}`)
  await page.write(pageStart(person, takenAt))
  for (const { name, title, columns, entries } of sectionsOf(client, traces, { keepMail: noting(keep.keepMail), keepSent: noting(keep.keepSent) })) {
    let count = 0
    await data.write(`,\n${JSON.stringify(name)}: [`)
    for await (const { row, cells } of entries) {
      await data.write(`${count === 0 ? '' : ','}\n${JSON.stringify(row)}`)
      if (count === 0) await page.write(sectionStart(title, columns))
      await page.write(pageRow(cells))
      count++
    }
    await data.write(']')
    await page.write(sectionEnd(title, count))
    written.counts[name] = count
  }
  await data.write(`,\n"missingFiles": ${JSON.stringify(written.missing)}\n}\n`)
  await page.write(pageEnd)
  await Promise.all([data.end(), page.end()])
  return written
}

function textFile(path: string) {
  const stream: WriteStream = createWriteStream(path, { mode: 0o600, flags: 'wx' })
  const done = finished(stream)
  done.catch(() => undefined) // thrown by `write` and `end`
  return {
    write: async (text: string) => {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
    },
    end: () => {
      stream.end()
      return done
    },
  }
}

async function openEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new DuncanError('contact.folder', `${folder} is not empty.`, 'Name a folder that does not exist yet.')
  for (const name of ['mails', 'attachments']) await mkdir(join(folder, name), { mode: 0o700 })
}
