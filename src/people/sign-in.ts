import { type Clock, type Db, fromInstant } from '#platform'
import { hashToken, newToken } from './token.ts'

const linkMinutes = 15
const invitationDays = 7

/** Makes a link that signs this person in once, within 15 minutes; the token stands after `#`, so that no server log sees it. */
export const createSignInLink = (db: Db, clock: Clock, staffId: number, publicUrl: string): Promise<string> =>
  createLink(db, clock, staffId, publicUrl, { minutes: linkMinutes })

/** Makes a link that lets somebody in who has waited for it, once, within 7 days. */
export const createInvitation = (db: Db, clock: Clock, staffId: number, publicUrl: string): Promise<string> =>
  createLink(db, clock, staffId, publicUrl, { hours: invitationDays * 24 })

async function createLink(db: Db, clock: Clock, staffId: number, publicUrl: string, lives: { minutes: number } | { hours: number }): Promise<string> {
  const token = newToken()
  await db.signInLink.create({ data: { tokenHash: hashToken(token), staffId, expiresAt: fromInstant(clock.now().add(lives)) } })
  return `${publicUrl.replace(/\/$/, '')}/sign-in#${token}`
}

/** Uses up a sign-in token and returns whom it signs in; undefined when it is unknown, used, expired or its owner left. */
export async function useSignInToken(db: Db, clock: Clock, token: string): Promise<number | undefined> {
  const now = fromInstant(clock.now())
  // Compare-and-set: of two browsers with one link, one gets in.
  const [used] = await db.signInLink.updateManyAndReturn({
    where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: now }, staff: { active: true } },
    data: { usedAt: now },
  })
  return used?.staffId
}
