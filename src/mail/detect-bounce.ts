import { readDeliveryStatus } from './bounce/delivery-status.ts'
import { readPlainBounce } from './bounce/plain-bounce.ts'
import type { BouncedRecipient, ParsedMail } from './parsed-mail.ts'

/**
 * The recipients that a bounce names; undefined when the mail is none. A delivery status (RFC 3464) decides by itself;
 * without one the mail must come from a mail system and say in a server's words what could not be delivered. Reports of
 * success, read receipts and mails of people about undelivered goods (or with a bounce quoted in them) are none.
 */
export function detectBounce(mail: ParsedMail): BouncedRecipient[] | undefined {
  const type = mail.headers.find(({ name }) => name === 'content-type')?.value.toLowerCase() ?? ''
  if (/report-type="?(disposition-notification|feedback-report)/.test(type)) return undefined
  const status = readDeliveryStatus(mail)
  if (status) return status.length > 0 ? status : undefined
  return readPlainBounce(mail)
}
