import { type Clock, type Db, fromInstant } from '#platform'
import type { Staff } from './staff.ts'
import { hashToken, newToken } from './token.ts'

const sessionHours = 12

export type NewSession = { token: string; maxAgeSeconds: number }

/** Opens a session of 12 hours and returns its token, of which only the hash is kept; sessions and links past their time are cleared. */
export async function openSession(db: Db, clock: Clock, staffId: number): Promise<NewSession> {
  const token = newToken()
  const now = fromInstant(clock.now())
  await db.session.deleteMany({ where: { expiresAt: { lte: now } } })
  await db.signInLink.deleteMany({ where: { expiresAt: { lte: now } } })
  await db.session.create({
    data: { tokenHash: hashToken(token), staffId, createdAt: now, expiresAt: fromInstant(clock.now().add({ hours: sessionHours })) },
  })
  return { token, maxAgeSeconds: sessionHours * 3600 }
}

/** Who is signed in with this token; undefined when the session is unknown or expired, or its owner is no longer active. */
export async function findSession(db: Db, clock: Clock, token: string): Promise<Staff | undefined> {
  const session = await db.session.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: fromInstant(clock.now()) }, staff: { active: true } },
    include: { staff: true },
  })
  return session?.staff
}

/** Ends a session; one that is over already is left as it is. */
export async function closeSession(db: Db, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashToken(token) } })
}
