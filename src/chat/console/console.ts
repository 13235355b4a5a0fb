import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { createOidc, type PeopleConfig } from '#people'
import type { Blobs, Clock, DbClient, Log } from '#platform'
import type { Proposals } from '#proposals'
import type { Chat } from '../chat.ts'
import type { ReportsPort } from '../reports/port.ts'
import { consoleSurface } from '../surface.ts'
import { createApi } from './api.ts'
import { createDebtorApi } from './debtor-api.ts'
import { createDemoApi, type Demo } from './demo-api.ts'
import { createEntryFilesApi } from './entry-files-api.ts'
import { createFeed } from './feed.ts'
import { createFilesApi } from './files-api.ts'
import { sameSiteOnly, securityHeaders, signedInOnly } from './guard.ts'
import { createLive } from './live.ts'
import { createReportsApi } from './reports-api.ts'
import { rightOnly } from './route-rights.ts'
import { createSessionsApi } from './sessions-api.ts'
import { createSignIn } from './sign-in-api.ts'

export type ConsoleDeps = {
  client: DbClient
  /** The database again, for the one connection that listens. */
  url: string
  /** Where mails and invoice copies lie. */
  blobs: Pick<Blobs, 'size' | 'stream'>
  clock: Clock
  log: Log
  chat: Pick<Chat, 'click' | 'command'>
  /** Without it no report is made as a file. */
  reports?: Pick<ReportsPort, 'write'>
  /** Without it there is nothing to look at of what entries would write. */
  proposals?: Pick<Proposals, 'entryFile'>
  /** Where people reach the console: `http://127.0.0.1:3210`. */
  publicUrl: string
  /** How people sign in, and for how long. */
  people: PeopleConfig
  /** IANA name; the page's times are in it, as those on cards are. */
  timeZone: string
  /** Only in the demo: its debtors to write as, and the switch between colleagues. */
  demo?: Demo
}

export type Console = {
  router: Router
  /** Has open pages look anew at what they may show, after people or routes have changed. */
  recheck: () => void
  start: () => Promise<void>
  stop: () => Promise<void>
}

const web = join(import.meta.dirname, 'web')
const cardLibrary = join(dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')), 'dist/adaptivecards.min.js')

/** The local console: an Express router with the page, its interface and its live updates. `start` listens for posts, `stop` lets go of browsers. */
export function createConsole(deps: ConsoleDeps): Console {
  const { client, url, blobs, clock, log, chat, publicUrl, people, timeZone, demo, reports, proposals } = deps
  const router = Router()
  const origin = new URL(publicUrl).origin
  const sessions = { client, clock, rules: people }
  const live = createLive({ sessions, url, surface: consoleSurface, log })
  const signIn = createSignIn({ sessions, oidc: createOidc({ db: client, clock, log, config: people, publicUrl }), origin, log })
  const feed = createFeed({ client, clock, timeZone })

  router.use(securityHeaders(origin))
  const page = (_request: Request, response: Response) => response.sendFile(join(web, 'index.html'), { headers: { 'Cache-Control': 'no-cache' } })
  const debtorPages = (_request: Request, response: Response) => response.sendFile(join(web, 'debtor.html'), { headers: { 'Cache-Control': 'no-cache' } })
  router.get('/', page)
  router.get(['/debtors', '/debtors/:id'], debtorPages)
  router.get('/sign-in', page)
  router.use(signIn.pages)
  router.get('/assets/adaptivecards.js', (_request, response) => response.sendFile(cardLibrary))
  router.use('/assets', express.static(web, { index: false, cacheControl: false }))

  const api = Router()
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  api.use(sameSiteOnly(origin), express.json({ limit: '256kb' }))
  api.use(signIn.api)
  api.use(signedInOnly(sessions, origin), rightOnly)
  if (demo) api.use('/demo', createDemoApi({ sessions, demo, origin }))
  api.use('/sessions', createSessionsApi(sessions))
  api.use('/debtors', createDebtorApi({ client, clock, timeZone }))
  api.use('/files/reports', createReportsApi({ reports, blobs, timeZone }))
  api.use('/files/entries', createEntryFilesApi({ proposals, timeZone }))
  api.use('/files', createFilesApi({ client, blobs, timeZone }))
  api.use(createApi({ client, clock, chat, feed, live, timeZone, demo: demo !== undefined }))
  api.use((_request, response) => void response.status(404).json({ error: 'no_such_route' }))
  api.use(onError(log))
  router.use('/api', api)

  return { router, recheck: live.recheck, start: live.start, stop: live.stop }
}

/** Faults are logged here, once; the browser hears no more than that it went wrong. */
const onError = (log: Log) => (error: unknown, request: Request, response: Response, next: NextFunction) => {
  if (response.headersSent) return next(error)
  if (error instanceof z.ZodError)
    return void response.status(400).json({ error: 'bad_request', problems: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) })
  const status = (error as { status?: unknown }).status
  if (typeof status === 'number' && status >= 400 && status < 500) {
    response.status(status).json({ error: 'bad_request' })
    return
  }
  log.error({ err: error, method: request.method, route: request.path }, 'a console request failed')
  response.status(500).json({ error: 'fault' })
}
