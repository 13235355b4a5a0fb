import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { type Clock, type Db, fromInstant } from '#platform'

// Secrets of 256 bits cannot be guessed: the limits keep noise and floods down. A right link is let in whatever its address did before,
// so nobody keeps a person out by trying from the same network; a person's own limit counts only what succeeded, which takes their secret.
const limits = {
  /** Links that were wrong and answers that nobody waited for, of one address. */
  failed: { most: 30, seconds: 60 },
  /** Ways begun to the company's sign-in service, of one address: a whole office may stand behind it. */
  begun: { most: 300, seconds: 60 },
  /** Sign-ins of one person. */
  signed_in: { most: 20, seconds: 3600 },
}
const longestStretch = 3600

export type SignInTry = { kind: 'failed' | 'begun'; address: string } | { kind: 'signed_in'; staffId: number }

/** Counts a try to sign in, over all processes; returns after how many seconds there may be another one when it was one too many, else undefined. */
export async function countSignIn(db: Db, clock: Clock, tried: SignInTry): Promise<number | undefined> {
  const { most, seconds } = limits[tried.kind]
  const now = Math.floor(clock.now().epochMilliseconds / 1000)
  const begun = now - (now % seconds)
  const since = new Date(begun * 1000)
  const [row] = await db.$queryRaw<{ count: number }[]>`
    INSERT INTO "SignInCount" (subject, since, count) VALUES (${subjectOf(tried)}, ${since}, 1)
    ON CONFLICT (subject, since) DO UPDATE SET count = LEAST("SignInCount".count + 1, 1000000) RETURNING count`
  // An address is not kept for longer than it counts.
  if (row?.count === 1) await db.signInCount.deleteMany({ where: { since: { lt: fromInstant(clock.now().subtract({ seconds: longestStretch })) } } })
  return (row?.count ?? 0) > most ? begun + seconds - now : undefined
}

const subjectOf = (tried: SignInTry): string =>
  tried.kind === 'signed_in' ? `staff:${tried.staffId}` : `${tried.kind}:${createHash('sha256').update(networkOf(tried.address)).digest('base64url')}`

/** What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after]
  return whole
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}
