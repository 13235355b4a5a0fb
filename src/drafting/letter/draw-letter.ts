import { buffer } from 'node:stream/consumers'
import PdfDocument from 'pdfkit'
import type { ItemOwner } from '../draft-reminder.ts'
import { type DraftLanguage, writtenDay, writtenMoney } from '../language.ts'
import { drawTransfer, type Transfer } from '../payment-qr.ts'
import { drawTable, headingOf, type LetterTable } from './draw-table.ts'
import { letterFonts } from './fonts.ts'
import { letterWords } from './words.ts'

export type Letter = {
  language: DraftLanguage
  /** ISO day. */
  date: string
  /** `address`: lines under the name. */
  sender: { name: string; address: string[]; companyNumber?: string | undefined }
  /** As it is to stand in the window of the envelope. */
  to: string[]
  /** Where it goes (ISO 3166-1): decides on which side envelopes have their window. */
  country: string
  customerNumber: string
  subject: string
  /** Greeting to closing. */
  text: string
  /** The table of items within the text: `table` is drawn in its place, or, without one, it is written in letters of one width. */
  overview: string
  table?: LetterTable | undefined
  /** What one transfer would pay all of it, or all of one debtor where there are several; each has its code. */
  transfers: LetterTransfer[]
}

/** `printed`: its reference as people read it. `owner`: whose debt it pays, where there are several. */
type LetterTransfer = Transfer & { printed?: string | undefined; owner?: ItemOwner | undefined }

const mm = (millimetres: number) => (millimetres * 72) / 25.4

const [left, right, foot] = [mm(25), mm(190), mm(267)]
const width = right - left
const codeSize = mm(30)
/** With the name of whose debt it pays. */
const codeHeight = ({ owner }: Pick<LetterTransfer, 'owner'>): number => codeSize + (owner ? mm(12) : 0)
const [ink, grey] = ['#1c2422', '#5d6865']
/** Envelopes of these countries have their window on the right (NF Z 10-011, NBN); elsewhere it is on the left (DIN 5008, NEN). */
const windowsOnTheRight = ['BE', 'FR', 'LU']

/**
 * A reminder as a PDF letter on A4: sender, address where windows of envelopes are, date, subject, text with its table, and the codes of SEPA
 * transfers that pay all of it, where there can be any.
 */
export async function drawLetter(letter: Letter): Promise<Buffer> {
  const { language, date, sender, to, customerNumber, subject, text, overview, table, transfers } = letter
  const say = letterWords[language]
  const codes = await Promise.all(transfers.map(async transfer => ({ transfer, picture: await drawTransfer(transfer) })))
  const info = { Title: subject, Author: sender.name, CreationDate: new Date(`${date}T12:00:00Z`) }
  const page = new PdfDocument({ size: 'A4', margins: { top: mm(25), bottom: mm(30), left, right: mm(20) }, bufferPages: true, info, lang: language })
  for (const [name, font] of Object.entries(letterFonts())) page.registerFont(name, font)
  const drawn = buffer(page)
  // What stands where it has to: lines that are too long go on below, in letters that become smaller until all of it has room.
  const write = (lines: string[], x: number, y: number, { sizes = [10], font = 'regular', color = ink, until = right, room = mm(5) } = {}): number => {
    const heightAt = (size: number) => {
      page.font(font).fontSize(size)
      return lines.reduce((sum, line) => sum + page.heightOfString(line, { width: until - x }), 0)
    }
    const size = sizes.find(each => heightAt(each) <= room) ?? sizes.at(-1) ?? 10
    page.font(font).fontSize(size).fillColor(color)
    let top = y
    for (const line of lines) {
      const rest = y + room - top
      if (rest < size) break
      page.text(line, x, top, { width: until - x, height: rest, ellipsis: true })
      top = page.y
    }
    return top
  }

  const isRight = windowsOnTheRight.includes(letter.country)
  const [windowX, otherX, otherEnd] = isRight ? [mm(115), left, mm(110)] : [left, mm(125), right]
  const named = write([sender.name], otherX, mm(20), { sizes: [12, 10, 8], font: 'bold', until: otherEnd, room: mm(16) })
  const under = [...sender.address, ...(sender.companyNumber ? [`${say.company} ${sender.companyNumber}`] : [])]
  write(under, otherX, named + 2, { sizes: [9, 8, 7], color: grey, until: otherEnd, room: mm(58) - named })
  const edge = windowX + mm(80)
  write([[sender.name, ...sender.address].join(' · ')], windowX, mm(45), { sizes: [6.5, 6, 5.5], color: grey, until: edge, room: mm(5.5) })
  // Its last line is the country, for letters that go abroad.
  const lines = to.length > 7 ? [...to.slice(0, 6), ...to.slice(-1)] : to
  write(lines, windowX, mm(51), { sizes: [10.5, 9, 8, 7], until: edge, room: mm(36) })
  const facts = [
    [say.date, writtenDay(language, date)],
    [say.customer, customerNumber],
  ] as const
  facts.forEach(([label, value], index) => {
    write([label], otherX, mm(60) + index * 26, { sizes: [8], color: grey, until: otherEnd })
    write([value], otherX, mm(60) + index * 26 + 11, { sizes: [10, 8, 6], until: otherEnd })
  })

  page.font('bold').fontSize(11).fillColor(ink).text(subject, left, mm(94), { width })
  page.y += 8
  const [before = '', ...after] = text.split(overview)
  writeText(before)
  if (table) drawTable(page, table, { left, right, foot, language })
  else page.font('mono').fontSize(7.5).text(overview, left, page.y, { width }).moveDown(1)
  const first = codes.find(({ picture }) => picture)
  writeText(after.join(overview), first ? codeHeight(first.transfer) : 0)
  for (const { transfer, picture } of codes) if (picture) drawCode(transfer, picture)

  const ibans = new Set(transfers.map(({ iban }) => printedIban(iban)))
  const accounts = ibans.size === 1 ? ibans : [] // whose is whose stands beside the codes
  const { count } = page.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    page.switchToPage(index)
    page.page.margins.bottom = 0 // the foot of the page stands below the margin of its text
    const said = [sender.name, ...accounts].join(' · ')
    write([said], left, mm(283), { sizes: [7.5, 6.5, 5.5], color: grey, until: right - mm(40) })
    page
      .font('regular')
      .fontSize(7.5)
      .text(say.page(index + 1, count), left, mm(283), { width, align: 'right', lineBreak: false })
  }
  page.end()
  return drawn

  /** Writes paragraphs; what ends with a colon stays with what it announces, and the last ones with the code beneath them. */
  function writeText(written: string, beneath = 0): void {
    const paragraphs = written.trim().split('\n\n')
    const heights = paragraphs.map(paragraph => page.font('regular').fontSize(10).heightOfString(paragraph, { width, lineGap: 1.5 }) + 7)
    const last = paragraphs.length - 1
    const isKept = (index: number) => paragraphs[index]?.endsWith(':') || (beneath > 0 && index > last - 3)
    paragraphs.forEach((paragraph, index) => {
      let end = index
      while (end < last && isKept(end)) end += 1
      const needed = heights.slice(index, end + 1).reduce((sum, height) => sum + height, end === last ? beneath : 0)
      if (page.y + needed > foot && needed < foot / 2) page.addPage()
      page.font('regular').fontSize(10).fillColor(ink).text(paragraph, left, page.y, { width, lineGap: 1.5 })
      page.y += 7
    })
  }

  function drawCode({ iban, amount, currency, printed, owner }: LetterTransfer, picture: Buffer): void {
    if (page.y + codeHeight({ owner }) > foot) page.addPage()
    const top = owner ? write([headingOf(owner, language)], left, page.y + mm(2), { sizes: [9.5, 8], font: 'bold', room: mm(10) }) + mm(2) : page.y
    page.image(picture, left - mm(3), top, { width: codeSize })
    const x = left + codeSize + mm(3)
    write([say.scan], x, top + mm(4), { sizes: [9.5], font: 'bold' })
    const told = [
      [say.account, printedIban(iban)],
      [say.amount, writtenMoney(language, amount, currency)],
      ...(printed ? [[say.reference, printed] as const] : []),
    ] as const
    told.forEach(([label, value], index) => {
      write([label], x, top + mm(10) + index * 14, { sizes: [9], color: grey, until: x + mm(33) })
      write([value], x + mm(34), top + mm(10) + index * 14, { sizes: [9, 8, 7, 6], room: index === 2 ? mm(9) : mm(5) })
    })
    page.y = top + codeSize
  }
}

const printedIban = (iban: string) => iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ')
