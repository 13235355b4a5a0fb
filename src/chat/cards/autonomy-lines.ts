import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { CardContext } from './proposal-card.ts'

/** What a card says of autonomy: decided alone and on what record, called back, asked as a sample; nothing where people are asked as ever. */
export function autonomyLines({ status, autonomy, decisions }: ProposalView, { words, format }: CardContext): CardElement[] {
  if (!autonomy) return []
  const say = words.autonomy.card
  if (autonomy.calledBack && status === 'open') {
    const title = autonomy.calledBack.why === 'mail' ? say.calledBackMail : say.calledBackPayment
    return [{ type: 'notice', tone: 'warning', title, lines: [] }]
  }
  if (status === 'approved' && autonomy.level !== 'ask') {
    const wrong = decisions.findLast(({ kind }) => kind === 'wrong')
    const records = autonomy.records.map(({ kind, cases, bound }) => say.records(words.verb[kind], cases, format.bound(bound)))
    return [line([say.alone, ...records].join(' · ')), ...(wrong ? [line(say.saidWrong(wrong.by?.name ?? words.decision.duncan))] : [])]
  }
  return autonomy.sampled && status === 'open' ? [line(say.sampled)] : []
}

const line = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
