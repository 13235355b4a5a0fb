import type { OAuthSettings } from './oauth-settings.ts'

/** What differs between the providers, in one form. */
export type Provider = {
  /** For texts that people read. */
  title: string
  /** Where the OpenID configuration is found, or the endpoints of a provider that publishes none. */
  issuer: string
  endpoints?: { authorization: string; token: string; deviceAuthorization?: string | undefined } | undefined
  scopes: string[]
  /** What the address of the sign-in page needs besides the standard's own parameters. */
  pageParameters: Record<string, string>
  /** The host of the address that the browser comes back to; the registration with the provider names it, without a port. */
  loopbackHost: 'localhost' | '127.0.0.1'
  /** Why a device code cannot be had here. */
  deviceRefusal?: string
}

/** The provider of a mailbox's sign-in. */
export function providerOf(settings: OAuthSettings): Provider {
  if (settings.provider === 'microsoft') {
    const { authority, tenant, resource } = settings
    const rights = ['IMAP.AccessAsUser.All', 'SMTP.Send'].map(right => `${resource.replace(/\/$/, '')}/${right}`)
    return {
      title: 'Microsoft 365',
      issuer: `${authority.replace(/\/$/, '')}/${tenant}/v2.0`,
      scopes: [...rights, 'offline_access', 'openid', 'profile'],
      // Who runs this command is often signed in as somebody else than the person who may read the mailbox.
      pageParameters: { prompt: 'select_account' },
      loopbackHost: 'localhost',
    }
  }
  if (settings.provider === 'google') {
    return {
      title: 'Google',
      issuer: settings.issuer,
      scopes: ['https://mail.google.com/', 'openid', 'email'],
      // Without both Google hands out a refresh token the first time only.
      pageParameters: { access_type: 'offline', prompt: 'consent' },
      loopbackHost: '127.0.0.1',
      deviceRefusal: 'Google gives no access to mail by device code',
    }
  }
  const { issuer, endpoints, scopes } = settings
  return {
    title: new URL(issuer).host,
    issuer,
    endpoints,
    scopes,
    // OpenID Connect Core 11: offline_access is granted with consent only.
    pageParameters: scopes.includes('offline_access') ? { prompt: 'consent' } : {},
    loopbackHost: '127.0.0.1',
  }
}
