import { createReadStream } from 'node:fs'
import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createZip, DuncanError } from '#platform'

/** Packs the files of a folder into a new zip file, for its owner's eyes alone; one that cannot be finished goes. Throws `contact.zip` for what stands already. */
export async function zipFolder(folder: string, target: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  const paths = files.map(entry => join(entry.parentPath, entry.name)).toSorted()
  const file = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw new DuncanError('contact.zip', `${target} cannot be made.`, 'Name a file that does not exist yet, in a folder that does.', { cause: error })
  })
  try {
    const zip = createZip(bytes => file.writeFile(bytes))
    for (const path of paths) {
      const entry = zip.open(path.slice(folder.length + 1).replaceAll('\\', '/'))
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) await entry.write(chunk)
      await entry.end()
    }
    await zip.end()
    await file.sync()
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
