import { rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Clock } from '#platform'
import { createFileBureau } from '../../../src/credit/bureaus/file-bureau/file-bureau.ts'
import { type FileBureauSettings, fileBureauSchema } from '../../../src/credit/bureaus/file-bureau/file-settings.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The scales of F052: score and payment score from 0 to 10, letters from AAA to C. */
export const northernScales = {
  score: { worst: 0, best: 10 },
  paymentScore: { worst: 0, best: 10 },
  ratings: ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C'],
  currency: 'EUR',
}

/** A folder into which a bureau drops its files, each written a minute before the clock's time. */
export function createBureauFolder(t: Pick<TestContext, 'after'>, clock: Clock) {
  const folder = temporaryFolder(t)
  return {
    folder,
    drop: async (name: string, content: string | Buffer, { secondsAgo = 60 } = {}) => {
      await writeFile(join(folder, name), content)
      const at = clock.now().epochMilliseconds / 1000 - secondsAgo
      await utimes(join(folder, name), at, at)
    },
    remove: (name: string) => rm(join(folder, name)),
    settings: (given: object = {}): FileBureauSettings => fileBureauSchema.parse({ kind: 'file', path: folder, ...northernScales, ...given }),
    open: (given: object = {}, monitored: string[] = []) => {
      const settings = { ...fileBureauSchema.parse({ kind: 'file', path: folder, ...northernScales, ...given }), countries: ['NL'] }
      return createFileBureau({ name: 'northern', settings, clock, monitored: async () => monitored })
    },
  }
}
