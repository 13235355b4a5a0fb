import MailComposer from 'nodemailer/lib/mail-composer'
import type { OutboundMailModel } from '#platform'

export type ComposeInput = {
  mail: Pick<OutboundMailModel, 'internetMessageId' | 'inReplyTo' | 'references' | 'to' | 'cc' | 'subject' | 'text' | 'html' | 'automatic'>
  from: { name: string; address: string }
  date: Date
  attachments: { fileName: string; contentType: string; content: Buffer }[]
}

/** The source of a mail as it leaves, with CRLF line ends. Who gets a blind copy stands in the envelope only, never here. */
export function composeSource({ mail, from, date, attachments }: ComposeInput): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    messageId: mail.internetMessageId,
    date,
    ...(mail.inReplyTo && { inReplyTo: mail.inReplyTo }),
    references: mail.references,
    // RFC 3834 section 5: who answers by rule says so, and other machines do not answer back.
    headers: mail.automatic ? { 'Auto-Submitted': mail.inReplyTo ? 'auto-replied' : 'auto-generated' } : {},
    // Long lines stay long inside quoted-printable: flowed text (RFC 3676) shows as hard breaks in the clients that ignore it.
    text: { content: mail.text, contentTransferEncoding: 'quoted-printable' },
    ...(mail.html && { html: { content: mail.html, contentTransferEncoding: 'quoted-printable' } }),
    attachments: attachments.map(({ fileName, contentType, content }) => ({ filename: fileName, contentType, content, contentDisposition: 'attachment' })),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return new Promise((resolve, reject) => {
    composer.compile().build((error, source) => (error ? reject(error) : resolve(source)))
  })
}
