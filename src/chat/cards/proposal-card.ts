import type { ProposalView } from '#proposals'
import { assertedFrom } from '#triage'
import { type Card, cardSchema } from '../card.ts'
import type { Format } from '../format.ts'
import { policyNotices } from '../insurance/policy-notice.ts'
import type { Words } from '../words/index.ts'
import { actionElements } from './action-elements.ts'
import { amountConcerned } from './amount-concerned.ts'
import { autonomyLines } from './autonomy-lines.ts'
import { claimElements } from './claim-elements.ts'
import { oneLine } from './cut.ts'
import { decisionLines, isFiled } from './decision-lines.ts'
import { evidenceQuotes, openingWords } from './evidence-quotes.ts'
import { guardedCard } from './guarded-card.ts'
import { learnedLines } from './learned-lines.ts'
import { nextStepLine } from './next-step-line.ts'
import { proposalButtons } from './proposal-buttons.ts'
import { warningElements } from './warning-elements.ts'

export type CardContext = { words: Words; format: Format }

/** The card of a proposal in whatever state it is: two lines that say it all, then what it rests on, then its buttons. */
export function proposalCard(view: ProposalView, context: CardContext): Card {
  const { words, format } = context
  const title = cardTitle(view, words)
  const subtitle = cardSubtitle(view, words, format)
  const status = cardStatus(view, words)
  const decided = decisionLines(view, words, format)
  const pending = view.actions.filter(action => action.status === 'pending')
  const quotes = evidenceQuotes(view, pending, words)
  const actions = view.actions.flatMap(action => actionElements(view, action, quotes.get(action.id) ?? [], words, format))
  const { buttons, more } = proposalButtons(view, context)
  return cardSchema.parse({
    title,
    subtitle,
    status,
    elements: [
      ...decided.map(text => ({ type: 'text', text, weight: 'strong' })),
      ...autonomyLines(view, context),
      ...warningElements(view, context),
      ...policyNotices(pending, context),
      ...claimElements(view, context),
      ...(isWaiting(view) ? [{ type: 'facts', inline: true, facts: debtorFacts(view, words, format) }] : []),
      ...(isWaiting(view) ? openingWords(view) : []),
      ...actions,
      ...learnedLines(view, context),
      ...nextStepLine(view.next, context),
    ],
    buttons,
    more,
    fallback: [`${status.text}: ${title}`, subtitle, ...decided].join('\n'),
    guarded: guardedCard(view, context),
  })
}

/** Whether a decision is still to be made. */
export const isWaiting = ({ status }: ProposalView): boolean => status === 'open' || status === 'awaiting_second' || status === 'snoozed'

/** Who, and what is proposed. */
export function cardTitle(view: ProposalView, words: Words): string {
  const { from } = view.message
  // A sender without a display name has an empty one.
  const who = view.debtor?.name ?? (from?.name || from?.address) ?? words.card.unknownDebtor
  return `${oneLine(who, 80)} · ${matterOf(view, words)}`
}

/** What is proposed, or what the mail is about where nothing is. */
export function matterOf(view: ProposalView, words: Words): string {
  const wanted = view.actions.filter(action => action.ticked && action.status !== 'skipped')
  // What protects the debtor was done at once: it is told only where little else is to be decided.
  const says = wanted.some(({ protective, kind }) => !protective && kind !== 'create_task') ? wanted.filter(({ protective }) => !protective) : wanted
  const verbs = [...new Set(says.map(({ kind }) => words.verb[kind]))]
  return verbs.length > 0 ? verbs.join(', ') : matter(view, words)
}

/** What a mail is about where nothing is proposed. */
function matter({ quarantine, intents, needsPerson }: ProposalView, words: Words): string {
  // Only its first letter: the nouns of German keep theirs.
  if (quarantine.length > 0) return words.status.quarantine.replace(/^./u, first => first.toLowerCase())
  if (needsPerson === 'unclear') return words.card.notClear
  const [best] = intents
  return best && best.confidence >= assertedFrom ? words.intent[best.intent] : words.card.nothingProposed
}

function cardSubtitle(view: ProposalView, words: Words, format: Format): string {
  const sure = view.debtor && view.quarantine.length === 0
  const from = (sure && view.message.from?.name) || view.message.from?.address || words.card.unknownDebtor
  const concerned = amountConcerned(view).map(({ amount, currency }) => format.money(amount, currency))
  const stake = concerned.length > 0 ? words.card.atStake(concerned.join(' + ')) : ''
  const intent = view.intents.find(({ confidence }) => confidence >= assertedFrom)
  return [stake, intent && words.intent[intent.intent], `“${oneLine(view.message.subject, 60)}”`, oneLine(from, 80)].filter(Boolean).join(' · ')
}

/** How a proposal stands, in a word and a tone. */
export function cardStatus(view: ProposalView, words: Words): NonNullable<Card['status']> {
  const unsettled = view.actions.find(({ status }) => status === 'unknown' || status === 'failed')
  if (unsettled) return { text: words.status.needs_person, tone: 'bad' }
  switch (view.status) {
    case 'open':
      if (view.quarantine.length > 0) return { text: words.status.quarantine, tone: 'bad' }
      return view.needsPerson ? { text: words.status.needs_person, tone: 'warning' } : { text: words.status.open, tone: 'warning' }
    case 'awaiting_second':
      return { text: words.status.awaiting_second, tone: 'warning' }
    case 'approved':
      return { text: isFiled(view) ? words.status.filed : words.status.approved, tone: 'good' }
    case 'rejected':
    case 'snoozed':
    case 'superseded':
    case 'expired':
    case 'filed':
      return { text: words.status[view.status], tone: 'neutral' }
    default:
      return view.status satisfies never
  }
}

/** The debtor's figures by the ledger, how it was found, and who owns the proposal. */
export function debtorFacts({ debtor, owner, cover }: ProposalView, words: Words, format: Format): { label: string; value: string }[] {
  const totals = (sums: { currency: string; amount: string }[], count: number) =>
    sums.length > 0 ? `${sums.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')} (${count})` : words.card.none
  const linked = debtor?.linkReason && words.linkReason[debtor.linkReason as keyof Words['linkReason']]
  return [
    ...(debtor
      ? [
          { label: words.card.open, value: totals(debtor.open, debtor.openCount) },
          { label: words.card.overdue, value: totals(debtor.overdue, debtor.overdueCount) },
          { label: words.card.debtor, value: debtor.number },
        ]
      : []),
    // That a known contact wrote needs no saying.
    ...(linked && debtor?.linkReason !== 'sender' ? [{ label: words.card.linkedBy, value: linked }] : []),
    ...(owner ? [{ label: words.card.owner, value: cover ? words.card.coveredBy(owner.name, cover.name) : owner.name }] : []),
    ...(debtor?.pinnedNote ? [{ label: words.card.note, value: oneLine(debtor.pinnedNote, 200) }] : []),
  ]
}
