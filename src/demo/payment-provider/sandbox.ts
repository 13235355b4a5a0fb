/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { checkoutPage } from './checkout-page.ts'

type SandboxStatus = 'open' | 'pending' | 'paid' | 'failed' | 'canceled' | 'expired'

export type SandboxPayment = {
  id: string
  status: SandboxStatus
  amount: { currency: string; value: string }
  amountRefunded?: { currency: string; value: string }
  amountChargedBack?: { currency: string; value: string }
  description: string
  method: string | null
  /** The ways to pay that its order names; null: all. */
  methods: string[] | null
  metadata: unknown
  redirectUrl: string
  webhookUrl: string
  createdAt: string
}

export type PaymentSandbox = {
  /** Base address, without /v2. */
  url: string
  key: string
  payments: Map<string, SandboxPayment>
  /** Changes a payment and tells its webhook, as often as is said (no call at all for 0); returns what the webhook answered. */
  change: (id: string, change: Partial<Pick<SandboxPayment, 'status' | 'amountRefunded' | 'amountChargedBack'>>, calls?: number) => Promise<number[]>
  /** Whether every call fails from now on. */
  fail: (isFailing: boolean) => void
  stop: () => Promise<void>
}

const ways = ['ideal', 'creditcard', 'bancontact', 'paypal', 'przelewy24', 'blik', 'banktransfer']
/** Currencies without smaller units; all others that it takes have two places. */
const whole = new Set(['ISK', 'JPY'])

/**
 * A stand-in for Mollie's Payments API (version 2), for the demo and for tests: keeps payments, refuses what the real one is documented to refuse, gives one
 * payment for one Idempotency-Key, has a page where a visitor chooses how the payment ends, and calls webhooks with the id alone. It listens on
 * loopback alone.
 */
export async function startPaymentSandbox({ key = 'test_demo', now = () => new Date() }: { key?: string; now?: () => Date } = {}): Promise<PaymentSandbox> {
  const payments = new Map<string, SandboxPayment>()
  const answered = new Map<string, string>()
  let isFailing = false
  let url = ''

  const web = express().disable('x-powered-by')
  const api = express.Router()
  web.use('/v2', express.json({ limit: '100kb' }), api)
  api.use((request, response, next) => {
    if (isFailing) refuse(response, 503, 'Service Unavailable', 'The platform is temporarily unavailable')
    else if (request.headers.authorization !== `Bearer ${key}`)
      refuse(response, 401, 'Unauthorized Request', 'Missing authentication, or failed to authenticate')
    else next()
  })
  api.get('/methods', (_request, response) => {
    response.type('application/hal+json').send(JSON.stringify({ count: ways.length, _embedded: { methods: ways.map(id => ({ resource: 'method', id })) } }))
  })
  api.get('/payments', (request, response) => {
    const newest = [...payments.values()].toReversed()
    const from = newest.findIndex(({ id }) => id === request.query.from)
    const limit = Number(request.query.limit ?? 50)
    const page = newest.slice(Math.max(0, from), Math.max(0, from) + limit)
    const next = newest[Math.max(0, from) + limit]
    const body = {
      count: page.length,
      _embedded: { payments: page.map(payment => JSON.parse(bodyOf(url, payment)) as unknown) },
      _links: { next: next ? { href: `${url}/v2/payments?from=${next.id}&limit=${limit}`, type: 'application/hal+json' } : null },
    }
    response.type('application/hal+json').send(JSON.stringify(body))
  })
  api.get('/payments/:id', (request, response) => {
    const payment = payments.get(request.params.id)
    if (payment) response.type('application/hal+json').send(bodyOf(url, payment))
    else refuse(response, 404, 'Not Found', `No payment exists with token ${request.params.id}.`)
  })
  api.post('/payments', (request, response) => {
    const idempotencyKey = String(request.headers['idempotency-key'] ?? '')
    const before = payments.get(answered.get(idempotencyKey) ?? '')
    if (before) {
      response.status(201).type('application/hal+json').send(bodyOf(url, before))
      return
    }
    const order = request.body as Partial<Omit<SandboxPayment, 'method'>> & { method?: string | string[] }
    const [field, detail] = faultOf(order) ?? []
    if (field !== undefined) {
      refuse(response, 422, 'Unprocessable Entity', detail ?? '', field)
      return
    }
    const methods = order.method === undefined ? null : [order.method].flat()
    const id = `tr_${String(payments.size + 1).padStart(10, 'd')}`
    const payment = {
      ...order,
      id,
      status: 'open',
      method: null,
      methods,
      metadata: order.metadata ?? null,
      createdAt: now().toISOString(),
    } as SandboxPayment
    payments.set(id, payment)
    if (idempotencyKey !== '') answered.set(idempotencyKey, id)
    response.status(201).type('application/hal+json').send(bodyOf(url, payment))
  })

  const tell = async ({ webhookUrl, id }: SandboxPayment): Promise<number> => {
    const response = await fetch(webhookUrl, { method: 'POST', body: new URLSearchParams({ id }) })
    await response.body?.cancel()
    return response.status
  }
  const change: PaymentSandbox['change'] = async (id, changed, calls = 1) => {
    const payment = payments.get(id)
    if (!payment) throw new Error(`the sandbox has no payment ${id}`)
    Object.assign(payment, changed)
    const answers: number[] = []
    for (let call = 0; call < calls; call += 1) answers.push(await tell(payment))
    return answers
  }

  web.get('/checkout/:id', (request, response) => {
    const payment = payments.get(request.params.id)
    if (payment?.status === 'open') response.type('html').send(checkoutPage(payment, payment.methods ?? ways))
    else response.redirect(303, payment?.redirectUrl ?? '/')
  })
  web.post('/checkout/:id', express.urlencoded({ extended: false, limit: '2kb' }), async (request, response) => {
    const payment = payments.get(request.params.id)
    const { status, method } = request.body as { status?: SandboxStatus; method?: string }
    if (!payment || !status) {
      response.status(404).end()
      return
    }
    if (payment.status === 'open') {
      payment.method = method ?? null
      await change(payment.id, { status })
    }
    response.redirect(303, payment.redirectUrl)
  })

  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    key,
    payments,
    change,
    fail: failing => void (isFailing = failing),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const refuse = (response: express.Response, status: number, title: string, detail: string, field?: string) =>
  response
    .status(status)
    .type('application/hal+json')
    .send(JSON.stringify({ status, title, detail, ...(field && { field }) }))

function faultOf({
  amount,
  description,
  redirectUrl,
  method,
}: Partial<Omit<SandboxPayment, 'method'>> & { method?: string | string[] }): [string, string] | undefined {
  if (!amount || !/^[A-Z]{3}$/.test(amount.currency)) return ['amount', 'The amount is missing or invalid']
  const places = whole.has(amount.currency) ? /^\d+$/ : /^\d+\.\d{2}$/
  if (typeof amount.value !== 'string' || !places.test(amount.value)) return ['amount', 'The amount contains an invalid value']
  if (Number(amount.value) <= 0) return ['amount', 'The amount is lower than the minimum']
  if (!description) return ['description', 'The description is invalid']
  if (!redirectUrl) return ['redirectUrl', 'The redirect URL is missing']
  const unknown = method === undefined ? undefined : [method].flat().find(each => !ways.includes(each))
  return unknown === undefined ? undefined : ['method', `The payment method is invalid: ${unknown}`]
}

const bodyOf = (url: string, { redirectUrl, webhookUrl, methods: _methods, ...payment }: SandboxPayment): string =>
  JSON.stringify({
    resource: 'payment',
    mode: 'test',
    ...payment,
    redirectUrl,
    webhookUrl,
    _links: {
      self: { href: `${url}/v2/payments/${payment.id}`, type: 'application/hal+json' },
      ...(payment.status === 'open' && { checkout: { href: `${url}/checkout/${payment.id}`, type: 'text/html' } }),
    },
  })
