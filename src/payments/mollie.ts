import { z } from 'zod'
import { DuncanError, Prisma } from '#platform'
import type { PaymentProvider, ProviderPayment } from './provider.ts'

const longestWait = 10_000 // milliseconds: a person waits for it
const [pageLength, mostPages] = [250, 100]

const money = z.object({ currency: z.string().length(3), value: z.string().regex(/^\d{1,15}(?:\.\d{1,3})?$/) })
const link = z.object({ href: z.url({ protocol: /^https?$/ }) })
const states = { open: 'open', pending: 'open', authorized: 'open', paid: 'paid', failed: 'failed', canceled: 'canceled', expired: 'expired' } as const
const paymentSchema = z.object({
  id: z.string().regex(/^tr_\w{1,40}$/),
  status: z.enum(Object.keys(states) as (keyof typeof states)[]),
  amount: money,
  amountRefunded: money.nullish(),
  amountChargedBack: money.nullish(),
  method: z.string().nullish(),
  metadata: z.object({ reference: z.string() }).nullish().catch(null),
  webhookUrl: z.string().nullish(),
  createdAt: z.iso.datetime({ offset: true }),
  _links: z.object({ checkout: link.nullish() }),
})
const pageSchema = z.object({ _embedded: z.object({ payments: z.array(z.unknown()) }), _links: z.object({ next: link.nullish() }) })
const methodsSchema = z.object({ _embedded: z.object({ methods: z.array(z.object({ id: z.string() })) }) })
const faultSchema = z.object({ detail: z.string().optional(), field: z.string().optional() })

/** Payments over Mollie's Payments API, version 2. */
export function createMollie({ url, key }: { url: string; key: string }): PaymentProvider {
  const ask = async (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<unknown> => {
    const response = await fetch(new URL(`/v2/${path}`, url), {
      ...init,
      headers: { authorization: `Bearer ${key}`, accept: 'application/hal+json', ...init.headers },
      redirect: 'error',
      signal: AbortSignal.timeout(longestWait),
    }).catch((error: unknown) => {
      throw new DuncanError('payments.unreachable', 'The payment provider does not answer.', 'Look at DUNCAN_PAYMENT_URL and the network.', { cause: error })
    })
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok) return body
    const fault = faultSchema.safeParse(body).data
    const problem = `The payment provider refused (HTTP ${response.status}${fault?.field ? `, ${fault.field}` : ''}${fault?.detail ? `): ${fault.detail}` : ').'}`
    throw new DuncanError('payments.refused', problem, 'Look at DUNCAN_PAYMENT_KEY, and at the ways to pay in the settings (paymentLinks.methods).')
  }

  return {
    name: 'mollie',
    createPayment: async ({ amount, currency, description, reference, methods, locale, redirectUrl, webhookUrl, idempotencyKey }) => {
      const order = { amount: { currency, value: amount }, description, redirectUrl, webhookUrl, locale, metadata: { reference } }
      const body = JSON.stringify({ ...order, ...(methods.length > 0 && { method: methods }) })
      const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }
      return asPayment(await ask('payments', { method: 'POST', headers, body }))
    },
    getPayment: async id => asPayment(await ask(`payments/${encodeURIComponent(id)}`)),
    paymentsSince: async since => {
      const found: ProviderPayment[] = []
      let next: string | null | undefined
      for (let page = 0; page < mostPages; page += 1) {
        const { _embedded, _links } = parsed(pageSchema, await ask(`payments?limit=${pageLength}${next ? `&from=${encodeURIComponent(next)}` : ''}`))
        // The newest comes first. What cannot be read is none of ours.
        const read = _embedded.payments.flatMap(body => paymentSchema.safeParse(body).data ?? [])
        const isBefore = (at: string) => Date.parse(at) < since.epochMilliseconds
        found.push(...read.filter(({ createdAt }) => !isBefore(createdAt)).map(fromWire))
        next = _links.next && new URL(_links.next.href).searchParams.get('from')
        if (!next || read.some(({ createdAt }) => isBefore(createdAt))) break
      }
      return found
    },
    methods: async () => parsed(methodsSchema, await ask('methods'))._embedded.methods.map(({ id }) => id),
  }
}

const asPayment = (body: unknown): ProviderPayment => fromWire(parsed(paymentSchema, body))

function parsed<Wire extends z.ZodType>(schema: Wire, body: unknown): z.output<Wire> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw new DuncanError('payments.unreadable', 'The answer of the payment provider cannot be read.', 'Look at DUNCAN_PAYMENT_URL.', { cause: read.error })
}

const fromWire = ({
  id,
  status,
  amount,
  amountRefunded,
  amountChargedBack,
  method,
  metadata,
  webhookUrl,
  _links,
}: z.output<typeof paymentSchema>): ProviderPayment => ({
  id,
  status: states[status],
  amount: amount.value,
  currency: amount.currency,
  takenBack: new Prisma.Decimal(amountRefunded?.value ?? 0).add(amountChargedBack?.value ?? 0).toFixed(),
  method: method ?? undefined,
  reference: metadata?.reference,
  webhookUrl: webhookUrl ?? undefined,
  checkoutUrl: _links.checkout?.href,
})
