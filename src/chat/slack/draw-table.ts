import type { KnownBlock } from '@slack/types'
import type { CardElement } from '../card.ts'
import { chunk } from './draw-button.ts'
import { limits } from './limits.ts'
import { clean } from './text.ts'
import { type Run, richUnits, sizeOf, type Unit } from './unit.ts'

type Table = Extract<CardElement, { type: 'table' }>

const largestTable = 5000
const longestCell = 1000
const widestLine = 80

/** A table: Slack's own where it takes one, lines of text elsewhere. Long ones come in parts with the titles over each. */
export function drawTable({ columns, rows }: Table): Unit[] {
  if (columns.length === 0) return []
  const body = rows.map(row => columns.map((_column, index) => clean(row[index] ?? '').trim()))
  return cutRows(columns, body).flatMap((part): Unit[] => {
    const flat = drawLines(columns, part)
    const block = asTable(columns, part)
    const isLong = [columns.map(({ title }) => title), ...part].some(row => row.some(cell => cell.length > longestCell))
    return isLong || columns.length > limits.tableColumns || sizeOf(block) > largestTable ? flat : [{ block, flat }]
  })
}

/** Parts of a table that are small enough for one block, as far as single rows are. */
function cutRows(columns: Table['columns'], rows: string[][]): string[][][] {
  const isSmall = rows.length < limits.tableRows && sizeOf(asTable(columns, rows)) <= largestTable
  if (isSmall || rows.length <= 1) return [rows]
  return chunk(rows, Math.ceil(rows.length / 2)).flatMap(half => cutRows(columns, half))
}

// A cell without text is none to Slack.
const cells = (row: string[]) => row.map(text => ({ type: 'raw_text' as const, text: text === '' ? '–' : text }))

function asTable(columns: Table['columns'], rows: string[][]): KnownBlock {
  return {
    type: 'table',
    column_settings: columns.map(({ align }) => ({ align, is_wrapped: align === 'left' })),
    rows: [cells(columns.map(({ title }) => clean(title).trim())), ...rows.map(cells)],
  }
}

/** Columns under one another as far as a line goes; else each row by itself with the titles beside its cells. */
function drawLines(columns: Table['columns'], rows: string[][]): Unit[] {
  const titles = columns.map(({ title }) => clean(title).trim())
  const all = [titles, ...rows]
  const widths = titles.map((_title, index) => Math.max(...all.map(row => (row[index] ?? '').length)))
  const isNarrow = widths.reduce((sum, width) => sum + width + 2, 0) <= widestLine && all.every(row => row.every(cell => !cell.includes('\n')))
  if (!isNarrow) return rows.flatMap(row => richUnits(titledCells(titles, row)))
  const pad = (cell: string, index: number) => (columns[index]?.align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))
  return richUnits([{ text: all.map(row => row.map(pad).join('  ').trimEnd()).join('\n') }], 'rich_text_preformatted')
}

const titledCells = (titles: string[], row: string[]): Run[] =>
  row.flatMap((cell, index) =>
    cell === '' ? [] : [{ text: `${index > 0 ? ' · ' : ''}${titles[index] ? `${titles[index]}: ` : ''}` }, { text: cell, bold: true }],
  )
