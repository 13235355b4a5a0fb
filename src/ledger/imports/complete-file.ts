import { stat } from 'node:fs/promises'
import type { Clock } from '#platform'

const quietFor = 5_000 // milliseconds without a change before a file counts as complete

/** Whether a file has stood still for a while. One whose time lies ahead (another machine's clock) counts by the same distance. */
export async function isComplete(path: string, clock: Clock): Promise<boolean> {
  const { size, mtimeMs } = await stat(path)
  return size > 0 && Math.abs(clock.now().epochMilliseconds - mtimeMs) > quietFor
}

/** Hidden and half-written files of copy programs. */
export const isHalfWritten = (name: string): boolean => /^[.~]|\.(?:part|tmp|filepart)(?:\.|$)/i.test(name)
