import type { Temporal } from 'temporal-polyfill'
import { type DbClient, DuncanError, toInstant } from '#platform'
import type { MailboxSettings } from '../mailboxes-kind.ts'
import { createOAuthClient } from './oauth-client.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import { signInWithBrowser, signInWithDevice } from './sign-in.ts'
import { forgetSignIn, readSignIn, type SignInDeps, signInName, storeSignIn } from './stored-sign-in.ts'
import { endOfSignIn } from './watch-sign-ins.ts'

type WithOAuth = Pick<MailboxSettings, 'key' | 'oauth'>

/** How the person is reached: by a browser on this machine, or by a code for any other device. */
export type ConnectWay =
  | { kind: 'browser'; port: number; onPage: (page: string, redirectUri: string) => void }
  | { kind: 'device'; onCode: (place: string, code: string) => void }

/** Lets a person sign a mailbox in and keeps the sign-in; returns who it was, where the provider says so. Throws `connect.*`. */
export async function connectMailbox(deps: SignInDeps, mailbox: WithOAuth, way: ConnectWay, actor: string): Promise<string | undefined> {
  const oauth = oauthOf(mailbox)
  deps.secrets.requireKey()
  const client = createOAuthClient(oauth)
  const grant = way.kind === 'browser' ? await signInWithBrowser(client, way) : await signInWithDevice(client, way)
  await storeSignIn(deps, signInName(mailbox.key, oauth), oauth, grant, actor)
  return grant.account
}

/** Forgets a mailbox's sign-in, and asks the provider to do the same: returns whether there was one, and whether the provider did. */
export async function disconnectMailbox(deps: SignInDeps, mailbox: WithOAuth, actor: string): Promise<{ forgotten: boolean; revoked: boolean }> {
  const oauth = oauthOf(mailbox)
  const name = signInName(mailbox.key, oauth)
  // A sign-in whose tokens do not open must be forgettable too.
  const stored = await readSignIn(deps.client, deps.secrets, name).catch(() => undefined)
  const forgotten = await forgetSignIn(deps, name, actor)
  const revoked =
    stored !== undefined &&
    (await createOAuthClient(oauth)
      .revoke(stored.refreshToken)
      .catch(() => false))
  return { forgotten, revoked }
}

/** What is known of a mailbox's sign-in. Moments; `ends` and `account` where the provider tells. */
export type SignInState = {
  state: 'missing' | 'ok' | 'failing' | 'over'
  name: string
  account?: string | undefined
  signedIn?: Temporal.Instant | undefined
  refreshed?: Temporal.Instant | undefined
  ends?: Temporal.Instant | undefined
  problem?: string | undefined
}

/** The state of a mailbox's sign-in, without its tokens. */
export async function describeSignIn(client: DbClient, key: string, oauth: OAuthSettings): Promise<SignInState> {
  const name = signInName(key, oauth)
  const row = await client.mailSignIn.findUnique({ where: { name } })
  if (!row) return { state: 'missing', name }
  return {
    state: row.endedAt ? 'over' : row.failingSince ? 'failing' : 'ok',
    name,
    account: row.account ?? undefined,
    signedIn: toInstant(row.signedInAt),
    refreshed: toInstant(row.refreshedAt),
    ends: endOfSignIn(row, oauth.signInDays),
    problem: row.problem ?? undefined,
  }
}

function oauthOf({ key, oauth }: WithOAuth): OAuthSettings {
  if (oauth) return oauth
  throw new DuncanError(
    'connect.no_oauth',
    `The mailbox ${key} signs in by password.`,
    'Give it oauth in the settings in place of passwordEnv; docs/connections.md shows how.',
  )
}
