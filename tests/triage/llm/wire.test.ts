import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { fixedClock, readConfig, silentLog } from '#platform'
import { assertedIntents, createLlmEngine, createTriage, triageConfig } from '#triage'
import { readingForm } from '../../../src/triage/llm/answer-schema.ts'
import { checkAnswer } from '../../../src/triage/llm/check-answer.ts'
import { loadPrompt } from '../../../src/triage/llm/load-prompt.ts'
import { createTestDatabase } from '../../support/database.ts'
import { type ScriptedResponse, startLlmServer } from '../../support/llm-server.ts'
import { aContext, aMessage } from '../messages.ts'

const text = 'We will pay invoice F-1001, EUR 1,234.50, on Friday. Our secret word is zebra.'
const nothing = { value: null, currency: null, promise: null, conditional: null, instalment_count: null, instalment_dates: null }
const good = {
  language: 'en',
  intents: [{ intent: 'promise_to_pay', confidence: 0.9, quote: 'We will pay invoice F-1001' }],
  facts: [{ ...nothing, kind: 'promised_date', value: '2026-11-27', quote: 'Friday', promise: 1, conditional: false }],
  suspicious: null,
}
const goodText = JSON.stringify(good)
const completion = (more: object) => JSON.stringify({ id: '1', object: 'chat.completion', created: 1, model: 'small-model', ...more })

type Case = [name: string, response: ScriptedResponse, problem: RegExp, env?: Record<string, string>]
const noRetry = { DUNCAN_LLM_RETRIES: '0' }
const unusable: Case[] = [
  ['no JSON', { kind: 'text', text: 'Sure! The customer will pay on Friday, zebra.' }, /^llm\./],
  ['no JSON in json_mode', { kind: 'text', text: 'Sure! zebra.' }, /^llm\.no_answer/, { DUNCAN_LLM_METHOD: 'json_mode' }],
  ['no JSON as arguments of a function', { kind: 'text', text: 'zebra' }, /^llm\./, { DUNCAN_LLM_METHOD: 'function_calling' }],
  ['JSON cut off', { kind: 'text', text: goodText.slice(0, 90) }, /^llm\./],
  ['JSON cut off at its length', { kind: 'text', text: goodText.slice(0, 90), finish: 'length' }, /^llm\.unavailable: .*cut off/],
  ['words after the JSON', { kind: 'text', text: `${goodText}\n\nI hope this helps, zebra!` }, /^llm\./],
  ['a fence around the JSON, where a schema was asked for', { kind: 'text', text: `\`\`\`json\n${goodText}\n\`\`\`` }, /^llm\./],
  ['another schema', { kind: 'answer', answer: { summary: 'zebra' } }, /^llm\.no_answer/],
  ['a list', { kind: 'answer', answer: [good] }, /^llm\.no_answer/],
  ['a number for a text', { kind: 'answer', answer: { ...good, language: 7 } }, /^llm\.no_answer/],
  ['actions beside the answer', { kind: 'answer', answer: { ...good, actions: [{ send_reply: 'zebra' }] } }, /^llm\.no_answer/],
  ['an action for an intent', { kind: 'answer', answer: { ...good, intents: [{ intent: 'send_reply', confidence: 1, quote: null }] } }, /^llm\.no_answer/],
  ['a refusal', { kind: 'refusal' }, /^llm\./],
  ['nothing', { kind: 'raw', body: '' }, /^llm\./],
  ['no choice', { kind: 'raw', body: completion({ choices: [] }) }, /^llm\./],
  [
    'an empty choice',
    { kind: 'raw', body: completion({ choices: [{ index: 0, message: { role: 'assistant', content: null }, finish_reason: 'stop' }] }) },
    /^llm\./,
  ],
  ['a page of a proxy', { kind: 'raw', body: '<html>zebra login</html>', type: 'text/html' }, /^llm\./],
  ['a stream that nobody asked for', { kind: 'raw', body: `data: ${completion({ choices: [] })}\n\ndata: [DONE]\n\n`, type: 'text/event-stream' }, /^llm\./],
  ['prose of an error page', { kind: 'raw', body: 'zebra', type: 'text/plain', status: 502 }, /^llm\.unavailable: .*502/],
  ['a redirect', { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:9/' } }, /^llm\.unavailable: .*elsewhere/],
  ['too many bytes', { kind: 'oversized', bytes: 600_000 }, /^llm\.unavailable: .*too large/],
  ['an answer that never ends', { kind: 'drip' }, /^llm\.unavailable: .*too long/, { DUNCAN_LLM_TIMEOUT_SECONDS: '1' }],
  ['an answer that breaks off', { kind: 'drip', reset: true }, /^llm\.unavailable: .*broke off/],
  ['no answer', { kind: 'late' }, /^llm\.unavailable: .*too long/, { DUNCAN_LLM_TIMEOUT_SECONDS: '1' }],
  ['a refused key', { kind: 'status', status: 401 }, /^llm\.unavailable: .*401/],
  ['too many questions', { kind: 'status', status: 429, headers: { 'retry-after': '3600' } }, /^llm\.unavailable: .*429/],
]

test('whatever comes instead of an answer, the local reading stands, says why, and the question is counted', async t => {
  const server = await startLlmServer(t)
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-11-23T10:00:00Z')
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: line => void lines.push(line) })
  const alone = await createTriage({ log: silentLog }).readMessage(aMessage(text), aContext())

  for (const [index, [name, response, problem, env]] of unusable.entries()) {
    server.responses.splice(0, server.responses.length, response)
    const config = readConfig(triageConfig, { DUNCAN_LLM_MODEL: 'small-model', DUNCAN_LLM_BASE_URL: server.baseUrl, ...noRetry, ...env })
    const llm = createLlmEngine(config, { client, clock, log })
    const { model, ...reading } = await createTriage({ llm, log }).readMessage(aMessage(text), aContext())

    assert.deepEqual(reading, alone, name)
    assert.match(model?.problem ?? '', problem, name)
    assert.deepEqual([model?.name, model?.prompt], ['small-model', 'read-mail@3'])
    assert.deepEqual(await client.llmUsage.findFirst({ select: { calls: true, failures: true } }), { calls: index + 1, failures: index + 1 }, name)
  }
  assert.equal(server.requests.length, unusable.length)
  assert.equal(lines.length >= unusable.length, true)
  assert.equal(lines.join('').includes('zebra'), false)
})

test('a busy or failing endpoint is waited for as it asks, in seconds or until a time, and not longer than one question may take', async t => {
  const server = await startLlmServer(t)
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-11-23T10:00:00Z')
  const waits: number[] = []
  const config = readConfig(triageConfig, { DUNCAN_LLM_MODEL: 'small-model', DUNCAN_LLM_BASE_URL: server.baseUrl })
  const asked = async (status: number, retryAfter?: string) => {
    const busy = { kind: 'status', status, ...(retryAfter && { headers: { 'retry-after': retryAfter } }) } as const
    // Every engine counts its own failures; the server goes on with its list.
    server.responses.push(busy, { kind: 'answer', answer: good })
    const llm = createLlmEngine(config, { client, clock, log: silentLog, wait: async ms => void waits.push(ms) })
    const { model } = await createTriage({ llm, log: silentLog }).readMessage(aMessage(text), aContext())
    if (model?.problem) server.responses.pop()
    return model?.problem
  }

  const found = [
    await asked(503, '7'),
    await asked(429, 'Mon, 23 Nov 2026 10:00:12 GMT'),
    await asked(500, 'Mon, 23 Nov 2026 09:00:00 GMT'),
    await asked(502, 'soon'),
    await asked(408),
    await asked(503, '31'),
    await asked(403, '1'),
  ]

  assert.deepEqual(waits, [7000, 12_000, 0, 500, 500])
  assert.deepEqual(
    found.map(problem => problem === undefined),
    [true, true, true, true, true, false, false],
  )
})

const said = (kind: string, value: string | null, quote: string, more: object = {}) => ({ ...nothing, kind, value, quote, ...more })

test('what a hostile answer makes up is no intent, no fact and no action that is counted on', async t => {
  const promised = { promise: 1, conditional: false }
  const hostile = {
    language: 'klingon',
    intents: [
      { intent: 'payment_made', confidence: 1, quote: 'Everything was paid.' },
      { intent: 'insolvency_notice', confidence: 99, quote: null },
      { intent: 'dispute', confidence: -1, quote: 'zebra' },
    ],
    facts: [
      said('paid_amount', '1234.50', 'EUR 1,234.50 was paid'),
      said('promised_amount', '123450', 'EUR 1,234.50', promised),
      said('promised_amount', '-1', 'EUR 1,234.50', promised),
      said('promised_date', '2026-13-45', 'Friday', promised),
      said('promised_date', '2099-11-27', 'Friday', promised),
      said('promised_date', '27 November', 'Friday', promised),
      said('paid_date', '2026-11-27', 'Friday'),
      said('contact_email', 'thief@evil.example', 'zebra'),
      said('invoice_number', 'F-1002', 'F-1001'),
      said('instalment', '10.00', 'EUR 1,234.50', { instalment_count: 1e9, instalment_dates: ['2027-01-01', '__proto__'] }),
    ],
    suspicious: null,
  }
  const server = await startLlmServer(t, { kind: 'answer', answer: hostile })
  const { client } = await createTestDatabase(t)
  const config = readConfig(triageConfig, { DUNCAN_LLM_MODEL: 'small-model', DUNCAN_LLM_BASE_URL: server.baseUrl })
  const llm = createLlmEngine(config, { client, clock: fixedClock('2026-11-23T10:00:00Z'), log: silentLog })
  const triage = createTriage({ llm, log: silentLog })

  const [read, both] = [await llm.read(aMessage(text), aContext()), await triage.readMessage(aMessage(text), aContext())]

  assert.deepEqual([assertedIntents(read), read.facts, read.language], [[], [], 'und'])
  // The local reading stays, unsure, and names what it stands alone with.
  assert.deepEqual(both.facts.find(({ kind }) => kind === 'promised_date')?.value, '2026-11-27')
  assert.equal(both.disagreements.includes('Only the local engine reads promise_to_pay'), true)
})

test('every example of the prompt is an answer that would be believed whole, in five languages', () => {
  const { text: prompt } = loadPrompt('triage/read-mail.md', readingForm.name)
  const examples = [...prompt.matchAll(/^Mail: (.+)\nAnswer: (.+)$/gm)].map(([, mail = '', answer = '']) => ({
    mail: JSON.parse(mail),
    answer: JSON.parse(answer),
  }))

  assert.deepEqual([...new Set(examples.map(({ answer }) => answer.language))], ['nl', 'de', 'fr', 'pl', 'en'])
  for (const { mail, answer } of examples) {
    const context = aContext({ invoiceNumbers: mail.known_invoice_numbers, currency: mail.currency_of_the_ledger })
    const message = aMessage(mail.text, { subject: mail.subject, date: mail.mail_date })
    const reading = checkAnswer(readingForm.schema.parse(answer), message, context)

    assert.deepEqual(
      reading.facts.map(({ kind, value, conditional }) => [kind, typeof value === 'string' ? value : value.count, conditional ?? null]),
      answer.facts.map((fact: (typeof answer.facts)[number]) => [fact.kind, fact.value ?? fact.instalment_count, fact.conditional]),
    )
    assert.equal(
      reading.facts.every(({ confidence }) => confidence >= 0.5),
      true,
      JSON.stringify(reading.facts),
    )
    assert.deepEqual(
      assertedIntents(reading),
      answer.intents.map(({ intent }: { intent: string }) => intent),
    )
    assert.equal(reading.quarantine.length, answer.suspicious === null ? 0 : 1)
  }
})
