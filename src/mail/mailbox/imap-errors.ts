import type { ImapFlowError } from 'imapflow'
import { DuncanError } from '#platform'
import type { ImapSettings } from './imap-connection.ts'

type Fault = Partial<ImapFlowError> & { code?: string; message?: string }

const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME'])
const refused = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'])
const timedOut = new Set(['ETIMEOUT', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'GREEETING_TIMEOUT'])
/** RFC 5530: the server says no to everybody just now, whatever the password or token. */
const unavailable = new Set(['UNAVAILABLE', 'SERVERBUG', 'LIMIT'])
const certificate = /CERT|SELF_SIGNED|SSL|TLS|UNABLE_TO_VERIFY/

/** What went wrong with a mail server as a `mailbox.*` fault that says what to do. */
export function explainImapError(error: unknown, { host, port, auth }: Pick<ImapSettings, 'host' | 'port' | 'auth'>): DuncanError {
  if (error instanceof DuncanError) return error
  const fault = error as Fault
  const code = fault.code ?? ''
  const make = (name: string, problem: string, remedy: string) => new DuncanError(`mailbox.${name}`, problem, remedy, { cause: error })
  const server = `${host}:${port}`
  if (unavailable.has(fault.serverResponseCode ?? '')) {
    return make('unavailable', `${server} cannot let anybody in just now.`, 'Duncan tries again; if it stays so, ask who runs the mail server.')
  }
  if (fault.authenticationFailed || fault.serverResponseCode === 'AUTHENTICATIONFAILED' || fault.oauthError) {
    if ('accessToken' in auth) {
      return make(
        'token_refused',
        `${server} refused the access token for the user of this mailbox.`,
        'Check that IMAP is allowed for the mailbox, that `user` is its address, and that who signed in may open it; then sign in again with `duncan connect`.',
      )
    }
    return make(
      'auth_failed',
      `${server} refused the user name or password.`,
      'Check the user and the secret that passwordEnv names; some providers want an app password.',
    )
  }
  if (/unsupported authentication mechanism/i.test(fault.message ?? '')) {
    return make('auth_unsupported', `${server} does not take this way of signing in.`, 'Use a password instead of an access token, or the other way round.')
  }
  if (unknownHost.has(code)) return make('unknown_host', `The mail server ${host} is not known.`, "Check the mailbox's host and this machine's DNS.")
  if (refused.has(code)) return make('refused', `Nothing answers at ${server}.`, "Check the mailbox's host and port, and the firewall between.")
  if (fault.tlsFailed || certificate.test(code)) {
    return make(
      'tls',
      `No trusted TLS connection to ${server}: ${code || 'it does not offer STARTTLS'}.`,
      'Check the tls setting; for a private certificate authority name its PEM file as caFile.',
    )
  }
  if (timedOut.has(code)) return make('timeout', `${server} did not answer in time.`, 'Duncan tries again; if it stays so, check the network and the server.')
  return make(
    'lost',
    `The connection to ${server} was lost${code ? ` (${code})` : ''}.`,
    'Duncan tries again; if it stays so, check the network and the server.',
  )
}
