import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { finished } from 'node:stream/promises'
import PdfDocument from 'pdfkit'
import { type DemoInvoice, demoCompany } from './company.ts'

const require = createRequire(import.meta.url)
// Reading a font is most of the work of an invoice. pdfkit takes one that its own font library has read, and so all share two.
const { openSync } = createRequire(require.resolve('pdfkit'))('fontkit') as { openSync: (file: string) => Buffer }
const readFont = (name: string) => openSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}`))
const fonts = { regular: readFont('DejaVuSans.ttf'), bold: readFont('DejaVuSans-Bold.ttf') }

type Words = {
  invoice: string
  number: string
  date: string
  due: string
  debtor: string
  item: string
  amount: string
  net: string
  vat: string
  total: string
}
type InvoiceText = Words & { pay: (iban: string, number: string) => string; items: [goods: string, work: string, delivery: string] }

const words: Record<string, InvoiceText> = {
  nl: {
    invoice: 'Factuur',
    number: 'Factuurnummer',
    date: 'Factuurdatum',
    due: 'Vervaldatum',
    debtor: 'Klantnummer',
    item: 'Omschrijving',
    amount: 'Bedrag',
    net: 'Netto',
    vat: 'Btw',
    total: 'Te betalen',
    pay: (iban, number) => `Graag betalen op ${iban} onder vermelding van ${number}.`,
    items: ['Bureaus en stoelen', 'Montage op locatie', 'Bezorging'],
  },
  en: {
    invoice: 'Invoice',
    number: 'Invoice number',
    date: 'Invoice date',
    due: 'Due date',
    debtor: 'Customer number',
    item: 'Description',
    amount: 'Amount',
    net: 'Net',
    vat: 'VAT',
    total: 'Amount due',
    pay: (iban, number) => `Please pay to ${iban}, quoting ${number}.`,
    items: ['Desks and chairs', 'Installation on site', 'Delivery'],
  },
  de: {
    invoice: 'Rechnung',
    number: 'Rechnungsnummer',
    date: 'Rechnungsdatum',
    due: 'Fällig am',
    debtor: 'Kundennummer',
    item: 'Bezeichnung',
    amount: 'Betrag',
    net: 'Netto',
    vat: 'USt.',
    total: 'Zu zahlen',
    pay: (iban, number) => `Bitte überweisen Sie auf ${iban} mit dem Verwendungszweck ${number}.`,
    items: ['Schreibtische und Stühle', 'Montage vor Ort', 'Lieferung'],
  },
  fr: {
    invoice: 'Facture',
    number: 'Numéro de facture',
    date: 'Date de facture',
    due: 'Échéance',
    debtor: 'Numéro de client',
    item: 'Désignation',
    amount: 'Montant',
    net: 'Total HT',
    vat: 'TVA',
    total: 'À payer',
    pay: (iban, number) => `Merci de régler sur ${iban} en indiquant ${number}.`,
    items: ['Bureaux et chaises', 'Installation sur place', 'Livraison'],
  },
  pl: {
    invoice: 'Faktura',
    number: 'Numer faktury',
    date: 'Data wystawienia',
    due: 'Termin płatności',
    debtor: 'Numer klienta',
    item: 'Opis',
    amount: 'Kwota',
    net: 'Netto',
    vat: 'VAT',
    total: 'Do zapłaty',
    pay: (iban, number) => `Prosimy o wpłatę na ${iban} z podaniem ${number}.`,
    items: ['Biurka i krzesła', 'Montaż na miejscu', 'Dostawa'],
  },
}

const [left, right] = [56, 539]
const [ink, grey, accent, rule] = ['#1c2422', '#6b7673', '#0f6b5c', '#cfd8d4']

/** Writes the invoice's copy as a one-page A4 PDF: sender, addressee, lines, VAT, total, and where to pay. */
export async function writeInvoicePdf(file: string, invoice: DemoInvoice): Promise<void> {
  const { debtor, number, currency } = invoice
  const text = words[debtor.language] ?? words.en
  if (!text) throw new RangeError('the demo has words for English')
  const locale = debtor.language === 'en' ? 'en-GB' : debtor.language
  const day = (date: DemoInvoice['dueDate']) => date.toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const money = (cents: number) => format.format(cents / 100)

  const page = new PdfDocument({ size: 'A4', margin: left, info: { Title: `${text.invoice} ${number}`, Author: demoCompany.name } })
  for (const [name, font] of Object.entries(fonts)) page.registerFont(name, font)
  const out = page.pipe(createWriteStream(file))
  const write = (at: number, y: number, said: string, options: { font?: keyof typeof fonts; size?: number; color?: string; align?: 'right' } = {}) => {
    const { font = 'regular', size = 10, color = ink, align } = options
    page.font(font).fontSize(size).fillColor(color)
    if (align) page.text(said, left, y, { width: at - left, align, lineBreak: false })
    else page.text(said, at, y, { lineBreak: false })
  }
  const line = (y: number, color = rule) => page.moveTo(left, y).lineTo(right, y).lineWidth(0.8).stroke(color)

  page.rect(0, 0, 596, 8).fill(accent)
  write(left, 56, demoCompany.name, { font: 'bold', size: 18, color: accent })
  const sender = [demoCompany.street, `${demoCompany.postcode} ${demoCompany.city}`, demoCompany.address, `IBAN ${demoCompany.iban}`]
  sender.forEach((part, index) => write(right, 56 + index * 13, part, { size: 8.5, color: grey, align: 'right' }))

  const addressee = [debtor.name, debtor.contact, debtor.city]
  addressee.forEach((part, index) => write(left, 140 + index * 15, part, { font: index === 0 ? 'bold' : 'regular', size: 10.5 }))

  write(left, 232, `${text.invoice} ${number}`, { font: 'bold', size: 16 })
  const facts = [
    [text.number, number],
    [text.date, day(invoice.invoiceDate)],
    [text.due, day(invoice.dueDate)],
    [text.debtor, debtor.number],
  ] as const
  facts.forEach(([label, value], index) => {
    write(left, 264 + index * 15, label, { color: grey, size: 9.5 })
    write(left + 130, 264 + index * 15, value, { size: 9.5 })
  })

  const { net, vat, rate, parts } = splitTotal(invoice)
  let y = 350
  write(left, y, text.item, { font: 'bold', size: 9, color: grey })
  write(right, y, text.amount, { font: 'bold', size: 9, color: grey, align: 'right' })
  line((y += 15), ink)
  for (const [index, item] of text.items.entries()) {
    write(left, y + 9, item)
    write(right, y + 9, money(parts[index] ?? 0), { align: 'right' })
    line((y += 30))
  }
  const sums = [
    [text.net, money(net)],
    [`${text.vat} ${rate}%`, money(vat)],
  ] as const
  for (const [label, value] of sums) {
    write(left + 280, (y += 12), label, { color: grey })
    write(right, y, value, { align: 'right' })
    y += 6
  }
  y += 16
  page
    .moveTo(left + 280, y)
    .lineTo(right, y)
    .lineWidth(1.2)
    .stroke(accent)
  write(left + 280, y + 8, text.total, { font: 'bold', size: 12 })
  write(right, y + 8, money(invoice.cents), { font: 'bold', size: 12, align: 'right' })

  write(left, y + 62, text.pay(demoCompany.iban, number))
  line(772)
  const foot = `${demoCompany.name} · ${demoCompany.street}, ${demoCompany.postcode} ${demoCompany.city} · ${demoCompany.iban}`
  write(left, 782, foot, { size: 7.5, color: grey })
  page.end()
  await finished(out)
}

const vatRates: Record<string, number> = { NL: 21, GB: 20, DE: 19, FR: 20, PL: 23 }

/** The total in cents as three lines without VAT, and the VAT; all add up to the total. */
function splitTotal({ cents, debtor }: DemoInvoice) {
  const rate = vatRates[debtor.country] ?? 21
  const net = Math.round((cents * 100) / (100 + rate))
  const work = Math.round(net * 0.12)
  const delivery = Math.round(net * 0.04)
  return { rate, net, vat: cents - net, parts: [net - work - delivery, work, delivery] }
}
