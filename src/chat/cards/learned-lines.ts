import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

type LearnedView = ProposalView['learned'][number]

/** On a card: what was proposed this way because somebody corrected one like it before. */
export function learnedLines({ learned, status }: ProposalView, context: CardContext): CardElement[] {
  if (learned.length === 0 || status !== 'open') return []
  const say = context.words.autonomy.learned
  const lines = learned.slice(0, 4).map(each => `${learnedText(each, context.words)} – ${learnedBy(each, context)}`)
  return [{ type: 'text', text: `${say.applied}: ${lines.join('; ')}`, tone: 'neutral', weight: 'subtle' }]
}

/** What a correction changes, in one line. */
export function learnedText(learned: LearnedView, { autonomy: { learned: say }, verb, intent, disputes: { tone } }: Words): string {
  const intentOf = (about: string) => intent[about.split(' ')[0] as keyof Words['intent']] ?? about
  switch (learned.rule) {
    case 'wording':
      return say.wording(oneLine(learned.change.from, 60), oneLine(learned.change.to, 60))
    case 'left_out':
      return say.left_out(verb[learned.change.kind as keyof Words['verb']] ?? learned.change.kind, intentOf(learned.about))
    case 'recipients':
      return say.recipients(oneLine(learned.about, 60), oneLine([...learned.change.to, ...learned.change.cc].join(', '), 120))
    case 'tone':
      return say.tone(intentOf(learned.about), tone[learned.change.tone])
    case 'owner':
      return say.owner(intentOf(learned.about), learned.owner?.name ?? String(learned.change.ownerId))
    case 'link':
      return say.link(oneLine(learned.about, 60))
    default:
      return learned satisfies never
  }
}

/** Who corrected it, and when. */
export const learnedBy = ({ by, at }: LearnedView, { words, format }: CardContext): string => words.autonomy.learned.by(by, format.dayOf(new Date(at)))
