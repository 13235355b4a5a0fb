import type { TriageConfig } from '../config.ts'
import type { AnswerForm } from './answer-schema.ts'
import { createAsk } from './ask-endpoint.ts'
import { createBreaker } from './breaker.ts'
import type { LlmDeps } from './llm-engine.ts'
import { reasonOf } from './llm-fault.ts'
import { loadPrompt } from './load-prompt.ts'
import { createUsage } from './usage.ts'
import { betweenMarkers } from './write-request.ts'

/** A question that a person waits for: undefined when the model is away, slow, over budget or answers in no form, and never a fault. */
export type Question<T> = (data: object) => Promise<T | undefined>

/** Nobody who typed a sentence waits for longer. */
const patienceSeconds = 8

/**
 * Asks the language model once, by a prompt file whose answer fills the form; the data stands between markers named `marker`. Counted and
 * limited like the reading of mails. Undefined where no model is configured.
 */
export function createQuestion<T extends object>(
  config: TriageConfig,
  { client, clock, log }: Omit<LlmDeps, 'wait'>,
  { file, marker, form }: { file: string; marker: string; form: AnswerForm<T> },
): Question<T> | undefined {
  const model = config.DUNCAN_LLM_MODEL
  if (!model) return undefined
  const prompt = loadPrompt(file, form.name)
  const ask = createAsk({ ...config, DUNCAN_LLM_TIMEOUT_SECONDS: Math.min(config.DUNCAN_LLM_TIMEOUT_SECONDS, patienceSeconds) }, model, form)
  const usage = createUsage(client, clock, config, model)
  const breaker = createBreaker(clock)

  return async data => {
    if (breaker.isOpen() || (await usage.exhausted())) return undefined
    const request = betweenMarkers(marker, data)
    try {
      const { answer, promptTokens, outputTokens } = await ask(prompt.text, request)
      await usage.count({ promptTokens, outputTokens, failed: !answer })
      breaker.succeeded()
      return answer
    } catch (error) {
      await usage.count({ promptTokens: Math.ceil((prompt.text.length + request.length) / 4), outputTokens: 0, failed: true })
      breaker.failed()
      log.warn({ prompt: prompt.name, reason: reasonOf(error) }, 'The language model could not be asked; patterns answer')
      return undefined
    }
  }
}
