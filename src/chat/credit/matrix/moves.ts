import type { MoveView } from '#credit'
import type { CardElement } from '../../card.ts'
import { oneLine } from '../../cards/cut.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import { sayPlace, sayStance, sayWhy } from './say-place.ts'

const shown = 10

/** The moves of a card as lines, the largest exposure first: from where to where, what it means now, and why. Nothing when nobody moved. */
export function moveLines(moves: readonly MoveView[], context: CardContext): CardElement[] {
  const { words, format } = context
  const { matrix: say } = words
  if (moves.length === 0) return []
  const line = ({ debtor, from, stance, workflow, amount, currency, why, ...place }: MoveView): CardElement => {
    const stances = from ? say.moved(sayStance(from.stance, words), sayStance(stance, words)) : sayStance(stance, words)
    const places = say.moved(from ? sayPlace(from, words) : say.newHere, sayPlace(place, words))
    const note = [format.shortMoney(amount, currency), sayWhy(why, context), places, workflow !== null && say.workflow(oneLine(workflow, 60))]
    return {
      type: 'pick',
      text: `${oneLine(debtor.name, 60)}: ${stances}`,
      note: note.filter(Boolean).join(' · '),
      button: { action: 'risk.debtor', label: oneLine(debtor.name, 60), style: 'default', data: { debtor: String(debtor.id) } },
    }
  }
  const left = moves.length - shown
  return [
    { type: 'text', text: say.movesTitle, tone: 'neutral', weight: 'strong' },
    ...moves.slice(0, shown).map(line),
    ...(left > 0 ? [{ type: 'text' as const, text: say.otherMoves(left), tone: 'neutral' as const, weight: 'subtle' as const }] : []),
  ]
}
