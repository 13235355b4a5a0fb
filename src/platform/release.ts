import { existsSync, readFileSync } from 'node:fs'

/** What runs: the version of the package, and the commit where it runs from a clone; null otherwise. */
export type Release = { version: string; commit: string | null }

const root = new URL('../../', import.meta.url)

let known: Release | undefined

/** The release of this process, read once. */
export const currentRelease = (): Release => (known ??= { version: versionIn(root), commit: commitIn(new URL('.git/', root)) })

const versionIn = (folder: URL): string => (JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string }).version

/** The commit that a clone stands on; null where there is none, or it is kept in another way. */
function commitIn(git: URL): string | null {
  const read = (name: string): string => (existsSync(new URL(name, git)) ? readFileSync(new URL(name, git), 'utf8') : '')
  const head = read('HEAD').trim()
  const branch = /^ref: (refs\/\S+)$/.exec(head)?.[1]
  if (branch === undefined) return isCommit(head) ? head : null
  const packed = read('packed-refs')
    .split('\n')
    .find(line => line.endsWith(` ${branch}`))
  const commit = read(branch).trim() || (packed?.split(' ')[0] ?? '')
  return isCommit(commit) ? commit : null
}

const isCommit = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text)
