import { sightOf } from '#people'
import { countSegments, readSearchContext, type SegmentCount, type SuggestedSegment, type SuggestionReason, suggestSegments } from '#search'
import type { SettingsOutcome } from '#settings'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { Words } from '../words/index.ts'
import type { CommandDeps } from './registry.ts'

/** Puts a suggested segment into the settings for somebody (`staff:3`). */
export type AcceptSegment = (segment: SuggestedSegment, by: string) => Promise<SettingsOutcome>

const mostShown = 40

const searching = ({ client, clock, staff, context }: CommandDeps) =>
  readSearchContext(client, { sight: sightOf(staff), clock, timeZone: context.format.timeZone })

/** `/duncan segments`: the segments of the settings with the numbers of their debtors in sight, each pressed to see them. */
export async function segmentsAnswer(deps: CommandDeps, told?: string): Promise<ClickOutcome> {
  const { words } = deps.context
  const say = words.segments
  const { segments, none } = await countSegments(deps.client, await searching(deps))
  const debtorsOf = (query: string) => ({ action: 'find.show', label: say.showDebtors, data: { query, page: '0' } })
  const line = ({ key, title, debtors, leading, strategy }: SegmentCount): CardElement => ({
    type: 'pick',
    text: oneLine(title, 80),
    note: [say.counted(String(debtors), String(leading)), strategy && oneLine(strategy, 160)].filter(Boolean).join(' · '),
    button: { ...debtorsOf(`segment:${key}`), style: 'default' },
  })
  const rest: CardElement = { type: 'pick', text: say.inNone, note: say.debtors(String(none)), button: { ...debtorsOf('segment:none'), style: 'default' } }
  const empty: CardElement = { type: 'text', text: say.none, tone: 'neutral', weight: 'subtle' }
  const card = cardSchema.parse({
    title: say.title,
    ...(told && { subtitle: told }),
    elements: segments.length === 0 ? [empty] : [...segments.slice(0, mostShown).map(line), rest],
    buttons: [{ action: 'segment.suggest', label: say.suggest }],
    fallback: [say.title, ...segments.map(({ title, debtors }) => `${title}: ${debtors}`)].join('\n'),
  })
  return { kind: 'private', card }
}

/** What the portfolio suggests, with the figures behind it; pressing one puts it into the settings, once confirmed. */
export async function suggestionsAnswer(deps: CommandDeps, told?: string): Promise<ClickOutcome> {
  const { words } = deps.context
  const say = words.segments
  const suggested = await suggestSegments(deps.client, await searching(deps))
  const intro = suggested.length === 0 ? say.suggestedNone : say.suggestedText
  const card = cardSchema.parse({
    title: say.suggested,
    subtitle: [told, intro].filter(Boolean).join(' '),
    elements: suggested.map(segment => suggestionPick(segment, deps.context, oneLine(segment.query, 160))),
    fallback: [say.suggested, ...suggested.map(({ title, query }) => `${title}: ${query}`)].join('\n'),
  })
  return { kind: 'private', card }
}

/** A suggested segment with the figures behind it and what it rests on; pressing it puts it into the settings, once confirmed. */
export function suggestionPick(
  { key, title, query, reason, debtors, ofAll }: SuggestedSegment,
  { words }: Pick<CommandDeps['context'], 'words'>,
  on: string,
): CardElement {
  const say = words.segments
  return {
    type: 'pick',
    text: title,
    note: [reasonText(reason, words), say.ofAll(String(debtors), String(ofAll)), on].join(' · '),
    button: {
      action: 'segment.accept',
      label: say.accept(title),
      style: 'default',
      confirm: { title: say.accept(title), text: say.confirm(oneLine(query, 200)), yes: say.yes },
      data: { segment: key, query },
    },
  }
}

/**
 * Puts the suggestion that somebody looked at into the settings. Where the portfolio suggests something else by now, nothing is
 * written and the new suggestions are shown.
 */
export async function acceptAnswer(deps: CommandDeps, { segment: key, query }: Record<string, string>): Promise<ClickOutcome> {
  const { context, staff, acceptSegment } = deps
  const { words } = context
  const say = words.segments
  if (!acceptSegment) return { kind: 'refused', message: words.outcome.gone }
  const suggested = await suggestSegments(deps.client, await searching(deps))
  const chosen = suggested.find(each => each.key === key && each.query === query)
  if (!chosen) return suggestionsAnswer(deps, say.changed)
  const outcome = await acceptSegment(chosen, `staff:${staff.id}`)
  if (outcome.kind === 'refused') return { kind: 'refused', message: outcome.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n') }
  return outcome.kind === 'overtaken' ? suggestionsAnswer(deps, say.changed) : segmentsAnswer(deps, say.accepted(chosen.title, String(outcome.version)))
}

function reasonText(reason: SuggestionReason, { segments: { because } }: Words): string {
  switch (reason.kind) {
    case 'balance_share':
      return because.balance_share(String(reason.percent))
    case 'region':
      return (reason.inside ? because.inside : because.outside)(reason.countries.join(', '))
    case 'legal_form':
      return because.legal_form(oneLine(reason.forms.join(', '), 60))
    default:
      return because.pays_late
  }
}
