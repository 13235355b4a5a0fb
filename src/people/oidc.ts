import * as client from 'openid-client'
import { type Clock, type DbClient, DuncanError, fromInstant, type Log } from '#platform'
import type { PeopleConfig } from './config.ts'
import { hashToken, newToken } from './token.ts'

const attemptMinutes = 10
const callbackPath = '/sign-in/callback'

export type OidcDeps = {
  db: DbClient
  clock: Clock
  log: Log
  config: PeopleConfig
  /** Where people reach the console, without a slash at its end. */
  publicUrl: string
}

/** Where the browser goes to sign in, and the secret that it must bring back in a cookie. */
export type OidcStart = { url: string; cookie: string; maxAgeSeconds: number }

export type OidcOutcome =
  | { kind: 'signed_in'; staffId: number }
  /** The service knows them, Duncan does not: no account is made. */
  | { kind: 'unknown' }
  /** The service does not vouch for the mail address. */
  | { kind: 'unverified' }
  /** Another browser, a second use of the same answer, or too late. */
  | { kind: 'expired' }
  /** The person or the service said no. */
  | { kind: 'refused' }
  | { kind: 'failed' }

/** `name`: what people call the service, where the settings say so. */
export type Oidc = { name: string | undefined; begin: () => Promise<OidcStart>; finish: (cookie: string | undefined, answer: URL) => Promise<OidcOutcome> }

/**
 * Sign-in by the company's own service (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636); undefined when no service is
 * set. Throws `oidc.settings` when the settings are only half there. The service is asked for its details at the first sign-in.
 */
export function createOidc(deps: OidcDeps): Oidc | undefined {
  const service = serviceOf(deps.config)
  if (!service) return undefined
  return {
    name: deps.config.DUNCAN_OIDC_NAME,
    begin: async () => begin(deps, await service()),
    finish: (cookie, answer) => finish(deps, service, cookie, answer),
  }
}

/** The issuer that the service names itself by, when it answers; undefined when none is set. Throws `oidc.unreachable`, or `oidc.settings`. */
export async function checkOidc(config: PeopleConfig): Promise<string | undefined> {
  const service = serviceOf(config)
  if (!service) return undefined
  try {
    return (await service()).serverMetadata().issuer
  } catch (error) {
    const problem = `The sign-in service ${config.DUNCAN_OIDC_ISSUER} does not answer as one.`
    throw new DuncanError('oidc.unreachable', problem, 'Check DUNCAN_OIDC_ISSUER, and that this machine reaches it.', { cause: error })
  }
}

function serviceOf(config: PeopleConfig): (() => Promise<client.Configuration>) | undefined {
  const { DUNCAN_OIDC_ISSUER: issuer, DUNCAN_OIDC_CLIENT_ID: id, DUNCAN_OIDC_CLIENT_SECRET: secret } = config
  if (!issuer && !id && !secret) return undefined
  if (issuer && id && secret && isForAnybody(new URL(issuer))) {
    const problem = `DUNCAN_OIDC_ISSUER lets people of every organisation sign in: ${issuer}.`
    throw new DuncanError('oidc.settings', problem, 'Name your own tenant: https://login.microsoftonline.com/<tenant id>/v2.0.')
  }
  if (issuer && id && secret) return discoverOnce(new URL(issuer), id, secret)
  const remedy = 'Set DUNCAN_OIDC_ISSUER, DUNCAN_OIDC_CLIENT_ID and DUNCAN_OIDC_CLIENT_SECRET together, or none of them.'
  throw new DuncanError('oidc.settings', 'Company sign-in is only half set up.', remedy)
}

/** The service's details, kept once they are known; a failure is tried again the next time. */
function discoverOnce(issuer: URL, id: string, secret: string): () => Promise<client.Configuration> {
  let known: Promise<client.Configuration> | undefined
  // Without TLS only on this machine, for tests and trials: everywhere else the secret would travel in the open.
  const execute = issuer.protocol === 'http:' && isLoopback(issuer) ? [client.allowInsecureRequests] : []
  return () => {
    known ??= client.discovery(issuer, id, secret, undefined, { execute, timeout: 10 })
    known.catch(() => (known = undefined))
    return known
  }
}

/** Microsoft Entra's addresses for all tenants at once: there the administrator of any organisation says whose address somebody has. */
const isForAnybody = ({ hostname, pathname }: URL): boolean =>
  /(^|\.)(microsoftonline|windows|microsoft)\.(com|us|net)$|(^|\.)partner\.microsoftonline\.cn$/i.test(hostname) &&
  /^\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/|$)/i.test(pathname)

const isLoopback = ({ hostname }: URL): boolean => hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'

async function begin({ db, clock, publicUrl }: OidcDeps, service: client.Configuration): Promise<OidcStart> {
  const [cookie, state, nonce, codeVerifier] = [newToken(), client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
  const url = client.buildAuthorizationUrl(service, {
    redirect_uri: publicUrl + callbackPath,
    scope: 'openid email',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  })
  await db.signInAttempt.deleteMany({ where: { expiresAt: { lte: fromInstant(clock.now()) } } })
  const expiresAt = fromInstant(clock.now().add({ minutes: attemptMinutes }))
  await db.signInAttempt.create({ data: { cookieHash: hashToken(cookie), state, nonce, codeVerifier, expiresAt } })
  return { url: url.href, cookie, maxAgeSeconds: attemptMinutes * 60 }
}

async function finish(
  { db, clock, log }: OidcDeps,
  service: () => Promise<client.Configuration>,
  cookie: string | undefined,
  answer: URL,
): Promise<OidcOutcome> {
  const attempt = cookie && (await takeAttempt(db, clock, cookie))
  if (!attempt) return { kind: 'expired' }
  try {
    const claims = await verifiedClaims(await service(), answer, attempt)
    const email = typeof claims.email === 'string' ? claims.email.trim().toLowerCase() : undefined
    if (!email || !isVouchedFor(claims)) return { kind: 'unverified' }
    const staff = await db.staff.findUnique({ where: { email }, select: { id: true, active: true } })
    return staff?.active ? { kind: 'signed_in', staffId: staff.id } : { kind: 'unknown' }
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) return { kind: 'refused' }
    log.warn({ code: (error as { code?: unknown }).code, problem: (error as Error).name }, 'a sign-in by the company’s service failed')
    return { kind: 'failed' }
  }
}

type Attempt = { state: string; nonce: string; codeVerifier: string }

/** The attempt that this browser began; taken once. */
async function takeAttempt(db: DbClient, clock: Clock, cookie: string): Promise<Attempt | undefined> {
  const [taken] = await db.$queryRaw<(Attempt & { expiresAt: Date })[]>`
    DELETE FROM "SignInAttempt" WHERE "cookieHash" = ${hashToken(cookie)} RETURNING state, nonce, "codeVerifier", "expiresAt"`
  return taken && taken.expiresAt > fromInstant(clock.now()) ? taken : undefined
}

/** The claims of the ID token, whose signature, issuer, audience and nonce were checked; from the user info where the token has no mail address. */
async function verifiedClaims(service: client.Configuration, answer: URL, { state, nonce, codeVerifier }: Attempt): Promise<Record<string, unknown>> {
  const checks = { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(service, answer, checks)
  const claims = tokens.claims()
  if (!claims) throw new client.ClientError('no ID token')
  if (claims.email !== undefined || !service.serverMetadata().userinfo_endpoint) return claims
  return { ...claims, ...(await client.fetchUserInfo(service, tokens.access_token, claims.sub)) }
}

/**
 * Whether the service vouches for the mail address now. Microsoft Entra says so of the domain's owner, in the optional claim `xms_edov`.
 * Google once saw a mail to the address arrive, which its account keeps when the address is somebody else's: only for accounts of the
 * company's own Google (`hd`) it still holds (Google Identity, OpenID Connect, "authoritative").
 */
export function isVouchedFor({ iss, hd, email_verified: verified, xms_edov: ownerVerified }: Record<string, unknown>): boolean {
  if (iss === 'https://accounts.google.com' && typeof hd !== 'string') return false
  return verified === true || verified === 'true' || ownerVerified === true || ownerVerified === 1 || ownerVerified === '1' || ownerVerified === 'true'
}
