import { DuncanError, errorText } from '#platform'
import type { TriageConfig } from '../config.ts'

/** The HTTP status that a fault of the endpoint carries. */
export const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : undefined

/** What went wrong, without a word of the answer: it may hold the mail. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error)
  if (status !== undefined) return `it answered with status ${status}`
  const causes = causesOf(error)
  if (causes.some(cause => cause instanceof DuncanError && cause.code === 'llm.oversized')) return 'its answer is too large'
  const text = causes.map(cause => `${cause.name} ${errorText(cause)}`).join(' ')
  if (/timeout|abort/i.test(text)) return 'it took too long'
  if (/length/i.test(text)) return 'its answer was cut off'
  if (/redirect/i.test(text)) return 'it sends elsewhere'
  if (/terminated|premature|other side closed/i.test(text)) return 'its answer broke off'
  if (/ECONN|ENOTFOUND|connection|fetch failed/i.test(text)) return 'it cannot be reached'
  return 'its answer could not be read'
}

const mostCauses = 5

function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let cause = error; cause instanceof Error && causes.length < mostCauses; cause = cause.cause) causes.push(cause)
  return causes
}

/** What to set right after a fault of the endpoint, naming the setting. */
export function remedyOf(error: unknown, config: TriageConfig): string {
  const status = statusOf(error)
  const reason = reasonOf(error)
  const endpoint = config.DUNCAN_LLM_BASE_URL ?? 'OpenAI'
  if (status === 401 || status === 403) return `Check DUNCAN_LLM_API_KEY: ${endpoint} does not accept it.`
  if (status === 404) return 'Check DUNCAN_LLM_BASE_URL, which ends in /v1, and that the endpoint has the model DUNCAN_LLM_MODEL.'
  if (status === 400 || status === 422) return `Set DUNCAN_LLM_METHOD to another value than ${config.DUNCAN_LLM_METHOD}; the endpoint does not take it.`
  if (status === 429) return 'Wait, or raise the limits of your account at the endpoint.'
  if (reason === 'it took too long') return 'Raise DUNCAN_LLM_TIMEOUT_SECONDS, or take a smaller model in DUNCAN_LLM_MODEL.'
  if (reason === 'it cannot be reached') return `Start the server at ${endpoint}, or correct DUNCAN_LLM_BASE_URL.`
  return 'Check DUNCAN_LLM_BASE_URL, DUNCAN_LLM_MODEL and DUNCAN_LLM_METHOD.'
}

/** The fault of an endpoint that cannot be asked, in a form that an operator can act on. */
export const unavailable = (reason: string, remedy: string, cause?: unknown): DuncanError =>
  new DuncanError('llm.unavailable', `The language model cannot be asked: ${reason}.`, remedy, { cause })
