import { allowInsecureRequests, type ClientAuth, ClientSecretPost, Configuration, discovery, None, refreshTokenGrant, tokenRevocation } from 'openid-client'
import { type Grant, toGrant } from './grant.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import { type Provider, providerOf } from './providers.ts'

/** A provider as seen by Duncan's registration there. What its verbs throw, `oauthFault` explains. */
export type OAuthClient = {
  provider: Provider
  /** The provider's endpoints, looked up once. */
  configuration: () => Promise<Configuration>
  refresh: (refreshToken: string) => Promise<Grant>
  /** Asks the provider to forget a refresh token (RFC 7009); false when it has no way to. */
  revoke: (refreshToken: string) => Promise<boolean>
}

const timeoutSeconds = 15

/** Talks to the provider of these settings; nothing is sent before a verb is called. */
export function createOAuthClient(settings: OAuthSettings): OAuthClient {
  const provider = providerOf(settings)
  const authentication = settings.clientSecret ? ClientSecretPost(settings.clientSecret) : None()
  let lookedUp: Promise<Configuration> | undefined
  const configuration = () => {
    lookedUp ??= configure(provider, settings.clientId, authentication).catch((error: unknown) => {
      lookedUp = undefined
      throw error
    })
    return lookedUp
  }
  return {
    provider,
    configuration,
    refresh: async refreshToken => toGrant(await refreshTokenGrant(await configuration(), refreshToken)),
    revoke: async refreshToken => {
      const known = await configuration()
      if (!known.serverMetadata().revocation_endpoint) return false
      await tokenRevocation(known, refreshToken, { token_type_hint: 'refresh_token' })
      return true
    },
  }
}

async function configure({ issuer, endpoints }: Provider, clientId: string, authentication: ClientAuth): Promise<Configuration> {
  // The settings let http pass on this machine only.
  const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : []
  if (!endpoints) return discovery(new URL(issuer), clientId, undefined, authentication, { timeout: timeoutSeconds, execute })
  const metadata = {
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    ...(endpoints.deviceAuthorization && { device_authorization_endpoint: endpoints.deviceAuthorization }),
  }
  const configuration = new Configuration(metadata, clientId, undefined, authentication)
  configuration.timeout = timeoutSeconds
  for (const apply of execute) apply(configuration)
  return configuration
}
