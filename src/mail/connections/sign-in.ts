import { setTimeout as sleep } from 'node:timers/promises'
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  type DeviceAuthorizationResponse,
  initiateDeviceAuthorization,
  pollDeviceAuthorizationGrant,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { DuncanError } from '#platform'
import { type Grant, toGrant } from './grant.ts'
import { waitForBrowser } from './loopback.ts'
import type { OAuthClient } from './oauth-client.ts'
import { type OAuthFault, oauthFault } from './oauth-faults.ts'

/** A sign-in of which a refresh token came out. */
export type LastingGrant = Grant & { refreshToken: string }

type BrowserSteps = {
  /** Fixed only where a firewall or a tunnel wants it; 0 takes a free one. */
  port: number
  timeoutSeconds?: number
  /** Shows the address that the person opens. */
  onPage: (page: string, redirectUri: string) => void
}

/**
 * Lets a person sign in with a browser on this machine: authorization code with PKCE (RFC 7636, RFC 8252). Throws `connect.*`.
 */
export async function signInWithBrowser({ provider, configuration }: OAuthClient, steps: BrowserSteps): Promise<LastingGrant> {
  const known = await explained(provider.title, configuration())
  const [verifier, state] = [randomPKCECodeVerifier(), randomState()]
  const loopback = await waitForBrowser({ host: provider.loopbackHost, port: steps.port, state, timeoutSeconds: steps.timeoutSeconds ?? 600 })
  try {
    const page = buildAuthorizationUrl(known, {
      redirect_uri: loopback.redirectUri,
      scope: provider.scopes.join(' '),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...provider.pageParameters,
    })
    steps.onPage(page.href, loopback.redirectUri)
    const answer = await loopback.answer
    const response = await explained(provider.title, authorizationCodeGrant(known, answer, { pkceCodeVerifier: verifier, expectedState: state }))
    return lasting(toGrant(response))
  } finally {
    loopback.close()
  }
}

type DeviceSteps = {
  /** Shows where the person types which code. */
  onCode: (place: string, code: string) => void
  signal?: AbortSignal
}

/** Lets a person sign in on any other device, by a code (RFC 8628): for servers without a browser. Throws `connect.*`. */
export async function signInWithDevice({ provider, configuration }: OAuthClient, steps: DeviceSteps): Promise<LastingGrant> {
  if (provider.deviceRefusal) {
    const remedy = 'Run `duncan connect` without --device; from a server: choose --port 8484 and open the tunnel `ssh -L 8484:127.0.0.1:8484 <server>` first.'
    throw new DuncanError('connect.no_device', `${provider.deviceRefusal}.`, remedy)
  }
  const known = await explained(provider.title, configuration())
  const device = await explained(provider.title, initiateDeviceAuthorization(known, { scope: provider.scopes.join(' ') }))
  steps.onCode(device.verification_uri, device.user_code)
  return lasting(toGrant(await explained(provider.title, pollUntilDecided(known, device, steps.signal))))
}

/** `slow_down` is obeyed by the library; a network that fails for a moment must not cost the person their sign-in (RFC 8628, 3.5). */
async function pollUntilDecided(known: Configuration, device: DeviceAuthorizationResponse, signal?: AbortSignal) {
  const expired = AbortSignal.timeout(device.expires_in * 1000)
  const ended = signal ? AbortSignal.any([expired, signal]) : expired
  for (;;) {
    try {
      return await pollDeviceAuthorizationGrant(known, device, undefined, { signal: ended })
    } catch (error) {
      if (ended.aborted) throw new DuncanError('connect.timeout', 'Nobody typed the code in time.', 'Run the command again for a new code.')
      if (oauthFault(error).kind !== 'passing') throw error
      await sleep((device.interval ?? 5) * 1000, undefined, { signal: ended }).catch(() => undefined)
    }
  }
}

function lasting({ refreshToken, ...grant }: Grant): LastingGrant {
  if (refreshToken) return { ...grant, refreshToken }
  throw new DuncanError(
    'connect.no_refresh_token',
    'The provider lets Duncan in only for the next hour: it gave no refresh token.',
    'Allow offline access in the registration (scope offline_access), remove Duncan from the apps of that account, and sign in again.',
  )
}

async function explained<T>(title: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof DuncanError ? error : explain(title, oauthFault(error))
  }
}

function explain(title: string, { kind, problem }: OAuthFault): DuncanError {
  if (kind === 'denied') {
    return new DuncanError('connect.denied', `Nobody was signed in at ${title}: ${problem}.`, 'Run the command again, and agree to what the page asks.')
  }
  if (kind === 'registration') {
    const remedy = 'Check clientId, clientSecretEnv, and the redirect addresses and rights of the registration; docs/connections.md lists them.'
    return new DuncanError('connect.registration', `${title} does not accept Duncan's registration: ${problem}.`, remedy)
  }
  if (kind === 'ended') {
    return new DuncanError('connect.ended', `${title} took the sign-in back: ${problem}.`, 'Run the command again, with less time between its steps.')
  }
  return new DuncanError('connect.unreachable', `${title} did not answer as expected: ${problem}.`, 'Check the network and the settings, then run it again.')
}
