import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

type AcceptedMail = { from: string; recipients: string[]; source: Buffer }

/** What the server does instead of accepting: answers with a code, or breaks the connection. */
export type SmtpFault = { code: number; message: string } | 'cut'

export type SmtpBehaviour = {
  onConnect?: () => SmtpFault | undefined
  onSender?: () => SmtpFault | undefined
  onRecipient?: (address: string) => SmtpFault | undefined
  /** Before the first byte of the text is read. */
  onText?: () => Promise<SmtpFault | undefined> | SmtpFault | undefined
  /** The whole text is there: a fault of `cut` leaves the client without an answer, although the mail counts as accepted. */
  onAccepted?: (mail: AcceptedMail) => Promise<SmtpFault | undefined> | SmtpFault | undefined
  options?: SMTPServerOptions
}

export type TestSmtpServer = { port: number; accepted: AcceptedMail[]; connections: () => number }

/** A real SMTP server on a free port that records what it accepts. */
export async function startSmtpServer(t: Pick<TestContext, 'after'>, behaviour: SmtpBehaviour = {}): Promise<TestSmtpServer> {
  const accepted: AcceptedMail[] = []
  let connections = 0
  const reply = (fault: SmtpFault | undefined, sessionId: string, callback: (error?: Error) => void) => {
    if (fault === 'cut') return cut(sessionId)
    callback(fault && Object.assign(new Error(fault.message), { responseCode: fault.code }))
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    ...behaviour.options,
    onConnect: (session, callback) => {
      connections++
      reply(behaviour.onConnect?.(), session.id, callback)
    },
    onMailFrom: (_address, session, callback) => reply(behaviour.onSender?.(), session.id, callback),
    onRcptTo: ({ address }, session, callback) => reply(behaviour.onRecipient?.(address), session.id, callback),
    onData: (stream, session, callback) => {
      const receive = async () => {
        const early = await behaviour.onText?.()
        if (early === 'cut') return cut(session.id)
        const source = await buffer(stream)
        if (early) return reply(early, session.id, callback)
        const { mailFrom, rcptTo } = session.envelope
        const mail = { from: mailFrom ? mailFrom.address : '', recipients: rcptTo.map(({ address }) => address), source }
        const fault = await behaviour.onAccepted?.(mail)
        if (fault === undefined || fault === 'cut') accepted.push(mail)
        reply(fault, session.id, callback)
      }
      receive().catch(callback)
    },
  })
  // A client that goes away in the middle is what these tests are about.
  server.on('error', () => undefined)
  function cut(sessionId: string): void {
    for (const connection of server.connections as unknown as Set<{ id: string; _socket: { destroy: () => void } }>) {
      if (connection.id === sessionId) connection._socket.destroy()
    }
  }
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  t.after(() => new Promise<void>(resolve => server.close(resolve)))
  return { port: (server.server.address() as AddressInfo).port, accepted, connections: () => connections }
}
