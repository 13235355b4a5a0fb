import type { ReviewState, ReviewView } from '#credit'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const shownCandidates = 8

/** Which company a debtor is: what the ledger knows of it beside what it could be, or who chose. */
export function reviewCard({ debtor, administration, balances, state }: ReviewView, { words, format }: CardContext): Card {
  const { parties: say } = words
  const title = say.review(oneLine(debtor.name, 80))
  const owed = balances.map(({ balance, currency }) => format.money(balance, currency)).join(' + ') || say.nothingOpen
  const data = { debtor: String(debtor.id) }
  const ours = [
    [say.companyNumber, debtor.companyNumber],
    [say.court, debtor.court],
    [say.vatNumber, debtor.vatNumber],
    [say.address, debtor.address],
    [say.country, debtor.country],
    [say.open, owed],
  ] as const
  const card: CardInput = {
    title,
    subtitle: [headlineOf(state, words), debtor.number, administration.name].filter(Boolean).join(' · '),
    status: statusOf(state, { words, format }),
    elements: [
      { type: 'text', text: say.ours, weight: 'strong' },
      { type: 'facts', facts: ours.flatMap(([label, value]) => (value ? [{ label, value: oneLine(value, 160) }] : [])) },
      ...stateElements(state, data, words),
    ],
    buttons: [
      ...(state.kind === 'open' && state.candidates.length > 0 && !state.declined
        ? [{ action: 'review.none', label: say.noneOfThese, data: { ...data, mark: state.mark } }]
        : []),
      ...(state.kind === 'open' || state.kind === 'unasked' ? [{ action: 'review.search', label: say.searchAgain, data }] : []),
      ...(state.kind === 'chosen' ? [{ action: 'review.reopen', label: say.notThisOne, data }] : []),
    ],
    more: [...(state.kind === 'open' ? [{ action: 'gap.fix', label: say.fix, data }] : []), { action: 'debtor.show', label: words.button.debtor, data }],
    fallback: [title, headlineOf(state, words)].filter(Boolean).join(' '),
  }
  return cardSchema.parse(card)
}

function headlineOf(state: ReviewState, { parties: say }: CardContext['words']): string {
  if (state.kind !== 'open') return state.kind === 'unasked' ? say.unasked : oneLine(state.company, 80)
  return state.candidates.length > 0 ? say.several(state.candidates.length) : say.reason[state.reason]
}

function statusOf(state: ReviewState, { words: { parties: say }, format }: CardContext): CardInput['status'] {
  if (state.kind === 'chosen') return { text: say.chosen(state.decided.by, format.dateTime(state.decided.at)), tone: 'good' }
  if (state.kind === 'linked') return { text: say.byNumber, tone: 'good' }
  if (state.kind === 'unasked') return { text: say.unasked, tone: 'neutral' }
  const { declined } = state
  return declined ? { text: say.declined(declined.by, format.dateTime(declined.at)), tone: 'neutral' } : { text: say.needsPerson, tone: 'warning' }
}

function stateElements(state: ReviewState, data: { debtor: string }, { parties: say }: CardContext['words']): CardInput['elements'] {
  if (state.kind === 'chosen') return [{ type: 'text', text: say.firstReport, weight: 'subtle' }]
  if (state.kind !== 'open') return []
  if (state.candidates.length === 0) return state.reason === 'not_found' ? [{ type: 'text', text: say.noCandidates }] : []
  const left = state.candidates.length - shownCandidates
  return [
    { type: 'text', text: say.candidates, weight: 'strong' },
    ...state.candidates.slice(0, shownCandidates).map(candidate => ({
      type: 'pick' as const,
      text: oneLine(candidate.name, 80),
      note: companyNote(candidate),
      button: { action: 'review.choose', label: say.thisOne(oneLine(candidate.name, 50)), data: { ...data, company: candidate.companyId } },
    })),
    ...(left > 0 ? [{ type: 'text' as const, text: say.moreCandidates(left), weight: 'subtle' as const }] : []),
  ]
}

type ShownCompany = {
  registrationNumber?: string | undefined
  vatNumbers: string[]
  court?: string | undefined
  address?: string | undefined
  status?: string | undefined
}

/** What tells one company from another on one line: number, court, address, status; all in the bureau's own words. */
export const companyNote = ({ registrationNumber, vatNumbers, court, address, status }: ShownCompany): string =>
  [registrationNumber ?? vatNumbers[0], court, address, status].flatMap(part => (part ? [oneLine(part, 120)] : [])).join(' · ')
