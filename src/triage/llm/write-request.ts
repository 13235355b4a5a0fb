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
  return betweenMarkers('MAIL-DATA', mail)
}

/** Data as a model gets it: one line of JSON between `<marker>-BEGIN` and `<marker>-END`, in which nothing can write either. */
export function betweenMarkers(marker: string, data: object): string {
  const escaped = JSON.stringify(data)
    .replaceAll(marker, marker.replace('-', String.raw`\u002d`))
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('>', String.raw`\u003e`)
  return `${marker}-BEGIN\n${escaped}\n${marker}-END`
}
