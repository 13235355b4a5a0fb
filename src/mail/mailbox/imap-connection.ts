import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { DuncanError, type Log } from '#platform'
import type { AccessToken } from '../connections/access-token.ts'
import { isThisMachine } from '../this-machine.ts'
import { explainImapError } from './imap-errors.ts'

export type ImapAuth = { user: string; password: string } | { user: string; accessToken: AccessToken }
type Credentials = NonNullable<ImapFlowOptions['auth']>

export type ImapSettings = {
  host: string
  port: number
  auth: ImapAuth
  /** Folders to read, by path. */
  folders: string[]
  /** Path of the Sent folder; by default the one that the server names as such; `none` when there is none. */
  sentFolder?: string | undefined
  /** `implicit` (default on port 993) speaks TLS from the start, `starttls` (default elsewhere) upgrades or refuses, `none` only for a server on this machine. */
  tls?: 'implicit' | 'starttls' | 'none' | undefined
  /** Certificate authority (PEM) of a server that no public one signed. */
  ca?: string | undefined
  /** How long to idle before all folders are looked at again; default 30. */
  pollSeconds?: number | undefined
  /** How long a silent connection counts as alive; default 90. */
  silenceSeconds?: number | undefined
}

const limits = {
  /** Larger mails come in pieces; nothing that a server announces may take more memory than this. */
  maxLiteralSize: 64 * 1024 * 1024,
  maxResponseSize: 80 * 1024 * 1024,
  maxLineLength: 16 * 1024 * 1024,
}

/**
 * A logged-in connection. It lives once: when it is lost, open another. An access token that the server refuses is replaced by a
 * new one, once. Throws what `explainImapError` says, `mailbox.token`, and `mailbox.plain` for a distant server without TLS.
 */
export async function connectImap(settings: ImapSettings, log: Log, onLost: () => void): Promise<ImapFlow> {
  const { auth, host, tls } = settings
  if (tls === 'none' && !isThisMachine(host))
    throw new DuncanError(
      'mailbox.plain',
      `${host} would get the password or access token in clear text.`,
      "Set the mailbox's tls to starttls or implicit; none is for a server on this machine.",
    )
  if ('password' in auth) return connectAs({ user: auth.user, pass: auth.password }, settings, log, onLost)
  const token = await auth.accessToken()
  try {
    return await connectAs({ user: auth.user, accessToken: token }, settings, log, onLost)
  } catch (error) {
    if (!(error instanceof DuncanError) || error.code !== 'mailbox.token_refused') throw error
    // Providers withdraw tokens before their time: a changed password, a new policy.
    log.info('the mail server refused an access token; it gets a new one')
    return connectAs({ user: auth.user, accessToken: await auth.accessToken(token) }, settings, log, onLost)
  }
}

async function connectAs(credentials: Credentials, settings: ImapSettings, log: Log, onLost: () => void): Promise<ImapFlow> {
  const client = new ImapFlow(optionsFor(settings, credentials))
  // A socket error without a listener would end the process.
  client.on('error', error => {
    log.debug({ code: (error as NodeJS.ErrnoException).code }, 'the mail connection had an error')
    onLost()
  })
  client.on('close', onLost)
  try {
    await client.connect()
  } catch (error) {
    client.close()
    throw explainImapError(error, settings)
  }
  return client
}

function optionsFor({ host, port, tls, ca, silenceSeconds = 90 }: ImapSettings, auth: Credentials): ImapFlowOptions {
  const mode = tls ?? (port === 993 ? 'implicit' : 'starttls')
  return {
    host,
    port,
    secure: mode === 'implicit',
    // With `true` a server that does not offer STARTTLS is refused: the password never crosses in the clear.
    ...(mode !== 'implicit' && { doSTARTTLS: mode === 'starttls' }),
    auth,
    ...(ca && { tls: { ca } }),
    logger: false,
    qresync: true,
    // The default of 15 s is how long a mail that arrives right after a look would wait to be seen.
    autoIdleDelay: 50,
    // Below the 29 minutes of RFC 2177 and below what NAT boxes forget.
    maxIdleTime: 4 * 60_000,
    socketTimeout: silenceSeconds * 1000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    clientInfo: { name: 'Duncan' },
    ...limits,
  }
}
