import { z } from 'zod'
import { type Clock, type Db, type DbClient, fromInstant, type MailSignInModel, recordAudit, type Secrets } from '#platform'
import type { Grant } from './grant.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import type { LastingGrant } from './sign-in.ts'

export type SignInDeps = { client: DbClient; secrets: Secrets; clock: Clock }

/** A sign-in with its tokens, which never leave this folder but towards the provider and the mail server. */
export type StoredSignIn = MailSignInModel & { accessToken: string; refreshToken: string }

const tokens = z.object({ accessToken: z.string(), refreshToken: z.string() })
const secretName = (name: string): string => `mailbox-sign-in:${name}`
const subject = (name: string): string => `mailbox-sign-in:${name}`

/** The name that a mailbox's sign-in is kept under: its own key, unless several mailboxes share one. */
export const signInName = (mailboxKey: string, { signIn }: OAuthSettings): string => signIn ?? mailboxKey

/** Undefined when nobody signed in. Throws `secrets.*` when the tokens do not open. */
export async function readSignIn(db: Db, secrets: Secrets, name: string): Promise<StoredSignIn | undefined> {
  const row = await db.mailSignIn.findUnique({ where: { name } })
  const secret = row && (await secrets.read(db, secretName(name)))
  return row && secret ? { ...row, ...tokens.parse(JSON.parse(secret)) } : undefined
}

/** Keeps what a person's sign-in gave, in place of an earlier one under the name. */
export async function storeSignIn(deps: SignInDeps, name: string, settings: OAuthSettings, grant: LastingGrant, actor: string): Promise<void> {
  const { client, secrets, clock } = deps
  const { provider, clientId } = settings
  const now = fromInstant(clock.now())
  const row = { ...lifetimes(clock, grant, null), provider, clientId, account: grant.account ?? null, signedInAt: now }
  await client.$transaction(async tx => {
    await tx.mailSignIn.upsert({ where: { name }, create: { name, ...row }, update: row })
    await secrets.write(tx, secretName(name), JSON.stringify(tokens.parse(grant)))
    const content = grant.account === undefined ? {} : { content: { account: grant.account } }
    await recordAudit(tx, { actor, event: 'mailbox.signed_in', subject: subject(name), detail: { provider }, ...content })
  })
}

/** Keeps what a refresh gave: the new refresh token where there is one, else the earlier one goes on. */
export async function storeRefreshed(tx: Db, { secrets, clock }: Pick<SignInDeps, 'secrets' | 'clock'>, earlier: StoredSignIn, grant: Grant): Promise<void> {
  const { name, signedInAt, refreshToken, expiresAt } = earlier
  // Nobody may overwrite the tokens of a person who signed in anew meanwhile.
  const { count } = await tx.mailSignIn.updateMany({ where: { name, signedInAt }, data: lifetimes(clock, grant, expiresAt) })
  if (count === 1) await secrets.write(tx, secretName(name), JSON.stringify(tokens.parse({ refreshToken, ...grant })))
}

/** Notes that the provider ended the sign-in. The tokens stay: some providers change their mind when an account is unlocked. */
export async function storeEnd(tx: Db, clock: Clock, { name, endedAt }: StoredSignIn, problem: string): Promise<void> {
  await tx.mailSignIn.update({ where: { name }, data: { endedAt: fromInstant(clock.now()), problem } })
  if (!endedAt) await recordAudit(tx, { actor: 'duncan', event: 'mailbox.sign_in_ended', subject: subject(name), detail: { problem } })
}

/** Notes that refreshing failed for a reason that may pass. */
export async function storeTrouble(tx: Db, clock: Clock, { name, failingSince }: StoredSignIn, problem: string): Promise<void> {
  await tx.mailSignIn.update({ where: { name }, data: { failingSince: failingSince ?? fromInstant(clock.now()), problem } })
}

/** Forgets a sign-in and its tokens; false when there is none. */
export async function forgetSignIn({ client, secrets }: SignInDeps, name: string, actor: string): Promise<boolean> {
  return client.$transaction(async tx => {
    const { count } = await tx.mailSignIn.deleteMany({ where: { name } })
    await secrets.remove(tx, secretName(name))
    if (count > 0) await recordAudit(tx, { actor, event: 'mailbox.sign_in_forgotten', subject: subject(name) })
    return count > 0
  })
}

function lifetimes(clock: Clock, { accessSeconds, refreshSeconds }: Grant, expiresAt: Date | null) {
  const now = clock.now()
  return {
    refreshedAt: fromInstant(now),
    accessExpiresAt: fromInstant(now.add({ seconds: Math.floor(accessSeconds) })),
    expiresAt: refreshSeconds === undefined ? expiresAt : fromInstant(now.add({ seconds: Math.floor(refreshSeconds) })),
    failingSince: null,
    endedAt: null,
    problem: null,
  }
}
