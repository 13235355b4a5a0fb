import { z } from 'zod'
import { DuncanError } from '#platform'
import type { TriageConfig } from '../config.ts'
import type { AnswerForm } from './answer-schema.ts'

type AskResult<T> = { answer: T | undefined; promptTokens: number; outputTokens: number }
export type Ask<T> = (system: string, user: string) => Promise<AskResult<T>>

const methods = { json_schema: 'jsonSchema', function_calling: 'functionCalling', json_mode: 'jsonMode' } as const
const maxAnswerTokens = 4000
/** An answer of that many tokens is smaller by far; a larger body is an attack or an accident. */
const maxBodyBytes = 512 * 1024

/** A question to any OpenAI-compatible endpoint, answered by the form's schema or by `answer: undefined`. One call, no retry; throws for faults of the wire. */
export function createAsk<T extends object>(config: TriageConfig, model: string, { name, schema }: AnswerForm<T>): Ask<T> {
  const jsonSchema = z.toJSONSchema(schema, { target: 'draft-7' })
  let bound: ReturnType<typeof bind> | undefined
  return async (system, user) => {
    bound ??= bind(config, model, name, jsonSchema)
    const structured = await bound
    const isJsonMode = config.DUNCAN_LLM_METHOD === 'json_mode'
    const text = isJsonMode ? `${system}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n${JSON.stringify(jsonSchema)}` : system
    const { raw, parsed } = await structured.invoke([
      ['system', text],
      ['user', user],
    ])
    const usage = 'usage_metadata' in raw ? (raw.usage_metadata as { input_tokens?: number; output_tokens?: number } | undefined) : undefined
    const checked = schema.safeParse(parsed)
    return { answer: checked.success ? checked.data : undefined, promptTokens: usage?.input_tokens ?? 0, outputTokens: usage?.output_tokens ?? 0 }
  }
}

// Loaded at the first question: LangChain takes a third of a second that an installation without a model never pays.
async function bind(config: TriageConfig, model: string, name: string, jsonSchema: object) {
  const { ChatOpenAI } = await import('@langchain/openai')
  const chat = new ChatOpenAI({
    model,
    // Local servers want none; a key left in the environment for something else must not travel either.
    apiKey: config.DUNCAN_LLM_API_KEY ?? 'none',
    temperature: 0,
    maxTokens: maxAnswerTokens,
    // LangChain's own retries repeat a schema miss seven times, for a minute and a half; ours are one level up.
    maxRetries: 0,
    timeout: config.DUNCAN_LLM_TIMEOUT_SECONDS * 1000,
    useResponsesApi: false,
    configuration: { ...(config.DUNCAN_LLM_BASE_URL && { baseURL: config.DUNCAN_LLM_BASE_URL }), fetch: boundedFetch, maxRetries: 0 },
  })
  const method = methods[config.DUNCAN_LLM_METHOD]
  // A plain JSON schema and our own check: a miss then costs one call and gives null, where a zod schema would throw.
  return chat.withStructuredOutput<Record<string, unknown>>(jsonSchema, { name, method, includeRaw: true, ...(method !== 'jsonMode' && { strict: true }) })
}

async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' })
  const body = response.body
  if (!body) return response
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBodyBytes)
      throw new DuncanError('llm.oversized', `The language model answered with more than ${maxBodyBytes} bytes.`, 'Check DUNCAN_LLM_BASE_URL.')
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers })
}
