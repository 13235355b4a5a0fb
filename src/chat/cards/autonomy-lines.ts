import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { Words } from '../words/index.ts'
import type { CardContext } from './proposal-card.ts'

/** What a card says of autonomy: decided alone and on what record, called back, asked as a sample; nothing where people are asked as ever. */
export function autonomyLines({ status, autonomy, decisions }: ProposalView, { words, format }: CardContext): CardElement[] {
  if (!autonomy) return []
  const say = words.autonomy.card
  if (autonomy.calledBack && status === 'open') {
    return [{ type: 'notice', tone: 'warning', title: calledBackText(autonomy.calledBack.why, words), lines: [] }]
  }
  if (status === 'approved' && autonomy.level !== 'ask') {
    const wrong = decisions.findLast(({ kind }) => kind === 'wrong')
    const records = autonomy.records.map(({ kind, cases, bound }) => say.records(words.verb[kind], cases, format.bound(bound)))
    return [line([say.alone, ...records].join(' · ')), ...(wrong ? [line(say.saidWrong(wrong.by?.name ?? words.decision.duncan))] : [])]
  }
  return autonomy.sampled && status === 'open' ? [line(say.sampled)] : []
}

/** Why what Duncan had decided came back to people. */
export function calledBackText(why: NonNullable<NonNullable<ProposalView['autonomy']>['calledBack']>['why'], { autonomy: { card } }: Words): string {
  return { mail: card.calledBackMail, payment: card.calledBackPayment, grant: card.calledBackGrant }[why]
}

const line = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'subtle' })
