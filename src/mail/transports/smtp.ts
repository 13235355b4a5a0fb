import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { DuncanError, errorText } from '#platform'
import type { Envelope, MailTransport, Transmission } from './transport.ts'

export type SmtpServer = {
  host: string
  port: number
  /** `implicit` speaks TLS from the first byte, `starttls` upgrades or refuses, `none` is for a relay on this machine. Default by port. */
  tls?: 'implicit' | 'starttls' | 'none' | undefined
  user?: string | undefined
  password?: string | undefined
  /** Instead of a password: a fresh OAuth2 access token, asked for at each connection. */
  accessToken?: (() => Promise<string>) | undefined
  /** PEM of a private certificate authority. */
  ca?: string | undefined
  /** How long the server may stay silent, in milliseconds. */
  silenceLimit?: number | undefined
}

const setUpLimit = 15_000
// RFC 5321 4.5.3.2.6 grants a server ten minutes after the final dot; giving up sooner turns a slow server into unknown mails.
const silenceLimit = 600_000

/** A transport over SMTP: one connection a mail, certificate verified. Throws `smtp.plain` for a password without TLS. */
export function createSmtpTransport(server: SmtpServer): MailTransport {
  if (server.tls === 'none' && server.user && !isThisMachine(server.host)) {
    throw new DuncanError('smtp.plain', `${server.host} would get the password in clear text.`, 'Set tls of this SMTP server to starttls or implicit.')
  }
  return { send: (source, envelope) => sendOnce(server, source, envelope) }
}

/** Connects and signs in, sends nothing. Throws `smtp.unreachable` with what the server or the network said. */
export async function checkSmtp(server: SmtpServer): Promise<void> {
  const connection = connectionTo(server)
  try {
    await connect(connection)
    await logIn(connection, server)
    connection.quit()
  } catch (error) {
    connection.close()
    const remedy = 'Check host, port, tls, user and password of the mailbox’s smtp settings.'
    throw new DuncanError('smtp.unreachable', `${server.host}:${server.port} cannot be used for sending: ${errorText(error)}`, remedy, { cause: error })
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
  const connection = connectionTo(server)
  // Read from only once the server asked for the text (354): until then a broken connection has lost nothing.
  let isLeaving = false
  const text = new Readable({
    read() {
      isLeaving = true
      this.push(source)
      this.push(null)
    },
  })
  try {
    await connect(connection)
    await logIn(connection, server)
    const { rejected } = await transmit(connection, envelope, source.length, text)
    connection.quit()
    return { kind: 'accepted', refused: rejected }
  } catch (error) {
    connection.close()
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

async function logIn(connection: SMTPConnection, { user, password, accessToken }: SmtpServer): Promise<void> {
  if (!user) return
  const credentials = accessToken ? { oauth2: new XOAuth2({ user, accessToken: await accessToken() }) } : { credentials: { user, pass: password ?? '' } }
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.login(credentials, error => (error ? reject(error) : resolve()))
  })
}

function transmit(connection: SMTPConnection, { from, recipients }: Envelope, size: number, text: Readable): Promise<SMTPConnection.SentMessageInfo> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.send({ from, to: recipients, size }, text, (error, sent) => (error ? reject(error) : resolve(sent)))
  })
}

const isThisMachine = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
