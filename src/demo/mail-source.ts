import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { parse } from 'yaml'
import { z } from 'zod'
import { type DemoDebtor, type DemoInvoice, demoCompany, demoStaff } from './company.ts'

const mailSchema = z.union([
  z.strictObject({ from: z.string(), subject: z.string(), text: z.string(), auto: z.boolean().default(false) }),
  z.strictObject({ from: z.string(), bounce: z.string() }),
])
export type DemoMail = z.infer<typeof mailSchema>

export type MailToWrite = { from: { name: string; address: string }; subject: string; text: string; automatic?: boolean }

/** The mails of the demo, in the order they arrive. */
export const demoMails = (): DemoMail[] => z.array(mailSchema).parse(parse(readFileSync(join(import.meta.dirname, 'mails.yaml'), 'utf8')))

/** The source (RFC 5322) of one of the demo's mails, its slots filled from the debtor's own invoices. */
export async function demoMailSource(mail: DemoMail, debtors: DemoDebtor[], invoices: DemoInvoice[], now: Date): Promise<Buffer> {
  const debtor = debtors.find(({ key }) => key === mail.from)
  const open = invoices.filter(invoice => invoice.openCents > 0 && (!debtor || invoice.debtor === debtor))
  if ('bounce' in mail) return bounceSource(fill(mail.bounce, debtor, open), now)
  const address = debtor?.email ?? (mail.subject.includes('{{a}}') ? 'planning@boonstra-administratie.example' : 'acties@printplezier.example')
  return mailSource({ from: { name: debtor?.contact ?? '', address }, ...writtenMail(mail, debtor, open), automatic: mail.auto }, now)
}

/** Subject and text of a mail with their slots filled from the debtor and its open invoices. */
export const writtenMail = (mail: { subject: string; text: string }, debtor: DemoDebtor | undefined, open: DemoInvoice[]) => ({
  subject: fill(mail.subject, debtor, open),
  text: fill(mail.text, debtor, open),
})

const fill = (text: string, debtor: DemoDebtor | undefined, open: DemoInvoice[]): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_slot, name: string) => slot(name, debtor, open))

function slot(name: string, debtor: DemoDebtor | undefined, open: DemoInvoice[]): string {
  const language = debtor?.language ?? 'nl'
  const money = (cents: number) => new Intl.NumberFormat(language, { style: 'currency', currency: open[0]?.currency ?? 'EUR' }).format(cents / 100)
  const values: Record<string, string | undefined> = {
    a: open[0]?.number,
    b: open[1]?.number,
    c: open[2]?.number,
    amountA: money(open[0]?.openCents ?? 0),
    total: money(open.reduce((sum, invoice) => sum + invoice.openCents, 0)),
    name: debtor?.contact,
    company: debtor?.name,
    domain: debtor?.email.split('@')[1],
    collector: demoStaff.find(({ key }) => key === debtor?.collector)?.name.split(' ')[0],
  }
  const value = values[name]
  if (value === undefined) throw new RangeError(`the demo mail's slot {{${name}}} has no value`)
  return value
}

/** The source of a mail to the demo company's mailbox. */
export async function mailSource({ from, subject, text, automatic }: MailToWrite, now: Date): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const headers = automatic ? { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' } : {}
  const { message } = await composer.sendMail({ from, to: demoCompany.address, subject, text, date: now, headers })
  return message as Buffer
}

/** A non-delivery report (RFC 3464) for an address that no longer exists. */
function bounceSource(recipient: string, now: Date): Buffer {
  const domain = recipient.split('@')[1] ?? ''
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@mx.${domain}>`,
    `To: ${demoCompany.address}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${now.toUTCString()}`,
    `Message-ID: <bounce-${now.getTime()}@mx.${domain}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is the mail system at host mx.${domain}.`,
    '',
    `Your message could not be delivered to one or more recipients:`,
    `<${recipient}>: 550 5.1.1 User unknown`,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.${domain}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--report--',
    '',
  ]
  return Buffer.from(lines.join('\n'))
}
