import type { NextFunction, Request, Response } from 'express'
import { findSession, type SessionDeps, type SignedIn, type Staff, touchSession } from '#people'

/** The request header that only our own page can set: another site cannot without our leave (CORS preflight). */
const csrfHeader = 'x-duncan'

const hasTls = (publicOrigin: string): boolean => publicOrigin.startsWith('https:')

/** The name of the session's cookie. Over TLS it is one that no other host of the domain can set (`__Host-`, RFC 6265bis 4.1.3). */
export const sessionCookie = (publicOrigin: string): string => (hasTls(publicOrigin) ? '__Host-duncan_session' : 'duncan_session')

/** No inline scripts, nothing from elsewhere, no framing. Styles that the card library sets go through the object model, which needs no exception. */
export const securityHeaders = (publicOrigin: string) => (_request: Request, response: Response, next: NextFunction) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(hasTls(publicOrigin) && { 'Strict-Transport-Security': 'max-age=31536000' }),
  })
  next()
}

/** Refuses a changing request that does not come from our own page: custom header, Origin and fetch metadata must all agree. */
export function sameSiteOnly(publicOrigin: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const { origin, host } = request.headers
    // Without TLS people may reach the console by several names of its machine.
    const ownOrigins = hasTls(publicOrigin) ? [publicOrigin] : [publicOrigin, `http://${host ?? ''}`]
    const site = request.headers['sec-fetch-site']
    const foreign = (origin !== undefined && !ownOrigins.includes(origin)) || (site !== undefined && site !== 'same-origin')
    if (request.headers[csrfHeader] === undefined || foreign) return void response.status(403).json({ error: 'cross_site' })
    next()
  }
}

/**
 * Sets `response.locals.signedIn` to who is signed in; answers 401 when nobody is, and leads who opened a link to a file by the sign-in to it:
 * from another site, such as a chat, the browser comes without its cookie. What a person does keeps the session from going idle.
 */
export function signedInOnly(sessions: SessionDeps, publicOrigin: string) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const token = sessionToken(request, publicOrigin)
    const signedIn = token && (await findSession(sessions, token))
    if (!signedIn) {
      const isLink = request.method === 'GET' && request.originalUrl.startsWith('/api/files/') && request.accepts('json', 'html') === 'html'
      if (isLink) return response.redirect(303, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`)
      return void response.status(401).json({ error: 'signed_out' })
    }
    // A page that lies open fetches new cards by itself: that is no sign of a person. Opening the page is.
    if (request.method !== 'GET' || request.path === '/me') await touchSession(sessions, signedIn.sessionId)
    response.locals.signedIn = signedIn
    next()
  }
}

export const signedInAs = (response: Response): SignedIn => response.locals.signedIn as SignedIn
export const staffOf = (response: Response): Staff => signedInAs(response).staff

/** The session's token from the cookie header, when there is one. */
export const sessionToken = (request: Request, publicOrigin: string): string | undefined => cookieOf(request, sessionCookie(publicOrigin))

/** A cookie's value by its name. */
export function cookieOf(request: Request, name: string): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map(pair => pair.trim().split('='))
  return cookies.find(([key]) => key === name)?.[1]
}

/** Gives the browser its session: out of reach of scripts, never sent from another site, over TLS only where there is TLS. */
export function setSessionCookie(response: Response, token: string, maxAgeSeconds: number, publicOrigin: string): void {
  response.cookie(sessionCookie(publicOrigin), token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    maxAge: maxAgeSeconds * 1000,
    secure: hasTls(publicOrigin),
  })
}

const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/OPR\//, 'Opera'],
  [/Chrom(e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** Browser and system in two words ("Firefox, Linux"), so that people know their sessions apart; empty when neither is known. */
export function browserName({ headers }: Request): string {
  const agent = headers['user-agent'] ?? ''
  const known = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  return [known(browsers), known(systems)].filter(Boolean).join(', ')
}
