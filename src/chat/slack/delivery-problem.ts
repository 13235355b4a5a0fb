import type { webApi } from '@slack/bolt'
import { DeliveryError, type DeliveryProblem } from '../platforms/platform.ts'

// Slack's errors, in the words of delivery. `unsure` is what may have been done although no answer came.

const gone = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'no_permission',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
])
const missing = new Set(['message_not_found', 'thread_not_found', 'cant_update_message'])
const refused =
  /^(invalid_blocks|invalid_blocks_format|msg_blocks_too_long|msg_too_long|no_text|invalid_attachments|invalid_arguments|invalid_arg_name|invalid_array_arg|metadata_.*|invalid_metadata.*|block_mismatch|only_one_table_allowed)$/
const unsure = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])

const restMs = 30_000

/** What a failed call of Slack's interface means for the message that it was about; never holds what the message said. */
export function deliveryProblem(error: unknown): DeliveryProblem {
  if (error instanceof DeliveryError) return error.why
  if (isCallError(error)) return callProblem(error)
  // A rate limit that does not say for how long comes as a plain error.
  if (error instanceof Error && error.message.startsWith('Retry header')) return { kind: 'busy', retryAfterMs: restMs }
  return { kind: 'unsure', problem: `Slack's answer broke off (${codeOf(error)}).` }
}

// Told apart by code and not by class: the SDK is large, and who only asks what an error means need not load it.
const codes = ['slack_webapi_request_error', 'slack_webapi_http_error', 'slack_webapi_platform_error', 'slack_webapi_rate_limited_error']
const isCallError = (error: unknown): error is webApi.WebAPICallError => error instanceof Error && codes.includes(String((error as { code?: unknown }).code))

function callProblem(error: webApi.WebAPICallError): DeliveryProblem {
  if ('retryAfter' in error) return { kind: 'busy', retryAfterMs: Math.max(1, error.retryAfter) * 1000 }
  if ('statusCode' in error) return { kind: error.statusCode >= 500 ? 'unsure' : 'away', problem: `Slack answered ${error.statusCode}.` }
  if ('data' in error) return platformProblem(error.data.error)
  const code = codeOf(error.original)
  return neverArrived.has(code)
    ? { kind: 'away', problem: `Slack cannot be reached (${code}).` }
    : { kind: 'unsure', problem: `Slack did not answer (${code}).` }
}

function platformProblem(error: string): DeliveryProblem {
  if (error === 'ratelimited' || error === 'rate_limited') return { kind: 'busy', retryAfterMs: restMs }
  if (missing.has(error)) return { kind: 'missing', problem: `Slack: ${error}` }
  if (gone.has(error)) return { kind: 'gone', problem: `Slack: ${error}` }
  if (refused.test(error)) return { kind: 'refused', problem: `Slack: ${error}` }
  if (unsure.has(error)) return { kind: 'unsure', problem: `Slack: ${error}` }
  // What is no code is a page of something between: it is not known how far the call came.
  return /^[a-z_]{1,60}$/.test(error)
    ? { kind: 'away', problem: `Slack: ${error}` }
    : { kind: 'unsure', problem: 'Slack answered with something that is no answer.' }
}

/** Faults of a connection that was never made: nothing can have arrived. */
const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as { code?: unknown }
  if (typeof code === 'string') return code
  return error.cause === undefined ? error.name : codeOf(error.cause)
}

/** Whether Slack refused a call for a reason among these. */
export const isSlackError = (error: unknown, ...reasons: string[]): boolean => isCallError(error) && 'data' in error && reasons.includes(error.data.error)
