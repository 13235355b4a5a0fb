import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { DuncanError, errorText } from '#platform'
import type { AccessToken } from '../connections/access-token.ts'
import { isThisMachine } from '../this-machine.ts'
import type { Envelope, MailTransport, Transmission } from './transport.ts'

export type SmtpServer = {
  host: string
  port: number
  /** `implicit` speaks TLS from the first byte, `starttls` upgrades or refuses, `none` is for a relay on this machine. Default by port. */
  tls?: 'implicit' | 'starttls' | 'none' | undefined
  user?: string | undefined
  password?: string | undefined
  /** Instead of a password: OAuth2 access tokens, asked for at each connection. */
  accessToken?: AccessToken | undefined
  /** PEM of a private certificate authority. */
  ca?: string | undefined
  /** How long the server may stay silent, in milliseconds. */
  silenceLimit?: number | undefined
}

const setUpLimit = 15_000
// RFC 5321 4.5.3.2.6 grants a server ten minutes after the final dot; giving up sooner turns a slow server into unknown mails.
const silenceLimit = 600_000

/** A transport over SMTP: one connection a mail, certificate verified. Throws `smtp.plain` for a password or token without TLS. */
export function createSmtpTransport(server: SmtpServer): MailTransport {
  refuseClearText(server)
  return { send: (source, envelope) => sendOnce(server, source, envelope) }
}

function refuseClearText({ tls, user, host }: SmtpServer): void {
  if (tls !== 'none' || !user || isThisMachine(host)) return
  throw new DuncanError('smtp.plain', `${host} would get the password or access token in clear text.`, 'Set tls of this SMTP server to starttls or implicit.')
}

/**
 * Connects and signs in, sends nothing. Throws `smtp.unreachable` with what the server or the network said, or why there is no token,
 * and `smtp.plain` as sending does.
 */
export async function checkSmtp(server: SmtpServer): Promise<void> {
  refuseClearText(server)
  try {
    const connection = await openSession(server)
    connection.quit()
  } catch (error) {
    if (error instanceof DuncanError) throw error
    throw new DuncanError('smtp.unreachable', `${server.host}:${server.port} cannot be used for sending: ${errorText(error)}`, remedyFor(server, error), {
      cause: error,
    })
  }
}

function remedyFor({ accessToken }: SmtpServer, error: unknown): string {
  if (/certificate|issuer|altnames/i.test(errorText(error)))
    return 'Check that host is the name in the server’s certificate; for a private certificate authority name its PEM file as caFile of the smtp settings.'
  if (accessToken)
    return 'Check host, port, tls and user of the mailbox’s smtp settings, and that its provider allows SMTP for it; then sign in again with `duncan connect`.'
  return 'Check host, port, tls, user and password of the mailbox’s smtp settings.'
}

/** A connection that is signed in. An access token that the server refuses is replaced by a new one, once. */
async function openSession(server: SmtpServer): Promise<SMTPConnection> {
  const token = server.user ? await server.accessToken?.() : undefined
  try {
    return await signIn(server, token)
  } catch (error) {
    if (token === undefined || !isRefusedToken(error as SMTPConnection.SMTPError)) throw error
    return signIn(server, await server.accessToken?.(token))
  }
}

/** 4xx: the server cannot say just now, which no other token would change. */
const isRefusedToken = ({ code, responseCode = 535 }: SMTPConnection.SMTPError): boolean => code === 'EAUTH' && responseCode >= 500

async function signIn(server: SmtpServer, token: string | undefined): Promise<SMTPConnection> {
  const connection = connectionTo(server)
  try {
    await connect(connection)
    await logIn(connection, server, token)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function connectionTo(server: SmtpServer): SMTPConnection {
  const tls = server.tls ?? (server.port === 465 ? 'implicit' : 'starttls')
  return new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(server.ca && { tls: { ca: server.ca } }),
    connectionTimeout: setUpLimit,
    greetingTimeout: setUpLimit,
    socketTimeout: server.silenceLimit ?? silenceLimit,
    logger: false,
  })
}

async function sendOnce(server: SmtpServer, source: Buffer, envelope: Envelope): Promise<Transmission> {
  // Read from only once the server asked for the text (354): until then a broken connection has lost nothing.
  let isLeaving = false
  const text = new Readable({
    read() {
      isLeaving = true
      this.push(source)
      this.push(null)
    },
  })
  let connection: SMTPConnection | undefined
  try {
    connection = await openSession(server)
    const { rejected } = await transmit(connection, envelope, source.length, text)
    connection.quit()
    return { kind: 'accepted', refused: rejected }
  } catch (error) {
    connection?.close()
    return outcomeOf(error as SMTPConnection.SMTPError, isLeaving)
  }
}

/** What an error means for the mail: the server's own answer to it counts, else whether the text had begun to leave. */
function outcomeOf(error: SMTPConnection.SMTPError, isLeaving: boolean): Transmission {
  const problem = errorText(error)
  const isAnswerToText = error.command === 'DATA' && error.responseCode !== undefined
  if (isLeaving && !isAnswerToText) return { kind: 'lost', problem }
  const isAboutTheMail = ['MAIL FROM', 'RCPT TO', 'DATA', 'API'].includes(error.command ?? '') && !isAboutTheAccount(error)
  const isRefusal = (error.responseCode ?? 0) >= 500 || ((error.code === 'EMESSAGE' || error.code === 'EENVELOPE') && !error.responseCode)
  return { kind: 'refused', permanent: isAboutTheMail && isRefusal, problem }
}

/** 530, 534, 535, 538: the server wants other credentials. That is put right in the settings, after which the mail can go. */
const isAboutTheAccount = ({ code, responseCode }: SMTPConnection.SMTPError) => code === 'EAUTH' || [530, 534, 535, 538].includes(responseCode ?? 0)

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays on: an `error` without a listener, such as a reset after QUIT, would end the process.
    connection.on('error', reject)
    connection.connect(error => (error ? reject(error) : resolve()))
  })
}

async function logIn(connection: SMTPConnection, { user, password }: SmtpServer, token: string | undefined): Promise<void> {
  if (!user) return
  const credentials = token === undefined ? { credentials: { user, pass: password ?? '' } } : { oauth2: new XOAuth2(onlyToken(user, token)) }
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.login(credentials, error => (error ? reject(error) : resolve()))
  })
}

/** Asked to renew the token, nodemailer would offer the refused one again; `openSession` gets another. */
const onlyToken = (user: string, accessToken: string): XOAuth2.Options => ({
  user,
  accessToken,
  provisionCallback: (_user, _renew, done) => done(new Error('the server refused the access token')),
})

function transmit(connection: SMTPConnection, { from, recipients }: Envelope, size: number, text: Readable): Promise<SMTPConnection.SentMessageInfo> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.send({ from, to: recipients, size }, text, (error, sent) => (error ? reject(error) : resolve(sent)))
  })
}
