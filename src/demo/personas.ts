import type { DemoDebtor, DemoInvoice } from './company.ts'
import { type DemoMail, demoMails, mailSource, writtenMail } from './mail-source.ts'

type LetterMail = Extract<DemoMail, { subject: string }>
const perLanguage = 3

/** Debtors of the demo that one may write as, each with mails of its language to begin from. */
export function demoPersonas(debtors: DemoDebtor[], invoices: DemoInvoice[]) {
  const letters = demoMails().filter((mail): mail is LetterMail => 'subject' in mail && mail.from !== 'unknown')
  const chosen = debtors.filter(({ key }) => Number(key.split('-')[1]) > 12 - perLanguage)
  return chosen.map(debtor => {
    const own = invoices.filter(invoice => invoice.debtor === debtor && invoice.openCents > 0)
    const examples = letters
      .filter(({ from, auto }) => !auto && from.startsWith(`${debtor.language}-`))
      .map(mail => {
        const { subject, text } = writtenMail(mail, debtor, own)
        return { title: subject, subject, text }
      })
    return { id: debtor.key, name: `${debtor.contact}, ${debtor.name}`, address: debtor.email, language: debtor.language, examples }
  })
}

/** The source of a mail that a visitor of the demo wrote as one of its debtors. */
export function personaMail(
  debtors: DemoDebtor[],
  { personaId, subject, text }: { personaId: string; subject: string; text: string },
  now: Date,
): Promise<Buffer> {
  const debtor = debtors.find(({ key }) => key === personaId)
  if (!debtor) throw new RangeError(`the demo has no debtor ${personaId}`)
  return mailSource({ from: { name: debtor.contact, address: debtor.email }, subject, text }, now)
}
