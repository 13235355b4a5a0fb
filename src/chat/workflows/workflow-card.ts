import type { Assignment, SuggestedWorkflow } from '#dunning'
import type { Reason, SuggestedSegment } from '#search'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { reasonText } from '../cards/debtor-facts.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { suggestionPick } from '../commands/segments.ts'

export type WorkflowShown = {
  debtor: { id: number; number: string; name: string }
  /** Which workflow it is on and by whom; `by`: the colleague, where one chose it. */
  assigned: (Pick<Assignment, 'reason' | 'workflow' | 'at'> & { title: string; by: string | undefined }) | undefined
  suggested: SuggestedWorkflow | undefined
  /** Segments that the settings lack and the debtor would be in, with its own values. */
  segments: readonly { segment: SuggestedSegment; why: readonly Reason[] }[]
  /** Unlike any other form's, so that a suggestion that is pressed twice is taken once. */
  key: string
}

/** Which workflow a debtor is on and who said so, what the rules would say and why, and which segments debtors like it could be. */
export function workflowCard({ debtor, assigned, suggested, segments, key }: WorkflowShown, context: CardContext): Card {
  const { words } = context
  const { workflows: say, entries } = words
  const data = { debtor: String(debtor.id) }
  const isOther = suggested !== undefined && suggested.workflow !== assigned?.workflow
  const because = (why: readonly Reason[]) => why.map(reason => reasonText(reason, context)).join(', ')
  const told = suggested && [
    suggested.rule === null ? say.noRuleFits(oneLine(suggested.title, 60)) : say.ruleFits(suggested.rule, oneLine(suggested.title, 60)),
    suggested.why.length > 0 && because(suggested.why),
  ]
  const elements: CardElement[] = [
    { type: 'facts', inline: false, facts: [{ label: say.standsOn, value: assigned ? assignedText(assigned, context) : entries.noWorkflow }] },
    { type: 'text', text: told ? told.filter(Boolean).join(': ') : say.noRules, tone: 'neutral', weight: isOther ? 'strong' : 'normal' },
    ...(told && !isOther ? [{ type: 'text', text: say.follows, tone: 'neutral', weight: 'subtle' } as const] : []),
    ...(segments.length > 0 ? [{ type: 'text', text: say.segments, tone: 'neutral', weight: 'strong' } as const] : []),
    ...segments.map(({ segment, why }) => suggestionPick(segment, context, because(why))),
  ]
  const title = `${entries.kind.workflow} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    subtitle: debtor.number,
    elements,
    buttons: [
      ...(isOther
        ? [
            {
              action: 'workflow.accept',
              label: say.accept(oneLine(suggested.title, 40)),
              style: 'primary' as const,
              data: { ...data, workflow: suggested.workflow, form: key },
            },
          ]
        : []),
      { action: 'entry.workflow', label: say.other, data },
    ],
    more: [
      { action: 'debtor.show', label: words.button.debtor, data },
      { action: 'risk.debtor', label: words.risk.atRisk, data },
    ],
    fallback: `${title}: ${assigned ? oneLine(assigned.title, 60) : entries.noWorkflow}`,
  })
}

/** A workflow with who put the debtor on it: a rule, or a colleague, which rules leave as it is. */
export function assignedText({ title, reason, at, by }: NonNullable<WorkflowShown['assigned']>, { words: { workflows: say }, format }: CardContext): string {
  const day = format.dayOf(at)
  const rule = reason.startsWith('rule:') ? reason.slice(5) : undefined
  const who = rule === undefined ? by && say.chosenBy(by, day) : say.byRule(rule, day)
  return [oneLine(title, 60), who].filter(Boolean).join(' · ')
}
