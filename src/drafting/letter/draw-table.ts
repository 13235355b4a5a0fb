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

/** Whose items or debt it is, on one line. */
export const headingOf = ({ administration, number, debtor }: ItemOwner, language: DraftLanguage): string =>
  `${administration} · ${letterWords[language].customer} ${number} · ${debtor}`

/** Draws the items with their sums from where the page stands, with its headings again on each new page. */
export function drawTable(page: PDFKit.PDFDocument, { sections, totals }: LetterTable, { left, right, foot, language }: Place): void {
  const say = letterWords[language]
  const day = (iso: string | null) => (iso === null ? '' : shortDay(language, iso))
  const money = ({ amount, currency }: Money) => writtenMoney(language, amount, currency)
  const width = right - left
  // Where the columns begin, as parts of the width; the last two are written to their right edge.
  const edges = [0, 0.33, 0.49, 0.65, 0.8, 1].map(part => left + part * width)
  const cell = (said: string, index: number) => {
    const [from = left, to = right] = [edges[index], edges[index + 1]]
    page.text(said, from, page.y, { width: to - from - (index < 3 ? 6 : 0), height: 12, align: index < 3 ? 'left' : 'right', ellipsis: true })
  }
  let y = page.y

  head()
  for (const { owner, items, subtotals } of sections) {
    if (owner) row([headingOf(owner, language)], 'bold')
    for (const { number, invoiceDate, due, daysLate, open } of items) {
      row([number, day(invoiceDate), day(due), daysLate > 0 ? String(daysLate) : '', money(open)])
    }
    if (sections.length > 1) for (const sum of subtotals) row([say.subtotal, '', '', '', money(sum)], 'bold')
  }
  for (const sum of totals) row([say.total, '', '', '', money(sum)], 'bold')
  page.y = y + 12

  function head(): void {
    line([say.invoice, say.invoiceDate, say.due, say.late, say.open], 'bold', 8, grey)
  }

  function row(cells: string[], font = 'regular'): void {
    if (y + rowHeight > foot) {
      page.addPage()
      y = page.y
      head()
    }
    line(cells, font, 9.5, ink)
  }

  function line(cells: string[], font: string, size: number, color: string): void {
    page.font(font).fontSize(size).fillColor(color)
    if (cells.length === 1) page.text(cells[0] ?? '', left, y + 4, { width, height: 12, ellipsis: true })
    else
      cells.forEach((said, index) => {
        page.y = y + 4
        cell(said, index)
      })
    y += rowHeight
    page.moveTo(left, y).lineTo(right, y).lineWidth(0.5).stroke(rule)
  }
}
