import { readDeliveryStatus } from './bounce/delivery-status.ts'
import { readPlainBounce } from './bounce/plain-bounce.ts'
import type { BouncedRecipient, ParsedMail } from './parsed-mail.ts'

/**
 * The recipients that a bounce or a delay warning names, empty when it names none; undefined when the mail is neither. A delivery
 * status (RFC 3464) decides by itself; without one the mail must come from a mail system and say in a server's words what could not
 * be delivered. Reports of success, read receipts, complaints (RFC 5965) and mails of people about undelivered goods (or with a bounce
 * quoted in them) are none.
 */
export function detectBounce(mail: ParsedMail): BouncedRecipient[] | undefined {
  const type = mail.headers.find(({ name }) => name === 'content-type')?.value.toLowerCase() ?? ''
  if (/report-type="?(disposition-notification|feedback-report)/.test(type)) return undefined
  const report = readDeliveryStatus(mail)
  if (report?.kind === 'failed') return report.bounced
  return report?.kind === 'arrived' ? undefined : readPlainBounce(mail, report?.kind === 'unnamed')
}
