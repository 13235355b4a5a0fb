import type { Click, ClickOutcome } from '../../click.ts'
import type { CommandDeps } from '../../commands/registry.ts'
import { applyCell, cellAnswer, matrixAnswer, openCell, previewCell } from './answer-matrix.ts'
import { scoreAnswer } from './score-card.ts'
import { openTags, saveTags } from './tags.ts'

const actions = ['matrix.show', 'matrix.cell', 'matrix.edit', 'matrix.preview', 'matrix.apply', 'score.show', 'tag.open', 'tag.save'] as const
type MatrixAction = (typeof actions)[number]

export const isMatrixAction = (action: string): action is MatrixAction => actions.some(known => known === action)

/** Answers the buttons of the decision matrix, of scores and of tags. `debtorId`: the one that the button names. */
export function clickMatrix(deps: CommandDeps, { action, data, values }: Click & { action: MatrixAction }, debtorId: number): Promise<ClickOutcome> {
  switch (action) {
    case 'matrix.show':
      return matrixAnswer(deps)
    case 'matrix.cell':
      return cellAnswer(deps, data, /^\d{1,4}$/.test(data.page ?? '') ? Number(data.page) : 0)
    case 'matrix.edit':
      return openCell(deps, data)
    case 'matrix.preview':
      return previewCell(deps, values)
    case 'matrix.apply':
      return applyCell(deps, data)
    case 'score.show':
      return scoreAnswer(deps, debtorId)
    case 'tag.open':
      return openTags(deps, debtorId)
    default:
      return saveTags(deps, debtorId, { values })
  }
}
