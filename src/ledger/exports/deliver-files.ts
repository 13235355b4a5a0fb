import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type ExportPlace, partPath, partPrefix } from './part-file.ts'

/** A file as its run keeps it. */
export const deliveredFileSchema = z.object({
  contents: z.array(z.string()),
  file: z.string(),
  rows: z.record(z.string(), z.int()),
  /** By content, column and currency. */
  sums: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))).default({}),
  bytes: z.int(),
  sha256: z.string(),
  altered: z.int(),
})
export type DeliveredFile = z.infer<typeof deliveredFileSchema>

/** Gives complete files their names, in their order, and brings the folder to the disk. One that has its name already stays. Returns those that are gone. */
export async function deliverFiles({ folder, name }: ExportPlace, files: string[]): Promise<string[]> {
  const gone: string[] = []
  for (const file of files) {
    const part = partPath(folder, name, file)
    if (await exists(part)) await rename(part, join(folder, file))
    else if (!(await exists(join(folder, file)))) gone.push(file)
  }
  await using handle = await open(folder, 'r')
  await handle.sync()
  return gone
}

/** Removes what runs of this export that ended half way left behind. */
export async function removeParts({ folder, name }: ExportPlace): Promise<void> {
  const left = (await readdir(folder)).filter(file => file.startsWith(partPrefix(name)) && file.endsWith('.part'))
  for (const file of left) await rm(join(folder, file), { force: true })
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
