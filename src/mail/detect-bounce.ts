import { readDeliveryStatus } from './bounce/delivery-status.ts'
import { readPlainBounce } from './bounce/plain-bounce.ts'
import { isPersonal, senderOf } from './bounce/sender.ts'
import type { BouncedRecipient, ParsedMail } from './parsed-mail.ts'

/**
 * The recipients that a bounce or a delay warning names, empty when it names none; undefined when the mail is neither. A delivery
 * status (RFC 3464) decides by itself; without one the mail must come from a mail system and say in a server's words what could not
 * be delivered. Reports of success, read receipts, complaints (RFC 5965) and mails of people about undelivered goods (or with a bounce
 * quoted in them) are none.
 */
export function detectBounce(mail: ParsedMail): BouncedRecipient[] | undefined {
  const type = mail.headers.find(({ name }) => name === 'content-type')?.value.toLowerCase() ?? ''
  if (/report-type="?feedback-report/.test(type)) return undefined
  if (/report-type="?disposition-notification/.test(type)) return isRefusal(mail) ? readPlainBounce(mail, true) : undefined
  const report = isSentOn(mail, type) ? undefined : readDeliveryStatus(mail)
  if (report?.kind === 'failed') return report.bounced
  return report?.kind === 'arrived' ? undefined : readPlainBounce(mail, report?.kind === 'unnamed')
}

/** A filter at the mailbox refuses a mail in the form of a read receipt (RFC 5429); a person who deletes one unread does not. */
function isRefusal(mail: ParsedMail): boolean {
  const isAutomatic = mail.reportParts.some(({ text }) => /^disposition: ?automatic-action\b/im.test(text))
  return isAutomatic && /automatically (rejected|refused)/i.test(mail.text.slice(0, 2000))
}

/** Mail programs attach the fields of a report when a person sends it on; in a report of its own they stand in the outermost part. */
function isSentOn(mail: ParsedMail, type: string): boolean {
  if (type.startsWith('multipart/report') || senderOf(mail) !== 'anybody') return false
  return isPersonal(mail) || !mail.reportParts.some(({ contentType }) => /^message\/(global-)?delivery-status/i.test(contentType))
}
