import { type Clock, type Db, type DbClient, fromInstant, recordAudit, toInstant } from '#platform'
import type { PeopleConfig } from './config.ts'
import type { Staff } from './staff.ts'
import { hashToken, newToken } from './token.ts'

export type SessionRules = Pick<PeopleConfig, 'DUNCAN_SESSION_HOURS' | 'DUNCAN_SESSION_IDLE_HOURS'>
export type SessionDeps = { client: DbClient; clock: Clock; rules: SessionRules }

export type NewSession = { token: string; maxAgeSeconds: number }
export type SessionStart = { via: 'link' | 'oidc' | 'demo'; browser: string }

/** Opens a session and returns its token, of which only the hash is kept; sessions and links past their time are cleared. */
export async function openSession({ client, clock, rules }: SessionDeps, staffId: number, { via, browser }: SessionStart): Promise<NewSession> {
  const token = newToken()
  const now = fromInstant(clock.now())
  const expiresAt = fromInstant(clock.now().add(milliseconds(rules.DUNCAN_SESSION_HOURS)))
  await client.$transaction(async tx => {
    await tx.session.deleteMany({ where: { OR: [{ expiresAt: { lte: now } }, { lastUsedAt: { lte: idleSince({ clock, rules }) } }] } })
    await tx.signInLink.deleteMany({ where: { expiresAt: { lte: now } } })
    const { id } = await tx.session.create({ data: { tokenHash: hashToken(token), staffId, via, browser, createdAt: now, lastUsedAt: now, expiresAt } })
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'session.opened', subject: `staff:${staffId}`, detail: { session: id, via } })
  })
  return { token, maxAgeSeconds: Math.round(rules.DUNCAN_SESSION_HOURS * 3600) }
}

export type SignedIn = { sessionId: number; tokenHash: string; staff: Staff }

/** Who is signed in with this token; undefined when the session is unknown, over or idle for too long, or its owner is no longer active. */
export async function findSession(deps: SessionDeps, token: string): Promise<SignedIn | undefined> {
  const [found] = await liveSessions(deps, [hashToken(token)])
  return found
}

/** Of the sessions with these token hashes, those that still stand, with their owners as they are now. */
export async function liveSessions(deps: SessionDeps, tokenHashes: string[]): Promise<SignedIn[]> {
  const sessions = await deps.client.session.findMany({ where: { tokenHash: { in: tokenHashes }, ...standing(deps) }, include: { staff: true } })
  return sessions.map(({ id, tokenHash, staff }) => ({ sessionId: id, tokenHash, staff }))
}

/** Notes that somebody did something in a session, at most once a minute. */
export async function touchSession({ client, clock }: SessionDeps, sessionId: number): Promise<void> {
  const before = fromInstant(clock.now().subtract({ minutes: 1 }))
  await client.session.updateMany({ where: { id: sessionId, lastUsedAt: { lt: before } }, data: { lastUsedAt: fromInstant(clock.now()) } })
}

export type SessionInfo = { id: number; via: string; browser: string; createdAt: Date; lastUsedAt: Date; endsAt: Date }

/** The sessions of one person that stand, the last used first; `endsAt`: when each ends if nobody uses it any more. */
export async function listSessions(deps: SessionDeps, staffId: number): Promise<SessionInfo[]> {
  const sessions = await deps.client.session.findMany({ where: { staffId, ...standing(deps) }, orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }] })
  return sessions.map(({ id, via, browser, createdAt, lastUsedAt, expiresAt }) => {
    const idleEnd = fromInstant(toInstant(lastUsedAt).add(milliseconds(deps.rules.DUNCAN_SESSION_IDLE_HOURS)))
    return { id, via, browser, createdAt, lastUsedAt, endsAt: idleEnd < expiresAt ? idleEnd : expiresAt }
  })
}

/** Ends one session of a person, or all but one; returns how many. `actor`: who ends them. */
export async function endSessions(db: DbClient, staffId: number, which: { only: number } | { allBut: number } | 'all', actor: string): Promise<number> {
  const id = which === 'all' ? {} : 'only' in which ? { id: which.only } : { id: { not: which.allBut } }
  return db.$transaction(async tx => {
    const ended = await tx.session.findMany({ where: { staffId, ...id }, select: { id: true } })
    await tx.session.deleteMany({ where: { id: { in: ended.map(session => session.id) } } })
    const sessions = ended.map(session => session.id)
    if (sessions.length > 0) await recordAudit(tx, { actor, event: 'session.ended', subject: `staff:${staffId}`, detail: { sessions } })
    return sessions.length
  })
}

/** Ends every session and voids every link and sign-in under way: a restored backup would bring back those that were ended since. */
export async function signEverybodyOut(db: DbClient): Promise<void> {
  await db.$transaction([db.session.deleteMany(), db.signInLink.deleteMany(), db.signInAttempt.deleteMany()])
}

/** Ends the session of a token; one that is over already is left as it is. */
export async function closeSession(db: Db, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashToken(token) } })
}

const milliseconds = (hours: number) => ({ milliseconds: Math.round(hours * 3_600_000) })
const idleSince = ({ clock, rules }: Pick<SessionDeps, 'clock' | 'rules'>) => fromInstant(clock.now().subtract(milliseconds(rules.DUNCAN_SESSION_IDLE_HOURS)))
const standing = (deps: SessionDeps) => ({
  expiresAt: { gt: fromInstant(deps.clock.now()) },
  lastUsedAt: { gt: idleSince(deps) },
  staff: { active: true },
})
