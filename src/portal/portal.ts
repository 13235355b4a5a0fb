/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { type DraftLanguage, draftLanguage, draftLanguages, drawTransfer, transferFor } from '#drafting'
import { isLedgerStale } from '#ledger'
import type { Payments } from '#payments'
import { networkOf } from '#people'
import { type Clock, type DbClient, DuncanError, type Log, type PaymentLinkModel } from '#platform'
import { createLimit } from './limit.ts'
import { type PayBeside, type PayNote, payPage, plainPage } from './pay-page.ts'
import { styleHash } from './style.ts'

export type PortalDeps = {
  client: DbClient
  clock: Clock
  log: Log
  payments: Payments
  maxLedgerAgeHours: number
  /** Where the payment provider is: a browser lets a form lead on to no other page than one over https, or this one. */
  providerUrl: string
}

const clickSchema = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), amount: z.string().regex(/^\d{1,15}(?:\.\d{1,3})?$/), all: z.literal('1').optional() })
const heardSchema = z.object({ id: z.string().min(1).max(100) })
const locales: Record<DraftLanguage, string> = { nl: 'nl_NL', fr: 'fr_FR', de: 'de_DE', pl: 'pl_PL', en: 'en_GB' }
/** What a request costs of what an address has in a minute. */
const [usual, unknown] = [1, 6]

/** The pages on which debtors pay, an Express router to stand at /pay. Nobody signs in: who has the address sees the page, and no cookie is read or set. */
export function createPortal({ client, clock, log, payments, maxLedgerAgeHours, providerUrl }: PortalDeps): { router: Router } {
  const router = Router()
  const limit = createLimit(clock)
  const form = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 })
  router.use(headers(providerUrl))

  router.post('/webhook/:provider', form, async (request, response) => {
    const heard = heardSchema.safeParse(request.body)
    const { provider } = request.params
    const address = networkOf(request.ip ?? '')
    // Anybody may call this, and each id costs a question to the provider, which calls again later.
    if (limit(address, usual)) return void response.status(429).end()
    const isUnknown = heard.success && !(await payments.heard(provider, heard.data.id))
    const isTooMany = isUnknown && limit(address, unknown)
    if (isUnknown && !isTooMany) await payments.heardUnknown(provider, heard.data.id)
    // 200 also of what is unknown: nobody learns which ids there are.
    return void response.status(isTooMany ? 429 : 200).end()
  })

  /** The link of a request, or an answer that is the same for every link that leads nowhere. */
  async function linkOf(request: Request, response: Response): Promise<PaymentLinkModel | undefined> {
    const address = networkOf(request.ip ?? '')
    if (limit(address, usual))
      return void response
        .status(429)
        .set('Retry-After', '60')
        .send(plainPage(languageOf(request), 'wait'))
    const link = await payments.findLink(String(request.params.token))
    if (link) return link
    const isTooMany = limit(address, unknown)
    if (isTooMany) response.status(429).set('Retry-After', '60')
    else response.status(404)
    response.send(plainPage(languageOf(request), isTooMany ? 'wait' : 'gone'))
    return undefined
  }

  /** What the message of a link asks of others, as far as it can be told and paid now. */
  async function besideOf(link: PaymentLinkModel, baseUrl: string): Promise<PayBeside[]> {
    const found: PayBeside[] = []
    for (const other of await payments.beside(link)) {
      const { administration, ...debtor } = await client.debtor.findUniqueOrThrow({ where: { id: other.debtorId }, include: { administration: true } })
      if (await isLedgerStale(client, administration.id, clock, maxLedgerAgeHours)) continue
      const { totals } = await payments.asked(other, false)
      const ways = payments.ways(debtor.country ?? administration.country)
      if (totals.length > 0) found.push({ customer: debtor, creditor: administration.name, path: `${baseUrl}/${other.token}`, totals, ways })
    }
    return found
  }

  async function show(
    request: Request,
    response: Response,
    link: PaymentLinkModel,
    { all, note }: { all: boolean; note?: PayNote | undefined },
  ): Promise<void> {
    const debtor = await client.debtor.findUniqueOrThrow({ where: { id: link.debtorId }, include: { administration: true } })
    const { administration } = debtor
    const isStale = await isLedgerStale(client, administration.id, clock, maxLedgerAgeHours)
    const asked = isStale ? undefined : await payments.asked(link, all)
    const totals = asked?.totals ?? []
    const [sum, ...others] = totals.map(({ amount, currency }) => ({ amount: amount.toFixed(), currency }))
    const paying = (asked?.items ?? []).filter(({ payable }) => payable.gt(0))
    const transfer = sum && others.length === 0 ? transferFor(administration, debtor, paying, sum) : undefined
    const page = payPage({
      language: draftLanguage(debtor.language, administration.language),
      creditor: {
        name: administration.name,
        address: (administration.postalAddress ?? '').split('\n').filter(Boolean),
        companyNumber: administration.companyNumber,
      },
      customer: { name: debtor.name, number: debtor.number },
      path: `${request.baseUrl}/${String(request.params.token)}`,
      all: all || link.invoiceIds.length === 0,
      hasBoth: link.invoiceIds.length > 0,
      items: asked?.items,
      charges: asked?.charges,
      totals,
      isOnline: payments.isOnline(),
      ways: payments.ways(debtor.country ?? administration.country),
      transfer,
      code: transfer && (await drawTransfer(transfer))?.toString('base64'),
      note,
      beside: all ? [] : await besideOf(link, request.baseUrl),
    })
    response.send(page)
  }

  const look = (all: boolean) => async (request: Request, response: Response) => {
    const link = await linkOf(request, response)
    if (!link) return
    if (request.method === 'GET') await payments.opened(link)
    await show(request, response, link, { all })
  }
  router.get('/:token', look(false))
  router.get('/:token/all', look(true))

  router.get('/:token/back', async (request, response) => {
    const link = await linkOf(request, response)
    if (!link) return
    const state = await payments.lookAgain(link)
    const note = state === 'paid' ? 'paid' : state === 'open' ? 'waiting' : state === undefined ? undefined : 'notPaid'
    await show(request, response, link, { all: false, note })
  })

  router.post('/:token', form, async (request, response) => {
    const link = await linkOf(request, response)
    if (!link) return
    const click = clickSchema.safeParse(request.body)
    const { administrationId, language, administration } = await client.debtor.findUniqueOrThrow({
      where: { id: link.debtorId },
      include: { administration: true },
    })
    const all = click.data?.all !== undefined
    if (!click.success || (await isLedgerStale(client, administrationId, clock, maxLedgerAgeHours))) return show(request, response, link, { all })
    const locale = locales[draftLanguage(language, administration.language)]
    const start = await payments.start(link, { ...click.data, all, token: request.params.token, locale })
    if (start.kind === 'started') response.redirect(303, start.checkoutUrl)
    else await show(request, response, link, { all, note: start.kind })
  })

  // What cannot be read is no page of ours; a provider that does not answer is told to try again.
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    if (error instanceof DuncanError) {
      log.warn({ code: error.code }, 'a page to pay on failed')
      return void response
        .status(503)
        .set('Retry-After', '60')
        .send(plainPage(languageOf(request), 'wait'))
    }
    const status = z.object({ status: z.number().min(400).max(499) }).safeParse(error).data?.status
    if (status === undefined) log.error({ err: error }, 'a page to pay on failed')
    response.status(status ?? 500).send(plainPage(languageOf(request), status === undefined ? 'wait' : 'gone'))
  }
  router.use((request, response) => void response.status(404).send(plainPage(languageOf(request), 'gone')))
  router.use(failed)
  return { router }
}

const languageOf = (request: Request): DraftLanguage => draftLanguage(request.acceptsLanguages([...draftLanguages]) || undefined)

const headers = (providerUrl: string) => (_request: Request, response: Response, next: () => void) => {
  // Chromium holds the page that a form is led on to against form-action, too.
  const forms = `form-action 'self' https: ${new URL(providerUrl).origin}`
  response.set({
    'Content-Security-Policy': `default-src 'none'; style-src ${styleHash}; img-src data:; ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex, nofollow',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Type': 'text/html; charset=utf-8',
  })
  next()
}
