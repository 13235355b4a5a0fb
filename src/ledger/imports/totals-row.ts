import type { SourceRow } from './table-source.ts'

const words =
  /^(?:sub-?|grand[ -]?|eind|gesamt|zwischen|end|deel|algemeen |général |łącznie |łączna )?(?:totals?|totaal|totaux|total général|total général|summe|suma|somme|razem|ogółem|łącznie|saldo|solde|balance|gesamt|itogo)\b/iu

/** Whether a row that cannot be a record names the columns once more, as lists do that were made for printing, or only counts its pages. */
export function isPageHead(row: SourceRow, columns: string[]): boolean {
  const cells = row.cells.map(cell => cell.trim())
  const filled = cells.filter(cell => cell !== '')
  if (filled.length === 1 && /^(?:page|pagina|seite|blatt|blad|strona|str\.)\s*:?\s*\d+\b/i.test(filled[0] ?? '')) return true
  return filled.length > 1 && cells.every((cell, index) => cell === '' || cell === columns[index]) && filled.length >= columns.filter(Boolean).length / 2
}

/** Whether a row that cannot be a record adds the others up: it has no number of its own, few cells, and one of them says so. */
export function isTotalsRow(row: SourceRow, number: string): boolean {
  const cells = row.cells.map(cell => cell.trim()).filter(cell => cell !== '')
  const hasNumber = number !== '' && !words.test(number)
  return !hasNumber && cells.length > 0 && cells.length <= Math.max(3, row.cells.length / 2) && cells.some(cell => words.test(cell))
}
