import { creditChannel, viewGrid, viewMoves } from '#credit'
import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import { cardSchema } from '../../card.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import { putPost } from '../../posts.ts'
import { gridTable, unplacedText } from './grid-card.ts'
import { moveLines } from './moves.ts'

type PostDeps = { client: DbClient; clock: Clock; surface: string; context: CardContext }

/** Tells each administration once where its debtors stand: after the first time that they were placed, and after the rules were changed. */
export async function postPlacement({ client, clock, surface, context }: PostDeps, placementId: number, reporting: string): Promise<void> {
  const placement = await client.creditPlacement.findUniqueOrThrow({ where: { id: placementId } })
  const { words } = context
  const { matrix: say } = words
  const moves = await viewMoves(client, { placementId })
  const isFirst = placement.kind === 'first'
  for (const { id, code, name } of await client.administration.findMany({ orderBy: { id: 'asc' } })) {
    const grid = await viewGrid(client, { sight: fullSight, administrationId: id })
    const own = moves.filter(({ administrationId }) => administrationId === id)
    if (grid.cells.every(({ debtors }) => debtors === 0)) continue
    const title = isFirst ? say.firstTitle(name) : say.changedTitle(name)
    const version = String(Math.max(placement.matrixVersion, placement.scorecardVersion))
    const changed = own.length === 0 ? say.nobodyMoved : say.changedText(say.debtors(own.length), version)
    const subtitle = isFirst ? say.firstText : changed
    const note = unplacedText(grid, context)
    const card = cardSchema.parse({
      title,
      subtitle,
      elements: [gridTable(grid, context, reporting), ...moveLines(own, context), ...(note ? [{ type: 'text', text: note, weight: 'subtle' }] : [])],
      buttons: [{ action: 'matrix.show', label: say.back }],
      fallback: [title, subtitle].join('\n'),
    })
    const sight = { administrations: [code], mailboxes: [] }
    await putPost(client, clock, { surface, channel: creditChannel, subject: `credit-matrix:${placementId}:${id}`, sight }, card)
  }
}
