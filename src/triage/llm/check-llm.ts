import { type Clock, type Db, DuncanError } from '#platform'
import type { TriageConfig } from '../config.ts'
import { readingForm } from './answer-schema.ts'
import { createAsk } from './ask-endpoint.ts'
import { reasonOf, remedyOf, unavailable } from './llm-fault.ts'
import { createUsage } from './usage.ts'

/** What a working endpoint told of itself, and how the questions of today (UTC) went, this one among them. */
export type LlmCheck = { model: string; milliseconds: number; promptTokens: number; outputTokens: number; today: { calls: number; failures: number } }

const system = 'Fill in what this mail of a customer says. Leave lists empty and fields null where it says nothing.'
const mail = 'Thank you for the invoice.'

/**
 * Asks the configured model one small question in the form that every mail is asked in; undefined when no model is
 * configured. Counts it like one where `client` is given. Throws `llm.unavailable` or `llm.no_answer` with what to do next.
 */
export async function checkLlm(config: TriageConfig, { client, clock }: { client?: Db | undefined; clock: Clock }): Promise<LlmCheck | undefined> {
  const model = config.DUNCAN_LLM_MODEL
  if (!model) return undefined
  const usage = client && createUsage(client, clock, config, model)
  const started = clock.now().epochMilliseconds
  try {
    const { answer, promptTokens, outputTokens } = await createAsk(config, model, readingForm)(system, mail)
    await usage?.count({ promptTokens, outputTokens, failed: !answer })
    const today = (await usage?.today()) ?? { calls: 1, failures: 0 }
    if (answer) return { model, milliseconds: clock.now().epochMilliseconds - started, promptTokens, outputTokens, today }
  } catch (error) {
    throw error instanceof DuncanError ? error : unavailable(reasonOf(error), remedyOf(error, config), error)
  }
  throw new DuncanError(
    'llm.no_answer',
    `The language model ${model} answers, but not in the form asked for.`,
    `Set DUNCAN_LLM_METHOD to another value than ${config.DUNCAN_LLM_METHOD}, or DUNCAN_LLM_MODEL to a model with structured output.`,
  )
}
