import type { SettingsPath, SettingsProblem } from '#settings'
import { defaultCells } from './default-grid.ts'
import { cellIn, fixedRows, rowsOf } from './grid.ts'
import type { Cells, Matrix } from './matrix-schema.ts'
import { stances } from './stance.ts'

/** What does not fit together in a matrix whose parts are right: every place must have one stance, every debtor one place. */
export function matrixFaults(matrix: Matrix): SettingsProblem[] {
  const scores = Object.entries(matrix.classes).map(([row, { from }]): [string, number] => [row, from])
  const amounts = Object.entries(matrix.bands).map(([band, { from }]): [string, number] => [band, Number(from)])
  const segments = Object.entries(matrix.segments).flatMap(([segment, cells]) => cellFaults(matrix, ['segments', segment], cells))
  return [
    ...fixedRows
      .filter(row => Object.hasOwn(matrix.classes, row))
      .map(row => ({ path: ['classes', row], message: 'is a row already', remedy: 'Give the class another name.' })),
    ...startFaults('classes', scores),
    ...startFaults('bands', amounts),
    ...letterFaults(matrix),
    ...cellFaults(matrix, ['cells'], matrix.cells),
    ...segments,
    ...holes(matrix),
  ]
}

function startFaults(of: 'classes' | 'bands', starts: [string, number][]): SettingsProblem[] {
  const twice = starts.flatMap(([key, from], index) => {
    const same = starts.slice(0, index).find(([, start]) => start === from)
    return same ? [{ path: [of, key, 'from'], message: `starts where ${same[0]} does`, remedy: 'Give each a start of its own.' }] : []
  })
  if (starts.some(([, from]) => from === 0)) return twice
  return [...twice, { path: [of], message: 'has none that starts at 0', remedy: 'Let the lowest start at 0, so that nothing falls through.' }]
}

function letterFaults({ classes }: Matrix): SettingsProblem[] {
  const seen = new Map<string, string>()
  return Object.entries(classes).flatMap(([row, { ratings }]) =>
    ratings.flatMap((letter, index) => {
      const other = seen.get(letter)
      seen.set(letter, row)
      if (other === undefined) return []
      return [{ path: ['classes', row, 'ratings', index], message: `${letter} is in ${other} already`, remedy: 'Let each letter stand in one class.' }]
    }),
  )
}

function cellFaults(matrix: Matrix, path: SettingsPath, cells: Cells): SettingsProblem[] {
  const [rows, columns] = [rowsOf(matrix), Object.keys(matrix.bands)]
  return Object.entries(cells).flatMap(([row, ofRow]) => {
    if (!rows.includes(row)) return [{ path: [...path, row], message: 'is no row', remedy: `Rows are: ${rows.join(', ')}.` }]
    return Object.entries(ofRow).flatMap(([column, { stance }]) => {
      if (!columns.includes(column)) return [{ path: [...path, row, column], message: 'is no column', remedy: `Columns are: ${columns.join(', ')}.` }]
      if (stance !== 'offer_for_sale' || matrix.offerForSale) return []
      const remedy = 'Set offerForSale: true, or choose another stance.'
      return [{ path: [...path, row, column, 'stance'], message: 'is not enabled', remedy }]
    })
  })
}

function holes(matrix: Matrix): SettingsProblem[] {
  const places = rowsOf(matrix).flatMap(solvency => Object.keys(matrix.bands).map(band => ({ solvency, band })))
  return places
    .filter(place => !cellIn(matrix.cells, place) && !cellIn(defaultCells, place))
    .map(({ solvency, band }) => ({
      path: ['cells', solvency, band],
      message: 'has no stance',
      remedy: `Add ${band}: { stance: ... } under ${solvency}, with one of: ${stances.join(', ')}.`,
    }))
}
