import { randomInt } from 'node:crypto'
import { appendFile, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The numbers of a Maildir folder's files: stable as UIDs are, whatever flags a file gets or whether it moves from new to cur. */
export type MaildirUids = { uidValidity: bigint; byName: Map<string, bigint>; lastUid: bigint }

const fileName = '.duncan-uids'

/** A Maildir file's name without its flags: what stays the same for its life. */
export const baseName = (name: string): string => name.split(':2,')[0] ?? name

/** Reads the numbers given so far; a folder without the list gets a new one under a new UIDVALIDITY. */
export async function readUids(folder: string): Promise<MaildirUids> {
  const content = await readFile(join(folder, fileName), 'utf8').catch(() => '')
  // A line that a crash cut short has no line end; its mail gets its number again.
  const [header, ...lines] = content.split('\n').slice(0, -1)
  const uidValidity = /^1 (\d+)$/.exec(header ?? '')?.[1]
  if (uidValidity === undefined) return startUids(folder, BigInt(randomInt(1, 2 ** 31)))
  const byName = new Map<string, bigint>()
  let lastUid = 0n
  for (const line of lines) {
    const entry = /^(\d+) (.+)$/.exec(line)
    if (!entry?.[1] || !entry[2]) continue
    const uid = BigInt(entry[1])
    byName.set(entry[2], uid)
    if (uid > lastUid) lastUid = uid
  }
  return { uidValidity: BigInt(uidValidity), byName, lastUid }
}

async function startUids(folder: string, uidValidity: bigint): Promise<MaildirUids> {
  const temporary = join(folder, `${fileName}.part`)
  await writeFile(temporary, `1 ${uidValidity}\n`)
  await rename(temporary, join(folder, fileName))
  return { uidValidity, byName: new Map(), lastUid: 0n }
}

/** Numbers new files in the given order. The numbers are on disk before anybody uses them. */
export async function assignUids(folder: string, uids: MaildirUids, names: string[]): Promise<void> {
  if (names.length === 0) return
  const lines = names.map(name => {
    uids.lastUid += 1n
    uids.byName.set(name, uids.lastUid)
    return `${uids.lastUid} ${name}\n`
  })
  const file = join(folder, fileName)
  // After a crash in mid-line: end that line first, or the next one would be read as part of it.
  const needsLineEnd = !(await readFile(file, 'utf8')).endsWith('\n')
  await appendFile(file, (needsLineEnd ? '\n' : '') + lines.join(''))
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
