import type { TestContext } from 'node:test'
import { createSecrets, type Database, fixedClock, newSecretKey, type Secrets, systemClock } from '#platform'
import { createOAuthClient } from '../../src/mail/connections/oauth-client.ts'
import { type OAuthSettings, oauthSettings } from '../../src/mail/connections/oauth-settings.ts'
import { signInWithBrowser } from '../../src/mail/connections/sign-in.ts'
import { storeSignIn } from '../../src/mail/connections/stored-sign-in.ts'
import { createTestDatabase } from './database.ts'
import { duncanClient, type IdentityProvider, startIdentityProvider } from './identity-provider.ts'

export type SignedIn = {
  idp: IdentityProvider
  database: Database
  clock: ReturnType<typeof fixedClock>
  /** The key that `secrets` seals with. */
  key: string
  secrets: Secrets
  oauth: OAuthSettings
  /** Ann signs in again. */
  signIn: () => Promise<void>
}

export const oauthAt = (issuer: string, more: Record<string, unknown> = {}): OAuthSettings => ({
  ...oauthSettings.parse({
    provider: 'custom',
    issuer,
    scopes: ['openid', 'offline_access', 'email'],
    clientId: duncanClient.client_id,
    clientSecretEnv: 'CLIENT_SECRET',
    ...more,
  }),
  clientSecret: duncanClient.client_secret,
})

/** The mailbox `debtors`, that Ann has signed in for at a provider on loopback. The clock begins now. */
export async function aSignedInMailbox(t: Pick<TestContext, 'after'>, options: Parameters<typeof startIdentityProvider>[1] = {}): Promise<SignedIn> {
  const database = await createTestDatabase(t)
  const idp = await startIdentityProvider(t, options)
  const clock = fixedClock(systemClock.now().toString())
  const key = newSecretKey()
  const secrets = createSecrets({ DUNCAN_SECRET_KEY: key, DUNCAN_DATA_DIR: '/nowhere' })
  const oauth = oauthAt(idp.issuer)
  const signIn = async () => {
    const grant = await signInWithBrowser(createOAuthClient(oauth), { port: 0, onPage: page => void idp.visit(page, 'ann') })
    await storeSignIn({ client: database.client, secrets, clock }, 'debtors', oauth, grant, 'cli')
  }
  await signIn()
  idp.asked.length = 0
  return { idp, database, clock, key, secrets, oauth, signIn }
}
