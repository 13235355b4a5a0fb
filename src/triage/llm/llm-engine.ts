import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, type Db, DuncanError, type Log } from '#platform'
import type { TriageConfig } from '../config.ts'
import type { MessageToRead, Reading, ReadingContext, ReadingEngine } from '../reading.ts'
import { type Answer, readingForm } from './answer-schema.ts'
import { createAsk } from './ask-endpoint.ts'
import { createBreaker } from './breaker.ts'
import { checkAnswer } from './check-answer.ts'
import { reasonOf, statusOf, unavailable } from './llm-fault.ts'
import { loadPrompt } from './load-prompt.ts'
import { createUsage } from './usage.ts'
import { writeRequest } from './write-request.ts'

export type LlmDeps = { client: Db; clock: Clock; log: Log; wait?: (milliseconds: number) => Promise<unknown> }

/**
 * The engine that asks a language model at an OpenAI-compatible endpoint. `read` throws `llm.unavailable`,
 * `llm.over_budget` or `llm.no_answer`; who calls it goes on with the local reading. Every call is counted.
 */
export function createLlmEngine(config: TriageConfig, { client, clock, log, wait = sleep }: LlmDeps): ReadingEngine {
  const model = config.DUNCAN_LLM_MODEL
  if (!model)
    throw new DuncanError('config.invalid', 'No language model is named.', 'Set DUNCAN_LLM_MODEL, and DUNCAN_LLM_BASE_URL for an endpoint of your own.')
  const prompt = loadPrompt('triage/read-mail.md', readingForm.name)
  const ask = createAsk(config, model, readingForm)
  const usage = createUsage(client, clock, config, model)
  const breaker = createBreaker(clock)
  const asked = { name: model, prompt: `${prompt.name}@${prompt.version}` }

  async function read(message: MessageToRead, context: ReadingContext): Promise<Reading> {
    if (breaker.isOpen()) throw unavailable('it failed three times in a row and rests for a minute', remedy)
    const exhausted = await usage.exhausted()
    if (exhausted) {
      throw new DuncanError(
        'llm.over_budget',
        `The language model's budget is spent: ${exhausted}.`,
        'Raise DUNCAN_LLM_DAILY_TOKENS or DUNCAN_LLM_DAILY_COST, or wait for tomorrow.',
      )
    }
    const request = writeRequest(message, context)
    for (let attempt = 0; ; attempt++) {
      const result = await askOnce(request)
      if (result.kind === 'answer') return { ...checkAnswer(result.answer, message, context), model: asked }
      const isLast = attempt >= config.DUNCAN_LLM_RETRIES || !result.again || breaker.isOpen()
      if (isLast) throw result.error
      await wait(result.afterMs ?? 500 * 2 ** attempt)
    }
  }

  type Outcome = { kind: 'answer'; answer: Answer } | { kind: 'failure'; error: DuncanError; again: boolean; afterMs: number | undefined }

  async function askOnce(request: string): Promise<Outcome> {
    const started = clock.now().epochMilliseconds
    try {
      const { answer, promptTokens, outputTokens } = await ask(prompt.text, request)
      await usage.count({ promptTokens, outputTokens, failed: !answer })
      log.debug({ promptTokens, outputTokens, prompt: asked.prompt, ms: clock.now().epochMilliseconds - started }, 'The language model answered')
      breaker.succeeded()
      if (answer) return { kind: 'answer', answer }
      return {
        kind: 'failure',
        again: true,
        afterMs: 0,
        error: new DuncanError('llm.no_answer', "The language model's answer does not fit the schema.", remedy),
      }
    } catch (error) {
      if (error instanceof DuncanError && error.code !== 'llm.oversized') throw error
      // The endpoint may have charged for it: what was sent counts against the budget.
      await usage.count({ promptTokens: Math.ceil((prompt.text.length + request.length) / 4), outputTokens: 0, failed: true })
      breaker.failed()
      return {
        kind: 'failure',
        error: unavailable(reasonOf(error), remedy, error),
        ...againAfter(error, config.DUNCAN_LLM_TIMEOUT_SECONDS * 1000, clock.now().epochMilliseconds),
      }
    }
  }

  return { name: 'llm', model: asked, read }
}

const remedy = 'Check DUNCAN_LLM_BASE_URL, DUNCAN_LLM_MODEL and DUNCAN_LLM_METHOD; `duncan doctor` asks the endpoint a question.'

/** Busy and failing endpoints deserve another attempt; a wrong key or request does not get better. */
function againAfter(error: unknown, atMostMs: number, now: number): { again: boolean; afterMs: number | undefined } {
  const status = statusOf(error)
  if (status !== undefined && status !== 408 && status !== 429 && status < 500) return { again: false, afterMs: undefined }
  const said = retryAfter(error, now)
  return { again: said === undefined || said <= atMostMs, afterMs: said }
}

/** What the endpoint asks to wait, in milliseconds: seconds or a day and time (RFC 9110, 10.2.3). */
function retryAfter(error: unknown, now: number): number | undefined {
  const headers: unknown = typeof error === 'object' && error !== null && 'headers' in error ? error.headers : undefined
  const value = headers instanceof Headers ? headers.get('retry-after')?.trim() : undefined
  if (!value) return undefined
  const wait = /^\d{1,9}(?:\.\d{1,3})?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
