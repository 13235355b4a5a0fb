import { Prisma } from '#platform'
import type { ItemOwner } from '../draft-reminder.ts'
import { type DraftLanguage, shortDay, writtenMoney } from '../language.ts'
import { letterWords } from './words.ts'

type Money = { amount: string; currency: string }
type Row = { number: string; invoiceDate: string | null; due: string; daysLate: number; open: Money }

/** Days are ISO. `owner`: whose items they are, where there are several debtors; `subtotals` stand under such a section. */
export type LetterTable = { sections: { owner?: ItemOwner | undefined; items: Row[]; subtotals: Money[] }[]; totals: Money[] }

type Place = { left: number; right: number; foot: number; language: DraftLanguage }

const [ink, grey, rule] = ['#1c2422', '#5d6865', '#b9c4c0']
const rowHeight = 17

/** Whose items or debt it is. */
export const headingOf = ({ administration, number, debtor }: ItemOwner, language: DraftLanguage): string =>
  `${administration} · ${letterWords[language].customer} ${number} · ${debtor}`

/**
 * Draws the items with their sums from where the page stands. A table that goes on has, on each new page, its headings again, whose items they
 * are, and the sums so far of that debtor, which stand at the foot of the page before, too.
 */
export function drawTable(page: PDFKit.PDFDocument, { sections, totals }: LetterTable, { left, right, foot, language }: Place): void {
  const say = letterWords[language]
  const day = (iso: string | null) => (iso === null ? '' : shortDay(language, iso))
  const money = ({ amount, currency }: Money) => writtenMoney(language, amount, currency)
  const width = right - left
  // Where the columns begin, as parts of the width; the last two are written to their right edge.
  const edges = [0, 0.33, 0.49, 0.65, 0.8, 1].map(part => left + part * width)
  const edge = (index: number) => edges[index] ?? right
  let y = page.y

  head()
  for (const { owner, items, subtotals } of sections) {
    const soFar = new Map<string, Prisma.Decimal>()
    if (owner) {
      makeRoom(2 * rowHeight + heightOf(headingOf(owner, language), width, 'bold')) // a heading never ends a page
      heading(owner)
    }
    for (const item of items) {
      const sums = new Set([...soFar.keys(), item.open.currency]).size
      makeRoom(heightOf(item.number, edge(1) - left - 6, 'regular') + sums * rowHeight, owner, soFar)
      itemRow(item)
      soFar.set(item.open.currency, (soFar.get(item.open.currency) ?? new Prisma.Decimal(0)).add(item.open.amount))
    }
    if (sections.length > 1) {
      makeRoom(subtotals.length * rowHeight, owner, soFar)
      for (const sum of subtotals) sumRow(say.subtotal, sum)
    } else makeRoom(totals.length * rowHeight, owner, soFar)
  }
  if (sections.length > 1) makeRoom(totals.length * rowHeight)
  for (const sum of totals) sumRow(say.total, sum)
  page.y = y + 12

  /** Goes on on a new page where this page has no room for what comes next. */
  function makeRoom(height: number, owner?: ItemOwner, soFar = new Map<string, Prisma.Decimal>()): void {
    if (y + height <= foot) return
    const carried = [...soFar].map(([currency, sum]) => ({ amount: sum.toFixed(), currency }))
    for (const sum of carried) sumRow(say.carried, sum)
    page.addPage()
    y = page.y
    head()
    if (owner) heading(owner)
    for (const sum of carried) sumRow(say.brought, sum)
  }

  function head(): void {
    const titles = [say.invoice, say.invoiceDate, say.due, say.late, say.open]
    titles.forEach((title, index) => write(title, edge(index), edge(index + 1), { font: 'bold', size: 8, color: grey, toRight: index > 2 }))
    closeRow()
  }

  function heading(owner: ItemOwner): void {
    const said = headingOf(owner, language)
    page.font('bold').fontSize(9.5).fillColor(ink)
    page.text(said, left, y + 4, { width })
    closeRow(heightOf(said, width, 'bold'))
  }

  function itemRow({ number, invoiceDate, due, daysLate, open }: Row): void {
    const numberWidth = edge(1) - left - 6
    page.font('regular').fontSize(9.5).fillColor(ink)
    page.text(number, left, y + 4, { width: numberWidth })
    write(day(invoiceDate), edge(1), edge(2) - 6)
    write(day(due), edge(2), edge(3) - 6)
    write(daysLate > 0 ? String(daysLate) : '', edge(3), edge(4), { toRight: true })
    write(money(open), edge(4) + 6, right, { toRight: true })
    closeRow(heightOf(number, numberWidth, 'regular'))
  }

  function sumRow(title: string, sum: Money): void {
    write(title, left, edge(2), { font: 'bold' })
    write(money(sum), edge(2), right, { font: 'bold', toRight: true })
    closeRow()
  }

  /** One line, in smaller letters where its place is narrow: an amount or a day is never cut. */
  function write(said: string, from: number, to: number, { font = 'regular', size = 9.5, color = ink, toRight = false } = {}): void {
    const wide = page.font(font).fontSize(size).widthOfString(said)
    const fitting = size * Math.min(1, (to - from) / wide)
    const x = toRight ? to - Math.min(wide, to - from) : from
    page
      .fontSize(fitting)
      .fillColor(color)
      .text(said, x, y + 4, { lineBreak: false })
  }

  function heightOf(said: string, wide: number, font: string): number {
    page.font(font).fontSize(9.5)
    return page.widthOfString(said) < wide ? rowHeight : Math.max(rowHeight, page.heightOfString(said, { width: wide }) + 6)
  }

  function closeRow(height = rowHeight): void {
    y += height
    page.moveTo(left, y).lineTo(right, y).lineWidth(0.5).stroke(rule)
  }
}
