import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { atFolder } from './at-folder.ts'

/** What was written of a file. `sha256` in hex. */
export type WrittenFile = { file: string; bytes: number; sha256: string }

/** The folder that an export writes to, and its name. */
export type ExportPlace = { folder: string; name: string }

export type PartFile = {
  write: (bytes: Uint8Array) => Promise<void>
  /** Brings it to the disk, still under its temporary name. */
  end: () => Promise<WrittenFile>
  discard: () => Promise<void>
}

/** Where a file of an export lies until it is complete: hidden, and with an ending that no other program looks for. */
export const partPath = (folder: string, name: string, file: string): string => join(folder, `${partPrefix(name)}${file}.part`)

/** What the temporary names of one export begin with, and those of no other. */
export const partPrefix = (name: string): string => `.${name}~`

/** Opens a file under its temporary name. Others of the owner's group may read it: the program that fetches it is another user. */
export async function openPartFile({ folder, name }: ExportPlace, file: string): Promise<PartFile> {
  const path = partPath(folder, name, file)
  const handle = await atFolder(folder, () => open(path, 'w', 0o640))
  const sum = createHash('sha256')
  let bytes = 0
  return {
    write: async chunk => {
      sum.update(chunk)
      bytes += chunk.length
      await atFolder(folder, () => handle.writeFile(chunk)) // unlike write, it never stops half way; it goes on where the last one ended
    },
    end: async () => {
      await atFolder(folder, () => handle.sync())
      await handle.close()
      return { file, bytes, sha256: sum.digest('hex') }
    },
    discard: async () => {
      await handle.close().catch(() => undefined)
      await rm(path, { force: true })
    },
  }
}
