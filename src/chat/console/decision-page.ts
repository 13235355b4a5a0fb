/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { join } from 'node:path'
import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { countSignIn } from '#people'
import type { Log } from '#platform'
import { type AskedDeps, type Choice, decideAsked, decidedLines, type Found, findAsked, standsInTheWay } from '../by-mail/asked.ts'
import { drawHtml, escapeHtml } from '../by-mail/parts.ts'
import { approvingOf, decisionParts, pagePath } from '../by-mail/write-request.ts'
import { type CardContext, cardTitle, proposalCard } from '../cards/proposal-card.ts'
import { cardContext } from '../context.ts'
import { languages, wordsOf } from '../words/index.ts'
import { securityHeaders } from './guard.ts'

export type DecisionPageDeps = AskedDeps & { log: Log; timeZone: string; publicUrl: string }

const sheet = join(import.meta.dirname, 'web/decision.css')
const chosen = z.discriminatedUnion('choice', [
  z.object({ choice: z.literal('approve') }),
  z.object({ choice: z.literal('reject'), reason: z.string().trim().min(1).max(1000) }),
])

/**
 * The page that a link in a mail leads to: without a sign-in and without a script. Opening it changes nothing, however often mail filters
 * and browsers fetch it; only its form decides.
 */
export function createDecisionPage(deps: DecisionPageDeps): Router {
  const { client, clock, log, publicUrl } = deps
  const router = Router()
  const open = (response: Response, status: number, language: string, body: string): void =>
    void response
      .status(status)
      .type('html')
      .send(pageOf(language, publicUrl, body))

  router.use(pagePath, securityHeaders(new URL(publicUrl).origin), (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
    next()
  })
  router.get(`${pagePath}/page.css`, (_request, response) => response.sendFile(sheet))

  router.get(`${pagePath}/:key`, async (request, response) => {
    const found = await findAsked(deps, { by: 'link', key: request.params.key })
    if (found.kind === 'unknown') return refuseUnknown(request, response)
    show(response, found)
  })

  router.post(`${pagePath}/:key`, express.urlencoded({ extended: false, limit: '10kb' }), async (request, response) => {
    const shown = { by: 'link', key: request.params.key } as const
    const read = chosen.safeParse(request.body)
    if (!read.success) return response.redirect(303, `${pagePath}/${encodeURIComponent(shown.key)}`) // its form asks again
    const choice: Choice = read.data.choice === 'approve' ? { kind: 'approve' } : { kind: 'reject', reason: read.data.reason }
    const result = await decideAsked(deps, shown, choice)
    if (result.kind === 'unknown') return refuseUnknown(request, response)
    if (result.kind !== 'answered') return show(response, result)
    const { outcome, staff } = result
    const context = cardContext(staff.language, deps.timeZone)
    const told = outcome.kind === 'refused' ? [outcome.message] : decidedLines(result, context)
    const isDone = outcome.kind === 'done'
    open(response, isDone ? 200 : 409, staff.language, saying(isDone ? '✓' : '!', told[0] ?? '', told.slice(1)))
  })

  function show(response: Response, found: Exclude<Found, { kind: 'unknown' }>): void {
    const context = cardContext(found.staff.language, deps.timeZone)
    if (found.kind === 'open') return open(response, 200, found.staff.language, asking(found, context))
    const mark = found.kind === 'settled' ? '✓' : '!'
    open(response, 410, found.staff.language, saying(mark, standsInTheWay(found, context), [cardTitle(found.view, context.words)]))
  }

  async function refuseUnknown(request: Request, response: Response): Promise<void> {
    const language = languageOf(request)
    const words = wordsOf(language)
    const wait = await countSignIn(client, clock, { kind: 'failed', address: request.ip ?? '' })
    if (wait === undefined) return open(response, 404, language, saying('!', words.byMail.unknown, [words.byMail.unknownText]))
    response.set('Retry-After', String(wait))
    open(response, 429, language, saying('!', words.byMail.tooMany))
  }

  router.use(pagePath, (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const { status } = error as { status?: unknown }
    const isTheirs = typeof status === 'number' && status < 500
    if (!isTheirs) log.error({ err: error, method: request.method }, 'a decision by link failed')
    const language = languageOf(request)
    open(response, isTheirs ? 400 : 500, language, saying('!', wordsOf(language).platforms.failed))
  })
  return router
}

/** Of somebody who is not known: what their browser asks for. */
const languageOf = (request: Request): string => request.acceptsLanguages(...languages) || 'en'

function asking({ view, staff }: Extract<Found, { kind: 'open' }>, context: CardContext): string {
  const { words } = context
  const { title, subtitle = '', status } = proposalCard(view, context)
  return `<p class="subtle">${escapeHtml(words.byMail.decideAs(staff.name))}</p>
<h1>${escapeHtml(title)}</h1>
<p class="subtle">${escapeHtml(subtitle)}</p>
<p class="status">${escapeHtml(status?.text ?? '')}</p>
<div class="card">${drawHtml(decisionParts({ view }, context, true), look => `class="${look}"`)}</div>
<div class="choices">
<form method="post"><button name="choice" value="approve" class="primary">${escapeHtml(approvingOf({ view }, context))}</button></form>
<details><summary>${escapeHtml(words.button.reject)}…</summary><form method="post">
<label>${escapeHtml(words.form.rejectReason)}<input name="reason" required maxlength="500" autocomplete="off"></label>
<button name="choice" value="reject">${escapeHtml(words.button.reject)}</button></form></details>
</div>`
}

const saying = (mark: string, title: string, lines: string[] = []): string =>
  [`<p class="mark">${mark}</p><h1>${escapeHtml(title)}</h1>`, ...lines.map(line => `<p class="subtle">${escapeHtml(line)}</p>`)].join('')

const pageOf = (language: string, publicUrl: string, body: string): string => `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Duncan</title>
<link rel="stylesheet" href="${pagePath}/page.css"></head>
<body><main>${body}</main><footer>${escapeHtml(wordsOf(language).byMail.console)} <a href="${escapeHtml(publicUrl)}/">${escapeHtml(publicUrl)}</a></footer></body></html>`
