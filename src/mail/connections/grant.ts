import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client'

/** What a provider gave: durations in seconds from now. */
export type Grant = {
  accessToken: string
  accessSeconds: number
  /** Absent when the earlier one stays valid. */
  refreshToken?: string
  /** How long the sign-in lasts, where the provider says so. */
  refreshSeconds?: number
  /** Who signed in, as the provider calls them. */
  account?: string
}

/** RFC 6749, 5.1 only recommends that the lifetime is told. */
const untoldAccessSeconds = 600

/** The part of a token response that Duncan uses. */
export function toGrant(response: TokenEndpointResponse & TokenEndpointResponseHelpers): Grant {
  const claims = response.claims()
  const account = [claims?.preferred_username, claims?.email].find(claim => typeof claim === 'string' && claim !== '')
  const refreshSeconds = Number(response.refresh_token_expires_in ?? 0)
  return {
    accessToken: response.access_token,
    accessSeconds: response.expires_in ?? untoldAccessSeconds,
    ...(response.refresh_token && { refreshToken: response.refresh_token }),
    ...(refreshSeconds > 0 && { refreshSeconds }),
    ...(typeof account === 'string' && { account }),
  }
}
