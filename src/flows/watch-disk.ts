import { statfs } from 'node:fs/promises'
import type { Ops } from '#platform'

type WatchDeps = { ops: Pick<Ops, 'raise' | 'resolve'>; dataDir: string; leastFreeMb: number; freeBytes?: (folder: string) => Promise<number> }

/** Free bytes of the disk under a folder, for who is not root. */
const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The least, half of it, a quarter ... whichever the free space is still below: it is told anew when it worsens, not with every megabyte. */
const alarmLevel = (free: number, least: number): number => Math.ceil(least / 2 ** Math.floor(Math.log2(least / Math.max(free, 1))))

/** Raises an alert while the disk of the data folder is nearly full; it is closed once a tenth more than the least is free again. */
export async function watchDisk({ ops, dataDir, leastFreeMb, freeBytes = freeBytesOf }: WatchDeps): Promise<void> {
  if (leastFreeMb === 0) return ops.resolve('disk:data')
  const free = Math.floor((await freeBytes(dataDir)) / 1_000_000)
  if (free < leastFreeMb) {
    const remedy = 'Free space or enlarge the disk; a retention rule in the settings lets old raw mails go. When it is full, no mail is read or sent.'
    return ops.raise({ key: 'disk:data', problem: `The disk under the data folder has less than ${alarmLevel(free, leastFreeMb)} MB left.`, remedy })
  }
  if (free >= leastFreeMb * 1.1) await ops.resolve('disk:data')
}
