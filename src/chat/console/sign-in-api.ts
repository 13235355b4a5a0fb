/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { closeSession, countSignIn, type Oidc, openSession, type SessionDeps, type SessionStart, useSignInToken } from '#people'
import { errorText, type Log } from '#platform'
import { languages, wordsOf } from '../words/index.ts'
import { browserName, cookieOf, sessionCookie, sessionToken, setSessionCookie } from './guard.ts'

export type SignInDeps = {
  sessions: SessionDeps
  oidc: Oidc | undefined
  /** Of the console as people reach it: `https://duncan.creditor.example`. */
  origin: string
  log: Log
}

const signInBody = z.object({ token: z.string().min(20).max(200) })
const attemptCookie = 'duncan_sign_in'
const addressOf = (request: Request): string => request.ip ?? ''

/** Everything that is there before somebody is signed in: words for the page, the link's token, and the way over the company's service. */
export function createSignIn({ sessions, oidc, origin, log }: SignInDeps): { api: Router; pages: Router } {
  const { client, clock } = sessions
  /** Opens a session; after how many seconds it may be tried again when this person has signed in too often. */
  async function letIn(request: Request, response: Response, staffId: number, via: SessionStart['via']): Promise<number | undefined> {
    const wait = await countSignIn(client, clock, { kind: 'signed_in', staffId })
    if (wait !== undefined) {
      log.warn({ staff: staffId }, 'somebody signs in too often')
      return wait
    }
    const before = sessionToken(request, origin)
    if (before) await closeSession(client, before)
    const session = await openSession(sessions, staffId, { via, browser: browserName(request) })
    setSessionCookie(response, session.token, session.maxAgeSeconds, origin)
    return undefined
  }

  const api = Router()
  api.get('/words', (request, response) => {
    response.json(wordsOf(request.acceptsLanguages(...languages) || 'en').ui)
  })
  api.get('/sign-in', (_request, response) => void response.json({ service: oidc ? (oidc.name ?? '') : null }))
  api.post('/sign-in', async (request, response) => {
    const { token } = signInBody.parse(request.body)
    const staffId = await useSignInToken(client, clock, token)
    const wait =
      staffId === undefined
        ? await countSignIn(client, clock, { kind: 'failed', address: addressOf(request) })
        : await letIn(request, response, staffId, 'link')
    if (wait !== undefined) {
      response.set('Retry-After', String(wait)).status(429).json({ error: 'too_many' })
      return
    }
    if (staffId === undefined) {
      response.status(401).json({ error: 'link_used' })
      return
    }
    response.status(204).end()
  })
  api.post('/sign-out', async (request, response) => {
    const token = sessionToken(request, origin)
    if (token) await closeSession(client, token)
    response
      .clearCookie(sessionCookie(origin), { path: '/', secure: origin.startsWith('https:') })
      .status(204)
      .end()
  })

  const pages = Router()
  if (!oidc) return { api, pages }
  // The answer comes from another site, by a link: a strict cookie would stay at home.
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/sign-in', secure: origin.startsWith('https:') } as const
  pages.get('/sign-in/service', async (request, response) => {
    if ((await countSignIn(client, clock, { kind: 'begun', address: addressOf(request) })) !== undefined) return problem(response, 'too_many')
    try {
      const start = await oidc.begin()
      response.cookie(attemptCookie, start.cookie, { ...cookie, maxAge: start.maxAgeSeconds * 1000 })
      response.redirect(303, start.url)
    } catch (error) {
      log.warn({ problem: errorText(error) }, 'the company’s sign-in service does not answer')
      problem(response, 'unreachable')
    }
  })
  pages.get('/sign-in/callback', async (request, response) => {
    const outcome = await oidc.finish(cookieOf(request, attemptCookie), new URL(request.originalUrl, origin))
    response.clearCookie(attemptCookie, cookie)
    if (outcome.kind === 'signed_in') {
      const wait = await letIn(request, response, outcome.staffId, 'oidc')
      return wait === undefined ? response.redirect(303, '/') : problem(response, 'too_many')
    }
    const isNobodys = outcome.kind === 'expired' && (await countSignIn(client, clock, { kind: 'failed', address: addressOf(request) })) !== undefined
    problem(response, isNobodys ? 'too_many' : outcome.kind)
  })
  return { api, pages }
}

/** Back to the sign-in page, which says what went wrong. */
const problem = (response: Response, kind: string): void => response.redirect(303, `/sign-in?problem=${kind}`)
