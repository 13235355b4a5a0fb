import { PassThrough } from 'node:stream'
import PdfDocument from 'pdfkit'
import { letterFonts } from '#drafting'
import type { OpenReport } from '../open-report.ts'
import type { Cell, Column } from '../report.ts'
import { type Cover, oneLine, totalRows, writtenCell } from './cover.ts'
import { chartSize, drawChart } from './draw-chart.ts'

const mm = (millimetres: number) => (millimetres * 72) / 25.4
const [left, right, top, foot] = [mm(14), mm(283), mm(14), mm(192)]
const width = right - left
const [ink, grey, rule, band] = ['#1c2422', '#5d6865', '#d5dcd9', '#e7efec']
const rowHeight = 14
/** A document of more rows than these nobody reads: it says how many there are, and that the Excel form holds them. */
export const mostDrawn = 1_000

/** Draws a report as a PDF on A4 across: logo, title, what it is narrowed to, chart, and the table with its sums, its header again on each page. */
export async function drawPdf(out: PassThrough, open: OpenReport, rows: Cell[][], cover: Cover): Promise<void> {
  const { columns, say, language, report, totals, count } = open
  const info = { Title: cover.title, Author: cover.company }
  const page = new PdfDocument({
    size: 'A4',
    layout: 'landscape',
    margins: { top, bottom: mm(14), left, right: mm(14) },
    bufferPages: true,
    info,
    lang: language,
  })
  for (const [name, font] of Object.entries(letterFonts())) page.registerFont(name, font)
  page.pipe(out)
  let y = drawCover()
  const chart = report.chart?.({ rows, totals: totals(), say })
  if (chart) {
    const shown = { width: width * 0.85, height: ((width * 0.85) / chartSize.width) * chartSize.height }
    page.image(await drawChart(chart, language), left, y + 6, shown)
    y += shown.height + 12
  }
  let letters = 7.5 // their size in the table
  const places = layOut()
  const sums = totalRows(columns, totals(), say.total)
  if (rows.length === 0) write(say.empty, left, y + 8, { size: 10 })
  else {
    head()
    const currencyAt = columns.findIndex(({ id }) => id === 'currency')
    for (const cells of rows) line(cells, cells[currencyAt], false)
    for (const { currency, cells } of sums) line(cells, currency, true)
    const cut = count() - rows.length
    const numbers = new Intl.NumberFormat(language)
    if (cut > 0) {
      if (y + 30 > foot) newPage()
      page
        .font('regular')
        .fontSize(8.5)
        .fillColor(grey)
        .text(say.pdfCut(numbers.format(rows.length), numbers.format(count())), left, y + 8, { width })
    }
  }
  footers()
  page.end()

  function drawCover(): number {
    const hasLogo = cover.logo !== undefined && drawLogo(cover.logo.content)
    write(cover.company, hasLogo ? left + mm(52) : left, top, { size: 9, color: grey })
    write(cover.title, hasLogo ? left + mm(52) : left, top + 14, { size: 16, font: 'bold' })
    let under = top + (hasLogo ? mm(17) : 38)
    for (const [label, value] of cover.facts) {
      write(label, left, under, { size: 8, color: grey, until: left + mm(32) })
      write(value, left + mm(33), under, { size: 8.5 })
      under += 12
    }
    return under + 4
  }

  /** A picture that only seems to be one is left out: it must not keep a report from its reader. */
  function drawLogo(content: Buffer): boolean {
    try {
      page.image(content, left, top, { fit: [mm(46), mm(15)] })
      return true
    } catch {
      return false
    }
  }

  function write(said: string, x: number, at: number, { size = 9, font = 'regular', color = ink, until = right } = {}): void {
    page
      .font(font)
      .fontSize(size)
      .fillColor(color)
      .text(oneLine(said), x, at, { width: until - x, height: size, ellipsis: true, lineBreak: true })
  }

  /**
   * Where each column begins and ends: as wide as its cells need. Where the page is too narrow, texts give way, and then all letters are smaller: an
   * amount is never cut.
   */
  function layOut(): { from: number; to: number }[] {
    const currencyAt = columns.findIndex(({ id }) => id === 'currency')
    const shown = [...rows.map(cells => ({ cells, currency: cells[currencyAt] })), ...totalRows(columns, totals(), say.total)]
    page.font('bold').fontSize(letters) // as sums and headers are, and wider than the rest
    const needs = columns.map((column, index) => {
      const isText = column.kind === 'text'
      const texts = (isText ? shown.slice(0, 60) : shown).map(({ cells, currency }) => oneLine(writtenCell(cells[index], column, currency, language)))
      const longest = texts.toSorted((one, other) => other.length - one.length).slice(0, 20)
      const widest = Math.max(...longest.map(text => page.widthOfString(text.slice(0, 60))), 16)
      const longestWord = Math.max(...say.columns[column.id].split(' ').map(word => page.widthOfString(word)))
      const least = Math.max(longestWord, isText ? 0 : widest) + 9
      return { least, most: Math.max(least, Math.min(widest, 170) + 9) }
    })
    const [most, least] = [needs.reduce((sum, need) => sum + need.most, 0), needs.reduce((sum, need) => sum + need.least, 0)]
    const given = most <= width ? 1 : Math.max(0, (width - least) / (most - least)) // of what texts would like beyond what they need
    letters = Math.max(4, letters * Math.min(1, width / (least + 2 * columns.length)))
    const wide = needs.map(need => need.least + (need.most - need.least) * given)
    const scale = width / wide.reduce((sum, each) => sum + each, 0)
    let from = left
    return wide.map(each => {
      const place = { from, to: from + each * scale }
      from = place.to
      return place
    })
  }

  function head(): void {
    page.rect(left, y, width, 22).fill(band)
    columns.forEach((column, index) => cell(say.columns[column.id], index, column, { font: 'bold', color: ink, height: 18, at: y + 3 }))
    y += 22
  }

  function newPage(): void {
    page.addPage()
    y = top
  }

  function line(cells: readonly Cell[], currency: string | null | undefined, isSum: boolean): void {
    if (y + rowHeight > foot) {
      newPage()
      head()
    }
    columns.forEach((column, index) => {
      const said = oneLine(writtenCell(cells[index], column, currency, language))
      if (said !== '') cell(said, index, column, { font: isSum ? 'bold' : 'regular', color: ink, height: 8, at: y + 3.5 })
    })
    y += rowHeight
    page.moveTo(left, y).lineTo(right, y).lineWidth(0.4).stroke(rule)
  }

  function cell(said: string, index: number, { kind }: Column, { font, color, height, at }: { font: string; color: string; height: number; at: number }): void {
    const { from, to } = places[index] ?? { from: left, to: right }
    const align = kind === 'text' || kind === 'day' ? 'left' : 'right'
    page
      .font(font)
      .fontSize(letters)
      .fillColor(color)
      .text(said, from + 4, at, { width: to - from - 8, height, align, ellipsis: true })
  }

  function footers(): void {
    const { count: pages } = page.bufferedPageRange()
    for (let index = 0; index < pages; index++) {
      page.switchToPage(index)
      page.page.margins.bottom = 0 // the foot of the page stands below the margin of its text
      write(`${cover.company} · ${cover.title}`, left, mm(199), { size: 7, color: grey, until: right - mm(40) })
      page
        .font('regular')
        .fontSize(7)
        .fillColor(grey)
        .text(say.page(index + 1, pages), left, mm(199), { width, align: 'right', lineBreak: false })
    }
  }
}
