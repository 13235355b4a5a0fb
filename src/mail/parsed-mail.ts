import type { BounceCause } from './bounce/cause.ts'

export type MailAddress = { address: string; name: string }

/** A mail as parsed from its source; plain data, since it crosses from a worker thread. Addresses are lower case. */
export type ParsedMail = {
  internetMessageId: string | undefined
  inReplyTo: string | undefined
  references: string[]
  from: MailAddress | undefined
  replyTo: MailAddress[]
  to: MailAddress[]
  cc: MailAddress[]
  subject: string
  /** The Date header, ISO; undefined when missing or unreadable. */
  sentAt: string | undefined
  /** All header lines, in order, names in lower case, values decoded and unfolded. */
  headers: { name: string; value: string }[]
  /** Plain text: the text part, or the HTML part as text. */
  text: string
  html: string | undefined
  attachments: { fileName: string | undefined; contentType: string; size: number; hash: string | undefined; inline: boolean }[]
  /** Texts of the parts of a multipart/report (RFC 3462), in order: delivery status, returned headers. */
  reportParts: { contentType: string; text: string }[]
  /** Why the source could not be read fully; the rest holds what could. */
  problem: string | undefined
}

/** One recipient that a bounce names (RFC 3464). */
export type BouncedRecipient = {
  recipient: string
  /** Enhanced status code such as 5.1.1 when given, else "". */
  status: string
  /** By the class of the status or reply code; without one by the server's words. A mail that is only late is temporary. */
  permanent: boolean
  /** The server still tries: the mail may yet arrive. */
  isLate?: boolean | undefined
  cause: BounceCause
  /** The server's own words. */
  reason: string
}
