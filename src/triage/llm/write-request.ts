import type { MessageToRead, ReadingContext } from '../reading.ts'

const maxText = 20_000
const maxListed = 50

/**
 * The user message: the mail as one JSON object between two marker lines. JSON keeps the text on one line and `<` and
 * `-` sequences are written as escapes, so that no mail can write a marker; the decoded text stays letter for letter.
 */
export function writeRequest(message: MessageToRead, context: ReadingContext): string {
  const mail = {
    mail_date: message.date,
    currency_of_the_ledger: context.currency,
    known_invoice_numbers: context.invoiceNumbers.slice(0, maxListed),
    subject: message.subject.slice(0, 1000),
    text: message.replyText.slice(0, maxText),
    attachments: message.attachmentNames.slice(0, maxListed).map(name => name.slice(0, 200)),
  }
  return `MAIL-DATA-BEGIN\n${escapeMarkers(JSON.stringify(mail))}\nMAIL-DATA-END`
}

const escapeMarkers = (json: string): string =>
  json.replaceAll('MAIL-DATA', String.raw`MAIL\u002dDATA`).replaceAll('<', String.raw`\u003c`).replaceAll('>', String.raw`\u003e`)
