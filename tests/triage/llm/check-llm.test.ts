import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DuncanError, fixedClock, readConfig } from '#platform'
import { checkLlm, triageConfig } from '#triage'
import { createTestDatabase } from '../../support/database.ts'
import { type ScriptedResponse, startLlmServer } from '../../support/llm-server.ts'

const clock = fixedClock('2026-11-23T10:00:00Z')
const empty = { language: 'en', intents: [], facts: [], suspicious: null }
const configOf = (baseUrl: string, more: Record<string, string> = {}) =>
  readConfig(triageConfig, { DUNCAN_LLM_MODEL: 'small-model', DUNCAN_LLM_BASE_URL: baseUrl, ...more })

test('the check asks a working endpoint one small question and counts it', async t => {
  const server = await startLlmServer(t, { kind: 'answer', answer: empty })
  const { client } = await createTestDatabase(t)

  const check = await checkLlm(configOf(server.baseUrl), { client, clock })

  const row = await client.llmUsage.findFirst()
  assert.deepEqual([check?.model, check?.promptTokens, server.requests.length, row?.calls, row?.failures], ['small-model', 1000, 1, 1, 0])
})

test('without a model there is nothing to check', async () => {
  assert.equal(await checkLlm(readConfig(triageConfig, {}), { clock }), undefined)
})

const faults: [name: string, response: ScriptedResponse, code: string, remedy: RegExp, more?: Record<string, string>][] = [
  ['a refused key', { kind: 'status', status: 401 }, 'llm.unavailable', /DUNCAN_LLM_API_KEY/],
  ['an unknown model', { kind: 'status', status: 404 }, 'llm.unavailable', /DUNCAN_LLM_BASE_URL.*DUNCAN_LLM_MODEL/],
  ['a method that the endpoint does not take', { kind: 'status', status: 400 }, 'llm.unavailable', /DUNCAN_LLM_METHOD/],
  ['an answer without form', { kind: 'text', text: 'Hello, I am a model.' }, 'llm.no_answer', /DUNCAN_LLM_METHOD/, { DUNCAN_LLM_METHOD: 'json_mode' }],
  ['an answer that never comes', { kind: 'late' }, 'llm.unavailable', /DUNCAN_LLM_TIMEOUT_SECONDS/, { DUNCAN_LLM_TIMEOUT_SECONDS: '1' }],
]
for (const [name, response, code, remedy, more] of faults)
  test(`${name} is told with the setting to change`, async t => {
    const server = await startLlmServer(t, response)

    await assert.rejects(checkLlm(configOf(server.baseUrl, more), { clock }), (error: DuncanError) => error.code === code && remedy.test(error.remedy))
  })

test('an endpoint that is not there is told with its address', async () => {
  await assert.rejects(
    checkLlm(configOf('http://127.0.0.1:9/v1'), { clock }),
    (error: DuncanError) => error.code === 'llm.unavailable' && error.remedy.includes('http://127.0.0.1:9/v1'),
  )
})
