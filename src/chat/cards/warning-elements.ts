import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'
import { suspicionLines } from './suspicion-lines.ts'

/** What must be noticed before anything else: quarantine first, then why a person is needed, then smaller warnings. */
export function warningElements(view: ProposalView, context: CardContext): CardElement[] {
  const { words } = context
  if (view.status !== 'open' && view.status !== 'awaiting_second' && view.status !== 'snoozed') return heldNotice(view, words)
  return [...quarantineNotice(view, context), ...personNotice(view, words), ...smallWarnings(view, words)]
}

/** Of an approved proposal only this still matters: its reply waits, and not for its undo window. */
const heldNotice = ({ warnings }: ProposalView, words: Words): CardElement[] =>
  smallWarnings({ warnings: warnings.filter(({ kind }) => kind === 'mail_held'), disagreements: [] }, words)

function quarantineNotice({ quarantine, callBackOn }: ProposalView, context: CardContext): CardElement[] {
  const { words } = context
  if (quarantine.length === 0) return []
  const lines = suspicionLines(quarantine, context)
  return [
    { type: 'notice', tone: 'bad', title: words.card.quarantineTitle, lines: [...lines, ...callBackLines(callBackOn, words), words.needsPerson.quarantine] },
  ]
}

function callBackLines(phones: ProposalView['callBackOn'], { card }: Words): string[] {
  if (!phones) return []
  return [phones.length > 0 ? card.callBackOn(phones.map(({ name, phone }) => oneLine(name ? `${name} ${phone}` : phone, 80)).join(', ')) : card.noPhoneOnFile]
}

function personNotice({ needsPerson, candidates }: ProposalView, words: Words): CardElement[] {
  if (!needsPerson || needsPerson === 'quarantine') return []
  const lines = candidates.map(candidate => {
    const because = candidate.reasons.map(reason => words.linkReason[reason as keyof Words['linkReason']]).join(', ')
    return `${candidate.number} ${candidate.name} (${candidate.administration}): ${because}`
  })
  return [{ type: 'notice', tone: 'warning', title: words.needsPerson[needsPerson], lines }]
}

function smallWarnings({ warnings, disagreements }: Pick<ProposalView, 'warnings' | 'disagreements'>, words: Words): CardElement[] {
  const told = warnings.some(({ kind }) => kind === 'engines_disagree')
  const lines = [
    ...warnings.map(({ kind, detail }) => words.warning[kind](oneLine(detail, 240))),
    ...(told ? [] : disagreements.map(detail => words.warning.engines_disagree(oneLine(detail, 240)))),
  ]
  return lines.length > 0 ? [{ type: 'notice', tone: 'warning', title: words.card.warnings, lines }] : []
}
