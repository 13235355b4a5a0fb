import { createHash, createHmac, randomBytes } from 'node:crypto'
import { advisoryLocks, type Db, type Secrets } from '#platform'

const name = 'payment links'

/** What stands in the address of a link, of 128 bits: made anew from its seed whenever its reminder is written again, so that only its hash is kept. */
export async function tokenOf(tx: Db, secrets: Secrets, seed: string): Promise<string> {
  const key = await linkKey(tx, secrets)
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(`payment link\0${seed}`).digest().subarray(0, 16).toString('base64url')
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
export const newSeed = (): string => randomBytes(16).toString('base64url')

/** The key that addresses of links are made with. Throws `secrets.no_key` where nothing can be sealed. */
async function linkKey(tx: Db, secrets: Secrets): Promise<string> {
  const known = await secrets.read(tx, name)
  if (known !== undefined) return known
  // Of two processes that need the first one, the second finds what the first made.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.linkKey})`
  const made = await secrets.read(tx, name)
  if (made !== undefined) return made
  secrets.requireKey()
  const key = randomBytes(32).toString('base64url')
  await secrets.write(tx, name, key)
  return key
}
