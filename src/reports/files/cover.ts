import { type DraftLanguage, shortDay } from '#drafting'
import { currencyDigits } from '#ledger'
import type { OpenReport } from '../open-report.ts'
import type { Cell, Column, Totals } from '../report.ts'

/** A picture of ours: PNG or JPEG. */
export type Logo = { content: Buffer; type: 'png' | 'jpeg' }

/** What stands over a report, whatever its form: whose it is, its title, and what it was narrowed to and when, each with its label. */
export type Cover = { company: string; logo: Logo | undefined; title: string; facts: [label: string, value: string][] }

/** The cover of a report. `taken`: the moment of its figures as people write it. */
export function coverOf(
  { key, say, filter, sight, count }: OpenReport,
  of: { company: string; logo: Logo | undefined; taken: string },
  language: DraftLanguage,
): Cover {
  const narrowed = [filter, ...(sight.accounts === undefined ? [] : [`${say.ownOnly} (@${sight.accounts})`])].filter(Boolean)
  return {
    company: of.company,
    logo: of.logo,
    title: say.reports[key],
    facts: [
      ...(narrowed.length > 0 ? [[say.narrowed, narrowed.join(' · ')] as [string, string]] : []),
      [say.taken, of.taken],
      [say.rowCount, new Intl.NumberFormat(language).format(count())],
    ],
  }
}

const longestShown = 200 // characters of a cell that is read on a page or in a mail

/** A text as it stands in a line: without line ends and the marks that turn the direction of writing, since a hostile name must not leave its cell. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').toWellFormed()
  return line.length > longestShown ? `${line.slice(0, longestShown - 1).toWellFormed()}…` : line
}

/** A cell as people read it; amounts without their currency, which has a column of its own. */
export function writtenCell(cell: Cell | undefined, { kind }: Column, currency: string | null | undefined, language: DraftLanguage): string {
  if (cell == null) return ''
  switch (kind) {
    case 'money':
      return plainAmount(cell, currency ?? null, language)
    case 'day':
      return shortDay(language, cell)
    case 'percent':
      return numbers(language, { style: 'percent', maximumFractionDigits: 1 }).format(Number(cell))
    case 'number':
      return numbers(language, { maximumFractionDigits: 2 }).format(Number(cell))
    case 'text':
      return cell
    default:
      return kind satisfies never
  }
}

/** The cells of a row, each as it stands in a line of a page, a mail or a card. */
export function writtenRow(cells: readonly Cell[], columns: readonly Column[], currency: string | null | undefined, language: DraftLanguage): string[] {
  return columns.map((column, index) => oneLine(writtenCell(cells[index], column, currency, language)))
}

function plainAmount(amount: string, currency: string | null, language: DraftLanguage): string {
  const digits = currencyDigits(currency ?? 'EUR')
  return numbers(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount as Intl.StringNumericLiteral)
}

const formats = new Map<string, Intl.NumberFormat>()

/** A way to write numbers: one takes longer to make than a page of cells to write. */
function numbers(language: DraftLanguage, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options])
  const format = formats.get(key) ?? new Intl.NumberFormat(language, options)
  formats.set(key, format)
  return format
}

/** The cells of the lines of sums that stand under a table: the word for it first, then its currency and each sum in its column. */
export const totalRows = (columns: readonly Column[], totals: Totals, word: string): { currency: string | null; cells: Cell[] }[] =>
  totals.map(({ currency, sums }) => ({
    currency,
    cells: columns.map(({ id }, index) => sums.get(index)?.toFixed() ?? (index === 0 ? word : id === 'currency' ? currency : null)),
  }))
