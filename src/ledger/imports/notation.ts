import { DuncanError } from '#platform'
import { type DecimalMark, signOf } from './amounts.ts'
import { type DateNotation, dateParser, datesInOrder, formattedDateParser, judgeDates } from './dates.ts'
import type { FoundColumn } from './find-columns.ts'
import type { Mapping } from './mapping.ts'
import type { ValueParser } from './parsed.ts'
import type { SourceRow } from './table-source.ts'

/** How a file writes amounts and dates, judged from its columns and never from one cell. */
export type Notation = { markOf: (column: number) => DecimalMark; dates: ValueParser; said: NotationReport }
/** For people: which mark stands before decimals, and how dates are written where that was in doubt. */
export type NotationReport = { decimal: DecimalMark | 'none' | 'by column'; dates: DateNotation['orders'] }

const firstRows = 1000

type Judge = { add: (row: SourceRow) => void; isSettled: () => boolean; verdict: () => Notation }

/**
 * Judges from the first thousand rows, and where they leave anything open from all. Throws `import.decimal` or `import.dates` when
 * a column contradicts itself, or could mean two things to its end.
 */
export async function judgeNotation(rows: AsyncIterable<SourceRow[]>, mapping: Mapping, columns: FoundColumn[], fileName: string): Promise<Notation> {
  const judge = createJudge(mapping, columns, fileName)
  let seen = 0
  for await (const batch of rows) {
    for (const row of batch) {
      judge.add(row)
      if (++seen >= firstRows && seen % firstRows === 0 && judge.isSettled()) return judge.verdict()
    }
  }
  return judge.verdict()
}

/** The same from rows at hand. */
export function notationOf(rows: SourceRow[], mapping: Mapping, columns: FoundColumn[], fileName: string): Notation {
  const judge = createJudge(mapping, columns, fileName)
  for (const row of rows) judge.add(row)
  return judge.verdict()
}

type AmountColumn = { index: number; label: string; comma?: string; point?: string; unclear?: string }

function createJudge(mapping: Mapping, columns: FoundColumn[], fileName: string): Judge {
  const ofKind = (kind: string) => columns.filter(column => column.field.kind === kind && column.index >= 0)
  const amounts: AmountColumn[] = mapping.decimal === 'auto' ? ofKind('amount').map(({ index, label }) => ({ index, label })) : []
  const dateColumns = mapping.dates === 'auto' ? ofKind('date') : []
  const dates = judgeDates()
  const isDecided = ({ comma, point }: AmountColumn) => comma !== undefined || point !== undefined

  return {
    add: row => {
      if (row.problem !== undefined) return
      for (const column of amounts) {
        const text = (row.cells[column.index] ?? '').trim()
        const sign = signOf(text)
        if (sign === ',') column.comma ??= text
        else if (sign === '.') column.point ??= text
        else if (sign === 'unclear') column.unclear ??= text
      }
      for (const { index } of dateColumns) dates.add((row.cells[index] ?? '').trim())
    },
    isSettled: () =>
      (amounts.length === 0 || amounts.some(isDecided)) && amounts.every(column => isDecided(column) || column.unclear === undefined) && dates.isSettled(),
    verdict: () => {
      const marks = marksOf(amounts, fileName)
      const orders = mapping.dates === 'auto' ? dateVerdict(dates.verdict(), fileName) : undefined
      const kinds = [...new Set(marks.values())]
      const decimal = mapping.decimal === 'auto' ? (kinds[1] ? 'by column' : (kinds[0] ?? 'none')) : mapping.decimal
      return {
        markOf: index => (mapping.decimal === 'auto' ? (marks.get(index) ?? '.') : mapping.decimal),
        dates: dateParserOf(mapping, orders),
        said: { decimal, dates: orders?.orders ?? {} },
      }
    },
  }
}

/** A column that shows no decimals reads as the others of its file do. */
function marksOf(columns: AmountColumn[], fileName: string): Map<number, DecimalMark> {
  const torn = columns.find(({ comma, point }) => comma !== undefined && point !== undefined)
  if (torn) {
    throw new DuncanError(
      'import.decimal',
      `The column "${torn.label}" of ${fileName} has amounts with a decimal comma (${torn.comma}) and with a decimal point (${torn.point}).`,
      'Set "decimal" in the mapping file to the one that is right; rows with the other are then rejected.',
    )
  }
  const marks = new Map<number, DecimalMark>()
  for (const { index, comma, point } of columns) if (comma !== undefined || point !== undefined) marks.set(index, comma === undefined ? '.' : ',')
  const [common, other] = new Set(marks.values())
  const open = columns.find(column => !marks.has(column.index) && column.unclear !== undefined)
  if (open && (common === undefined || other !== undefined)) {
    throw new DuncanError(
      'import.decimal',
      `The column "${open.label}" of ${fileName} has amounts such as ${open.unclear}, and nothing in it tells whether that is ${meanings(open.unclear ?? '')}.`,
      'Set "decimal" in the mapping file: "," or "." is what stands before the decimals.',
    )
  }
  if (common !== undefined) for (const { index } of columns) if (!marks.has(index)) marks.set(index, common)
  return marks
}

const meanings = (text: string): string => `${text.replace(/[.,]/, '')} or ${text.replace(/[.,]/, '.')}`

function dateVerdict(verdict: ReturnType<ReturnType<typeof judgeDates>['verdict']>, fileName: string): DateNotation {
  if (!('kind' in verdict)) return verdict
  const remedy = 'Set "dates" in the mapping file: day_first, month_first, or formats such as [dd/MM/yyyy].'
  if (verdict.kind === 'mixed')
    throw new DuncanError('import.dates', `${fileName} has dates that begin with the day and dates that begin with the month: ${verdict.text}.`, remedy)
  if (verdict.kind === 'year_unclear')
    throw new DuncanError(
      'import.dates',
      `${fileName} has dates such as ${verdict.text}, and none in it tells whether the year comes first or last.`,
      'Set "dates" in the mapping file to formats such as [yyMMdd], [ddMMyy], [yy/MM/dd] or [dd/MM/yy].',
    )
  throw new DuncanError('import.dates', `${fileName} has dates such as ${verdict.text}, and none in it tells whether the day or the month comes first.`, remedy)
}

function dateParserOf({ dates }: Mapping, notation: DateNotation | undefined): ValueParser {
  if (Array.isArray(dates)) return formattedDateParser(dates)
  return dateParser(notation ?? datesInOrder(dates === 'month_first' ? 'month_first' : 'day_first'))
}
