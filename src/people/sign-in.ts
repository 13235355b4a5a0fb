import { type Clock, type Db, fromInstant } from '#platform'
import { hashToken, newToken } from './token.ts'

const linkMinutes = 15

/** Makes a link that signs this person in once, within 15 minutes; the token stands after `#`, so that no server log sees it. */
export async function createSignInLink(db: Db, clock: Clock, staffId: number, publicUrl: string): Promise<string> {
  const token = newToken()
  const expiresAt = fromInstant(clock.now().add({ minutes: linkMinutes }))
  await db.signInLink.create({ data: { tokenHash: hashToken(token), staffId, expiresAt } })
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
