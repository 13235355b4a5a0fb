import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'

/** What a request that failed means. `problem` is made of codes only: the provider's own words name people and accounts. */
export type OAuthFault = {
  kind: /** The sign-in is over: only a person can renew it. */
    | 'ended'
    /** Duncan's registration with the provider is not right: its id, its secret, its rights. */
    | 'registration'
    /** The person said no, or let the time pass. */
    | 'denied'
    /** The network or the provider is in trouble: later it may work. */
    | 'passing'
  problem: string
}

const ended = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required'])
const registration = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'unsupported_grant_type',
  'unsupported_response_type',
  'invalid_request',
])
const denied = new Set(['access_denied', 'authorization_declined', 'expired_token'])

/** What went wrong between Duncan and the provider (RFC 6749, 5.2 and 4.1.2.1; RFC 8628, 3.5). Whatever is not known counts as passing. */
export function oauthFault(error: unknown): OAuthFault {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    const code = /^[\w.-]{1,60}$/.test(error.error) ? error.error : 'unreadable_error'
    // Microsoft's own number says what its general codes leave open.
    const [number] = /AADSTS\d+/.exec(error.error_description ?? '') ?? []
    const status = error instanceof ResponseBodyError ? error.status : 400
    const isPassing = status === 429 || status >= 500
    return { kind: isPassing ? 'passing' : kindOf(code), problem: [code, number].filter(Boolean).join(' ') }
  }
  if (error instanceof WWWAuthenticateChallengeError) return { kind: 'registration', problem: `it answered ${error.status}` }
  if (error instanceof ClientError && error.cause instanceof Response) {
    const { status } = error.cause
    return { kind: 'passing', problem: `it answered ${status}` }
  }
  return { kind: 'passing', problem: networkCode(error) }
}

function kindOf(code: string): OAuthFault['kind'] {
  if (ended.has(code)) return 'ended'
  if (registration.has(code)) return 'registration'
  return denied.has(code) ? 'denied' : 'passing'
}

/** The innermost code that says something: ECONNREFUSED tells more than the fetch around it. */
function networkCode(error: unknown): string {
  const codes: string[] = []
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as NodeJS.ErrnoException
    if (typeof code === 'string') codes.push(code)
  }
  return codes.at(-1) ?? 'no answer'
}
