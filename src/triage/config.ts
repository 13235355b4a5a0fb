import { z } from 'zod'

const amount = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,6})?$/, 'write an amount such as 2.50')
  .transform(Number)

/** The settings of the language model; without `DUNCAN_LLM_MODEL` the local engine reads alone. */
export const triageConfig = z.object({
  DUNCAN_LLM_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Model name at an OpenAI-compatible endpoint; without it no mail, and no sentence typed to Duncan, leaves this machine'),
  DUNCAN_LLM_BASE_URL: z.url().optional().describe("The endpoint's address up to /v1, e.g. http://localhost:11434/v1 for Ollama; default is OpenAI"),
  DUNCAN_LLM_API_KEY: z.string().min(1).optional().describe('Key of the endpoint, when it wants one'),
  DUNCAN_LLM_METHOD: z
    .enum(['json_schema', 'function_calling', 'json_mode'])
    .default('json_schema')
    .describe('How the answer is bound to the schema; function_calling or json_mode for servers without json_schema'),
  DUNCAN_LLM_TIMEOUT_SECONDS: z.coerce.number().min(1).max(300).default(30).describe('A call that takes longer is given up'),
  DUNCAN_LLM_RETRIES: z.coerce.number().int().min(0).max(5).default(1).describe('Further attempts after a busy or failing endpoint'),
  DUNCAN_LLM_DAILY_TOKENS: z.coerce.number().int().min(0).default(2_000_000).describe('Tokens a day (UTC); above it the local engine reads alone'),
  DUNCAN_LLM_DAILY_COST: amount.optional().describe('Cost a day in the currency of the two prices; above it the local engine reads alone'),
  DUNCAN_LLM_INPUT_PRICE: amount.default(0).describe('Price of a million input tokens, for the cost counter'),
  DUNCAN_LLM_OUTPUT_PRICE: amount.default(0).describe('Price of a million output tokens, for the cost counter'),
})
export type TriageConfig = z.infer<typeof triageConfig>
