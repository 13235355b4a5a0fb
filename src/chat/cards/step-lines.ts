import type { EntryView } from '#proposals'
import type { CardElement } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

/** Whether Duncan let what an entry sends leave alone. */
export const leftAlone = ({ status, autonomy, decidedBy }: EntryView): boolean =>
  status === 'done' && decidedBy === null && autonomy !== null && autonomy.level !== 'ask'

/** What a card says of a step that may leave alone: that it did, that it came back, or that it is one of the sample; nothing of one that only asks. */
export function stepLines(view: EntryView, { words }: CardContext): CardElement[] {
  const { autonomy, status } = view
  const say = words.dunning
  if (!autonomy) return []
  if (leftAlone(view)) return [line(autonomy.wrongBy === undefined ? say.alone : `${say.alone} · ${say.saidWrong}`)]
  if (status !== 'proposed') return []
  if (autonomy.calledBack !== null) return [{ type: 'notice', tone: 'warning', title: say.calledBack, lines: [oneLine(autonomy.calledBack, 300)] }]
  if (autonomy.sampled) return [line(say.sampled)]
  return [line(`${say.asked}: ${autonomy.asks.map(reason => say.reasons[reason]).join('; ')}`)]
}

const line = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
