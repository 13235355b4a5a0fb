import type { NamedPlace, PositionView, Stance } from '#credit'
import { oneLine } from '../../cards/cut.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import type { Words } from '../../words/index.ts'

type Named = { key: string; title?: string | undefined }

/** A word of the settings: as they call it, else as Duncan does, else its key. */
const named = ({ key, title }: Named, own: Record<string, string>): string => oneLine(title ?? (Object.hasOwn(own, key) ? own[key] : undefined) ?? key, 40)

export const sayRow = (row: Named, { matrix: say }: Words): string => named(row, say.rows)
export const sayBand = (band: Named, { matrix: say }: Words): string => named(band, say.bands)
export const sayTag = (tag: Named, { matrix: say }: Words): string => named(tag, say.tags)
export const sayStance = (stance: string, { matrix: say }: Words): string => say.stances[stance as Stance] ?? stance

/** Row and column in one go. */
export const sayPlace = ({ solvency, band }: NamedPlace, words: Words): string => words.matrix.place(sayRow(solvency, words), sayBand(band, words))

/** What told a debtor's row. */
export function sayWhy(why: PositionView['why'], { words: { matrix: say }, format }: CardContext): string {
  switch (why.by) {
    case 'hard_stop':
      return say.why.hard_stop(format.list(why.stops.map(stop => say.stops[stop])))
    case 'nothing':
      return say.why.nothing[why.asked]
    case 'rating':
      return say.why.rating(why.value)
    default:
      return say.why[why.by](format.number(Number(why.value)))
  }
}
