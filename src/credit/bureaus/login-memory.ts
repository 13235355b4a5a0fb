import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { type Clock, type DbClient, fromInstant } from '#platform'
import type { LoginMemory } from './creditsafe/connection.ts'

/** Remembers in the database whether a bureau refused this user name and password: three bad logins can lock the account by hand. */
export function createLoginMemory(client: DbClient, clock: Clock, bureau: string, login: { username: string; password: string }): LoginMemory {
  const words = JSON.stringify([login.username, login.password])
  return {
    wasRefused: async () => {
      const account = await client.creditAccount.findUnique({ where: { bureau } })
      return account?.refusedLogin ? isHashOf(account.refusedLogin, words) : false
    },
    remember: async outcome => {
      const refusedLogin = outcome === 'refused' ? hash(words, randomBytes(16)) : null
      await client.creditAccount.upsert({ where: { bureau }, create: { bureau, refusedLogin }, update: { refusedLogin } })
      if (outcome === 'accepted')
        await client.creditAccount.updateMany({ where: { bureau, activeSince: null }, data: { activeSince: fromInstant(clock.now()) } })
    },
  }
}

const hash = (words: string, salt: Buffer): string => `${salt.toString('base64url')}.${scryptSync(words, salt, 32).toString('base64url')}`

function isHashOf(stored: string, words: string): boolean {
  const fresh = hash(words, Buffer.from(stored.split('.', 1)[0] ?? '', 'base64url'))
  return fresh.length === stored.length && timingSafeEqual(Buffer.from(fresh), Buffer.from(stored))
}
