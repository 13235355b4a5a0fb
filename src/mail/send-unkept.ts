import { composeSource } from './compose-source.ts'
import type { SendingAccount } from './send.ts'
import type { Transmission } from './transports/transport.ts'

/** A mail to a colleague that must stand nowhere but in their mailbox, as it holds keys. */
export type UnkeptMail = {
  /** Address of the mailbox that it leaves from. */
  from: string
  to: string
  subject: string
  text: string
  html: string | null
  internetMessageId: string
  /** Message-ID of the mail that it answers. */
  inReplyTo: string | null
}

/**
 * Hands one mail over at once, as an automatic one (RFC 3834), and keeps nothing of it: no row, no file, no copy in the Sent folder. What
 * became of it is the caller's to follow.
 */
export async function sendUnkept({ fromName, transport }: SendingAccount, date: Date, { from, to, ...mail }: UnkeptMail): Promise<Transmission> {
  const references = mail.inReplyTo === null ? [] : [mail.inReplyTo]
  const source = await composeSource({
    mail: { ...mail, to: [to], cc: [], references, automatic: true },
    from: { name: fromName, address: from },
    date,
    attachments: [],
  })
  return transport.send(source, { from, recipients: [to] })
}
