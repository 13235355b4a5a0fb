import type { Left } from './outbox-file.ts'

type Gateway = { url: string; token?: string | undefined }

const longestWait = 20_000 // milliseconds
/** Nothing was connected: it has not left. */
const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

/**
 * Hands an SMS to a gateway: POST of JSON `{ to, text, reference }`, with the token as Bearer and `key` as Idempotency-Key, so that one that is
 * sent again is the same one. Where the gateway took it on and did not answer clearly, nobody knows whether it left.
 */
export async function sendSms({ url, token }: Gateway, { key, to, text }: { key: string; to: string; text: string }): Promise<Left> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...(token && { authorization: `Bearer ${token}` }) }
  try {
    const signal = AbortSignal.timeout(longestWait)
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ to, text, reference: key }), redirect: 'error', signal })
    await response.body?.cancel()
    if (response.ok) return { kind: 'sent' }
    const isRefused = response.status >= 400 && response.status < 500
    return isRefused
      ? { kind: 'failed', problems: [{ code: 'sms_refused', status: response.status }] }
      : { kind: 'unknown', problems: [{ code: 'sms_fault', status: response.status }] }
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    return neverLeft.includes(code)
      ? { kind: 'failed', problems: [{ code: 'sms_unreachable', fault: code }] }
      : { kind: 'unknown', problems: [{ code: 'sms_unanswered' }] }
  }
}
