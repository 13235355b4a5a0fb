import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type TileName, tileNames, type ViewName, viewNames } from '../commands/tiles.ts'

type Shown = { view: ViewName; tiles: readonly TileName[] }

/** Asks which view and which tiles a person wants on their own page; how much is covered is offered only where a credit bureau is asked. */
export function tilesForm({ view, tiles }: Shown, hasBureau: boolean, { words }: CardContext): Card {
  const { home: say } = words
  const options = viewNames.map(name => ({ value: name, label: say.views[name] }))
  const offered = tileNames.filter(name => name !== 'coverage' || hasBureau)
  const toggles = offered.map(name => ({ type: 'toggle' as const, id: tileField(name), label: say.tiles[name], value: tiles.includes(name) }))
  return cardSchema.parse({
    title: say.chooseTiles,
    subtitle: say.chooseText,
    elements: [{ type: 'choice' as const, id: 'view', label: say.view, value: view, options }, ...toggles].map(field => ({ type: 'field', field })),
    buttons: [{ action: 'home.tiles_save', label: say.save, style: 'primary', data: { view } }],
    fallback: say.chooseTiles,
  })
}

const tileField = (name: TileName): string => `tile.${name}`

/** What was chosen; `before`: the view of the form. Another view comes with its own tiles. */
export function readTiles(values: Record<string, string>, before: string | undefined): { view: ViewName; tiles: TileName[] } | undefined {
  const view = viewNames.find(name => name === values.view)
  if (!view) return undefined
  return { view, tiles: view === before ? tileNames.filter(name => values[tileField(name)] === 'true') : [] }
}
