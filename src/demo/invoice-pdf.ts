import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { finished } from 'node:stream/promises'
import PdfDocument from 'pdfkit'
import { type DemoInvoice, demoCompany } from './company.ts'

const require = createRequire(import.meta.url)
const [regular, bold] = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(name => require.resolve(`dejavu-fonts-ttf/ttf/${name}`))

const words: Record<string, { invoice: string; date: string; due: string; to: string; item: string; total: string }> = {
  nl: { invoice: 'Factuur', date: 'Factuurdatum', due: 'Vervaldatum', to: 'Aan', item: 'Kantoorinrichting en montage', total: 'Te betalen' },
  en: { invoice: 'Invoice', date: 'Invoice date', due: 'Due date', to: 'To', item: 'Office furniture and installation', total: 'Amount due' },
  de: { invoice: 'Rechnung', date: 'Rechnungsdatum', due: 'Fällig am', to: 'An', item: 'Büroeinrichtung und Montage', total: 'Zu zahlen' },
  fr: { invoice: 'Facture', date: 'Date de facture', due: 'Échéance', to: 'À', item: 'Mobilier de bureau et installation', total: 'À payer' },
  pl: { invoice: 'Faktura', date: 'Data wystawienia', due: 'Termin płatności', to: 'Nabywca', item: 'Meble biurowe z montażem', total: 'Do zapłaty' },
}

/** Writes the invoice's copy as a one-page A4 PDF. */
export async function writeInvoicePdf(file: string, invoice: DemoInvoice): Promise<void> {
  const { debtor } = invoice
  const text = words[debtor.language] ?? words.en
  if (!text || !regular || !bold) throw new RangeError('the demo has words for English and the DejaVu fonts')
  const day = (date: DemoInvoice['dueDate']) => date.toLocaleString(debtor.language, { day: 'numeric', month: 'long', year: 'numeric' })
  const amount = new Intl.NumberFormat(debtor.language, { style: 'currency', currency: invoice.currency }).format(invoice.cents / 100)

  const page = new PdfDocument({ size: 'A4', margin: 56, info: { Title: `${text.invoice} ${invoice.number}`, Author: demoCompany.name } })
  const out = page.pipe(createWriteStream(file))
  page.font(bold).fontSize(20).fillColor('#1f4b99').text(demoCompany.name)
  page.font(regular).fontSize(9).fillColor('#666').text(`${demoCompany.city} · ${demoCompany.address}`).moveDown(3)
  page.font(bold).fontSize(16).fillColor('#111').text(`${text.invoice} ${invoice.number}`).moveDown(1)
  page.font(regular).fontSize(10).text(`${text.to}: ${debtor.name}, ${debtor.contact}, ${debtor.city}`)
  page
    .text(`${text.date}: ${day(invoice.invoiceDate)}`)
    .text(`${text.due}: ${day(invoice.dueDate)}`)
    .moveDown(2)
  const line = page.y
  page.text(text.item, 56, line).text(amount, 56, line, { align: 'right' })
  page
    .moveTo(56, line + 18)
    .lineTo(539, line + 18)
    .stroke('#bbb')
  page
    .font(bold)
    .text(text.total, 56, line + 28)
    .text(amount, 56, line + 28, { align: 'right' })
  page.end()
  await finished(out)
}
