import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import pino from 'pino'
import { Temporal } from 'temporal-polyfill'
import { parse } from 'yaml'
import { startPaymentSandbox } from '#demo'
import { createMollie } from '#payments'
import { DuncanError } from '#platform'

const description = parse(readFileSync(join(import.meta.dirname, 'mollie.openapi.yaml'), 'utf8')) as object

const order = {
  amount: '425.75',
  currency: 'EUR',
  description: 'Nordlicht BV D100 2026-001',
  reference: 'duncan-1',
  methods: ['ideal'],
  locale: 'nl_NL',
  redirectUrl: 'https://pay.nordlicht.example/pay/x/back',
  webhookUrl: '',
  idempotencyKey: 'aaaaaaaaaaaaaaaaaaaaaa',
}

/** The client, Prism that holds both sides to the description, and the stand-in, one behind the other; `heard`: what its webhook was told. */
async function connect(t: TestContext) {
  const sandbox = await startPaymentSandbox({ key: 'test_key' })
  const heard: string[] = []
  const webhook = createHttpServer((request, response) => {
    let body = ''
    request.on('data', chunk => void (body += String(chunk)))
    request.on('end', () => {
      heard.push(`${request.method} ${request.headers['content-type']?.split(';')[0]} ${body}`)
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  const violations: string[] = []
  const logger = pino({ level: 'error' }, { write: (line: string) => void violations.push((JSON.parse(line) as { msg: string }).msg) })
  const checks = { isProxy: true, errors: true, checkSecurity: true, validateRequest: true, validateResponse: true, mock: { dynamic: false } } as const
  const config = { ...checks, upstream: new URL(sandbox.url), upstreamProxy: undefined }
  const proxy = createServer(await getHttpOperationsFromSpec(description), { components: { logger }, config, cors: false })
  const url = await proxy.listen(0, '127.0.0.1')
  t.after(async () => {
    webhook.close()
    await sandbox.stop()
    await proxy.close()
  })
  const webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/heard`
  const provider = createMollie({ url, key: 'test_key' })
  return { provider, stranger: createMollie({ url, key: 'wrong' }), sandbox, heard, violations, order: { ...order, webhookUrl } }
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof DuncanError ? error.code : String(error)),
  )

test('the client and the stand-in keep to the description of the provider, refusals too, and its webhook tells an id and nothing else', async t => {
  const { provider, stranger, sandbox, heard, violations, order: asked } = await connect(t)

  const made = await provider.createPayment(asked)
  const again = await provider.createPayment(asked)
  const other = await provider.createPayment({ ...asked, methods: [], idempotencyKey: 'bbbbbbbbbbbbbbbbbbbbbb' })
  const told: unknown[] = []
  for (const change of [
    { status: 'pending' },
    { status: 'paid' },
    { amountRefunded: { currency: 'EUR', value: '25.75' } },
    { amountChargedBack: { currency: 'EUR', value: '400.00' } },
  ] as const) {
    await sandbox.change(made.id, change)
    const { status, takenBack, checkoutUrl } = await provider.getPayment(made.id)
    told.push([status, takenBack, checkoutUrl])
  }
  const everything = await provider.paymentsSince(Temporal.Now.instant().subtract({ hours: 1 }))
  const recent = await provider.paymentsSince(Temporal.Now.instant().add({ hours: 1 }))
  const refused = [
    await codeOf(provider.createPayment({ ...asked, amount: '0.00', idempotencyKey: 'cccccccccccccccccccccc' })),
    await codeOf(provider.createPayment({ ...asked, methods: ['barter'], idempotencyKey: 'dddddddddddddddddddddd' })),
    await codeOf(provider.getPayment('tr_unknown')),
    await codeOf(stranger.methods()),
  ]
  sandbox.fail(true)
  refused.push(await codeOf(provider.getPayment(made.id)))

  assert.deepEqual([made.id === again.id, made.id === other.id, made.status, made.reference, made.amount], [true, false, 'open', 'duncan-1', '425.75'])
  assert.deepEqual([everything.map(({ id, webhookUrl }) => [id, webhookUrl]), recent], [[other.id, made.id].map(id => [id, asked.webhookUrl]), []])
  assert.match(made.checkoutUrl ?? '', /\/checkout\/tr_/)
  assert.deepEqual(told, [
    ['open', '0', undefined],
    ['paid', '0', undefined],
    ['paid', '25.75', undefined],
    ['paid', '425.75', undefined],
  ])
  assert.deepEqual(new Set(refused), new Set(['payments.refused']))
  assert.deepEqual(new Set(heard), new Set([`POST application/x-www-form-urlencoded id=${made.id}`]))
  assert.deepEqual(violations, [])
})

test('answers that are none of the provider are refused, and silence is told apart', async t => {
  const server = createHttpServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close())
  const { port } = server.address() as AddressInfo
  const odd = createMollie({ url: `http://127.0.0.1:${port}`, key: 'k' })
  const nowhere = createMollie({ url: 'http://127.0.0.1:1', key: 'k' })

  assert.deepEqual([await codeOf(odd.getPayment('tr_1')), await codeOf(nowhere.getPayment('tr_1'))], ['payments.unreadable', 'payments.unreachable'])
})
