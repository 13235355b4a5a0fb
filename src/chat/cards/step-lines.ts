import type { EntryView } from '#proposals'
import type { CardElement } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'
import { tellProblems } from './tell-problems.ts'

/** Whether Duncan let what an entry sends leave alone. */
export const leftAlone = ({ status, autonomy, decidedBy }: EntryView): boolean =>
  status === 'done' && decidedBy === null && autonomy !== null && autonomy.level !== 'ask'

/** What a card says of a step that may leave alone: that it did, that it came back, or that it is one of the sample; nothing of one that only asks. */
export function stepLines(view: EntryView, { words, format }: CardContext): CardElement[] {
  const { autonomy, status } = view
  const say = words.dunning
  if (!autonomy) return []
  if (leftAlone(view)) return [line(autonomy.wrongBy === undefined ? say.alone : `${say.alone} · ${say.saidWrong}`)]
  if (status !== 'proposed') return []
  if (autonomy.calledBack !== null) {
    const lines = [oneLine(tellProblems(autonomy.calledBack, words, format), 300)]
    return [{ type: 'notice', tone: 'warning', title: say.calledBack, lines }]
  }
  if (autonomy.sampled) return [line(say.sampled)]
  return [line(`${say.asked}: ${autonomy.asks.map(reason => say.reasons[reason]).join('; ')}`)]
}

const line = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
