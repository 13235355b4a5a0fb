import { type CellView, type GridView, stances } from '#credit'
import { Prisma } from '#platform'
import { type Card, type CardElement, cardSchema } from '../../card.ts'
import { oneLine } from '../../cards/cut.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import { sayBand, sayPlace, sayRow, sayStance } from './say-place.ts'

/** The matrix as a table: what each cell says, with how many debtors and how much stands there. */
export function gridTable({ rows, columns, cells, currency }: GridView, { words, format }: CardContext, reporting: string): CardElement {
  const { matrix: say } = words
  const start = (index: number): string => {
    const [own, next] = [columns[index], columns[index + 1]]
    if (!own || columns.length === 1) return ''
    return next && own.from.isZero() ? say.below(format.shortMoney(next.from, reporting)) : say.from(format.shortMoney(own.from, reporting))
  }
  const text = ({ stance, debtors, amount }: CellView): string => {
    const head = sayStance(stance, words)
    return debtors === 0 ? head : `${head}: ${format.number(debtors)} · ${format.shortMoney(amount, currency ?? reporting)}`
  }
  return {
    type: 'table',
    columns: [
      { title: say.solvency, align: 'left' },
      ...columns.map((column, index) => ({ title: [sayBand(column, words), start(index)].filter(Boolean).join(', '), align: 'left' as const })),
    ],
    rows: rows.map(row => [sayRow(row, words), ...cells.filter(({ solvency }) => solvency.key === row.key).map(text)]),
  }
}

const mostCells = 24

const byHardness = (one: CellView, other: CellView): number => stances.indexOf(other.stance) - stances.indexOf(one.stance) || other.amount.cmp(one.amount)

/** The matrix with the debtors that the asker sees; each cell where somebody stands leads to them. */
export function gridCard(grid: GridView, reporting: string, context: CardContext): Card {
  const { words, format } = context
  const { matrix: say } = words
  const { cells, placement, currency = reporting } = grid
  const filled = cells.filter(({ debtors }) => debtors > 0).toSorted(byHardness)
  const total = filled.reduce((sum, { debtors }) => sum + debtors, 0)
  const amount = filled.reduce((sum, cell) => sum.add(cell.amount), new Prisma.Decimal(0))
  const summary = total === 0 ? say.nobody : say.summary(say.debtors(total), format.shortMoney(amount, currency))
  const notes = [say.by[grid.solvencyBy], placement && say.placedAt(format.dateTime(placement.at)), unplacedText(grid, context)].filter(Boolean)
  return cardSchema.parse({
    title: say.title,
    subtitle: summary,
    elements: [
      gridTable(grid, context, reporting),
      ...filled.slice(0, mostCells).map(cell => cellPick(cell, currency, context)),
      { type: 'text', text: notes.join(' '), weight: 'subtle' },
    ],
    buttons: [{ action: 'matrix.edit', label: say.edit }],
    fallback: [say.title, summary].join('\n'),
  })
}

/** That debtors have no place for want of a rate; undefined when all have one. */
export const unplacedText = ({ placement }: Pick<GridView, 'placement'>, { words: { matrix: say } }: CardContext): string | undefined =>
  placement && placement.unplaced > 0 ? say.unplaced(say.debtors(placement.unplaced), placement.currencies.join(', ')) : undefined

function cellPick(cell: CellView, currency: string, { words, format }: CardContext): CardElement {
  const { matrix: say } = words
  const text = `${sayPlace(cell, words)}: ${sayStance(cell.stance, words)}`
  const note = [say.debtors(cell.debtors), format.shortMoney(cell.amount, currency), cell.workflow !== null && say.workflow(oneLine(cell.workflow, 60))]
  const data = { solvency: cell.solvency.key, band: cell.band.key, page: '0' }
  return { type: 'pick', text, note: note.filter(Boolean).join(' · '), button: { action: 'matrix.cell', label: oneLine(text, 60), style: 'default', data } }
}
