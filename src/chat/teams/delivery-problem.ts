import { DeliveryError, type DeliveryProblem } from '../platforms/platform.ts'

// The connector's errors, in the words of delivery. `unsure` is what may have been done although no answer came.

const restMs = 10_000
const busy = new Set([412, 429, 502, 504])
const gone = new Set([403, 404])

type HttpFault = { code?: unknown; response?: { status?: unknown; headers?: Record<string, unknown> } }

/** What a failed call of the connector means for the message that it was about; never holds what the message said. */
export function deliveryProblem(error: unknown): DeliveryProblem {
  if (error instanceof DeliveryError) return error.why
  if (!(error instanceof Error)) return { kind: 'unsure', problem: 'Teams answered with something that is no answer.' }
  const { response, code } = error as Error & HttpFault
  const status = typeof response?.status === 'number' ? response.status : undefined
  if (status !== undefined) return problemOfStatus(status, response?.headers)
  if (typeof code === 'string' && neverArrived.has(code)) return { kind: 'away', problem: `Teams cannot be reached (${code}).` }
  if (typeof code === 'string' && broken.has(code)) return { kind: 'unsure', problem: `Teams did not answer (${code}).` }
  // What else fails does so before anything is sent: no token, no credentials.
  return { kind: 'away', problem: `No access to Teams (${error.name}).` }
}

function problemOfStatus(status: number, headers: Record<string, unknown> | undefined): DeliveryProblem {
  if (busy.has(status)) return { kind: 'busy', retryAfterMs: retryAfterMs(headers) }
  if (gone.has(status)) return { kind: 'gone', problem: `Teams answered ${status}.` }
  if (status === 401) return { kind: 'away', problem: 'Teams does not take the bot’s token (401).' }
  if (status >= 500) return { kind: 'unsure', problem: `Teams answered ${status}.` }
  return { kind: 'refused', problem: `Teams answered ${status}.` }
}

/** As long as Teams asks for, or ten seconds; a little more each time another way, so that not everybody comes back at once. */
function retryAfterMs(headers: Record<string, unknown> | undefined): number {
  const asked = Number(headers?.['retry-after'])
  const wait = Number.isFinite(asked) && asked > 0 ? asked * 1000 : restMs
  return Math.round(wait * (1 + Math.random() / 5))
}

/** Faults of a connection that was never made: nothing can have arrived. */
const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])
const broken = new Set(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_NETWORK', 'ERR_BAD_RESPONSE', 'ERR_CANCELED'])
