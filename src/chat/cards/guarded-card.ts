import type { ProposalView } from '#proposals'
import type { CardInput } from '../card.ts'
import { amountConcerned } from './amount-concerned.ts'
import { oneLine } from './cut.ts'
import { decisionLines } from './decision-lines.ts'
import { nextStepLine } from './next-step-line.ts'
import { type CardContext, cardStatus, debtorFacts, matterOf } from './proposal-card.ts'

/**
 * What a proposal's card says where it is not known who reads it: the debtor by the ledger, the kind of matter, its amount and state.
 * Nothing that came by mail: no sender, subject, quote, reply or file. Its button shows the whole card to the clicker alone.
 */
export function guardedCard(view: ProposalView, { words, format }: CardContext): NonNullable<CardInput['guarded']> {
  const who = view.debtor ? oneLine(view.debtor.name, 80) : words.card.unknownDebtor
  const title = `${who} · ${matterOf(view, words)}`
  const concerned = amountConcerned(view).map(({ amount, currency }) => format.money(amount, currency))
  const subtitle = concerned.length > 0 ? words.card.atStake(concerned.join(' + ')) : undefined
  const status = cardStatus(view, words)
  // Whoever decided, and when; a reason is prose, which may repeat the mail.
  const [decided] = decisionLines(view, words, format)
  const known = { ...view, debtor: view.debtor && { ...view.debtor, linkReason: null, pinnedNote: null } }
  // What somebody wrote as a task may repeat a mail.
  const next = view.next?.kind === 'task' ? { ...view.next, title: undefined } : view.next
  return {
    title,
    ...(subtitle && { subtitle }),
    status,
    elements: [
      ...(decided ? [{ type: 'text' as const, text: decided, weight: 'strong' as const }] : []),
      { type: 'facts', inline: true, facts: debtorFacts(known, words, format) },
      ...nextStepLine(next, { words, format }),
      { type: 'text', text: words.people.guarded, weight: 'subtle' },
    ],
    buttons: [{ action: 'proposal.show', label: words.button.openProposal, style: 'primary', data: { proposal: String(view.id) } }],
    fallback: [`${status.text}: ${title}`, subtitle, decided].filter(Boolean).join('\n'),
  }
}
